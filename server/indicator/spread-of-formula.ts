import type { FormulaChecked } from '#contract/formula.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Label } from '#kernel/document/label.ts'
import type { Formula } from '#kernel/formula/check-formula.ts'
import { glanced } from '#kernel/formula/figure-math.ts'
import { formulaValueText } from '#kernel/formula/format-formula.ts'
import type { FormulaType, FormulaValue } from '#kernel/formula/formula-type.ts'
import { namesIn } from '#kernel/formula/names-in.ts'
import { todayId } from '#kernel/formula/window-name.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import type { DefinedIndicators } from '#kernel/indicator/prepare-indicator-formulas.ts'
import { windowIndicator } from '#kernel/indicator/window-indicators.ts'
import { formulaSpread } from '#server/indicator/formula-spread.store.ts'
import { nextCustomers } from '#server/party/public.ts'
import type { Database } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

const customersMost = 2_000
/** What is larger is worked out for single customers only: the database plans it too slowly. */
const partsMost = 150

type Asked = {
  readonly actor: Actor
  readonly scope: DefinedIndicators
  readonly today: Day
}

/** How a formula's values spread over rated customers; null where the database cannot tell. */
export async function spreadOfFormula(
  db: Database,
  formula: Formula,
  { actor, scope, today }: Asked,
): Promise<FormulaChecked['spread']> {
  const through = readThrough(scope, formula)
  const formulas = [...through.map((each) => each.formula), formula]
  if (formulas.reduce((sum, each) => sum + partsOf(each), 0) > partsMost) return null
  const ids = new Set(formulas.flatMap(namesIn))
  // Sums over windows are not stored where the database could spread them.
  if ([...ids].some((id) => id === todayId || windowIndicator(id))) return null
  const parties = await nextCustomers(db, null, customersMost, today, actor)
  const rows = await formulaSpread(db, {
    ...{ formula, through, scope, asOf: today, partyIds: parties.map(({ id }) => id) },
    read: allIndicators.filter(({ id }) => ids.has(id)),
  })
  const missing = rows.find(({ value }) => value === null)?.count ?? 0
  const known = rows.filter(({ value }) => value !== null)
  const isCounted = known.every(({ at }) => at === null)
  const customers = isCounted
    ? rows.reduce((sum, { count }) => sum + count, 0)
    : missing + (known[0]?.count ?? 0)
  return {
    customers,
    missing,
    lines: known.map(({ at, count, value }) => ({
      at: at === null ? null : (places[at] ?? null),
      shown: formulaValueText(glanced(readValue(value, formula.type), formula.type), formula.type),
      count: isCounted ? count : null,
    })),
  }
}

const places: Readonly<Record<string, Label>> = {
  0: { zh: '最小', en: 'least' },
  25: { zh: '下四分位', en: 'lower quarter' },
  50: { zh: '中位数', en: 'median' },
  75: { zh: '上四分位', en: 'upper quarter' },
  100: { zh: '最大', en: 'most' },
}

function readThrough({ inOrder }: DefinedIndicators, formula: Formula) {
  const needed = new Set(namesIn(formula))
  for (const each of inOrder.toReversed()) {
    if (!needed.has(each.indicator.id)) continue
    for (const id of namesIn(each.formula)) needed.add(id)
  }
  return inOrder.filter(({ indicator }) => needed.has(indicator.id))
}

function partsOf(formula: Formula): number {
  if (formula.kind !== 'call') return 1
  return formula.args.reduce((sum, arg) => sum + partsOf(arg), 1)
}

function readValue(text: string | null, { kind }: FormulaType): FormulaValue {
  if (text === null || kind === 'text' || kind === 'choice' || kind === 'day') return text
  return kind === 'yes-no' ? text === 'true' : BigInt(text)
}
