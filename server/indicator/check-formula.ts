import type { FormulaChecked, FormulaQuestion, FormulaSample } from '#contract/formula.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { checkFormula, type Formula, isFormula } from '#kernel/formula/check-formula.ts'
import { compileFormula } from '#kernel/formula/compile-formula.ts'
import { explainFormula } from '#kernel/formula/explain-formula.ts'
import { glanced } from '#kernel/formula/figure-math.ts'
import { formatFormula, formulaValueText } from '#kernel/formula/format-formula.ts'
import { wrongResult } from '#kernel/formula/formula-result.ts'
import {
  decimals,
  type FormulaProblem,
  type FormulaValue,
  typeName,
} from '#kernel/formula/formula-type.ts'
import { namesIn } from '#kernel/formula/names-in.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { workedOut } from '#kernel/indicator/defined-values.ts'
import { formulaTypeOf } from '#kernel/indicator/indicator-in-formula.ts'
import {
  type DefinedIndicators,
  measureNames,
  windowNames,
} from '#kernel/indicator/prepare-indicator-formulas.ts'
import { windowIndicator } from '#kernel/indicator/window-indicators.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import { rateBookAsOf } from '#server/company/public.ts'
import { computeIndicators } from '#server/indicator/compute-indicators.ts'
import { formulaScope } from '#server/indicator/formula-scope.ts'
import { windowsOfStored } from '#server/indicator/latest-indicators.ts'
import { latestSnapshots } from '#server/indicator/snapshot.store.ts'
import { spreadOfFormula } from '#server/indicator/spread-of-formula.ts'
import { nextCustomers } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'

/** What a formula gives, or where it goes wrong; nothing is kept. */
export async function checkOneFormula(
  { actor, db, today }: Pick<Context, 'actor' | 'db' | 'today'>,
  question: FormulaQuestion,
): Promise<FormulaChecked> {
  const scope = await formulaScope(db)
  const formula = checkFormula(question.formula, {
    ...scope,
    measures: measureNames(scope.currency),
  })
  if (!isFormula(formula)) return nothingBut(formula)
  const { currency } = scope
  const names = [...scope.names, ...windowNames(windowsIn(formula), currency)]
  const told = (language: 'id' | 'zh' | 'en') => formatFormula(formula, language, names)
  const wrong = question.unit && wrongResult(formula.type, formulaTypeOf(question.unit, currency))
  return {
    type: { kind: formula.type.kind, name: typeName(formula.type) },
    formula: { id: told('id'), zh: told('zh'), en: told('en') },
    problem: wrong ? problemShown({ at: formula.at, message: wrong.message }) : null,
    sample: question.sample
      ? await sampleOf(db, { formula, scope: { ...scope, names }, today, actor })
      : null,
    spread: question.sample ? await spreadOfFormula(db, formula, { scope, today, actor }) : null,
  }
}

function nothingBut(problem: FormulaProblem): FormulaChecked {
  return { type: null, formula: null, problem: problemShown(problem), sample: null, spread: null }
}

function problemShown({ at: [from, to], instead, message }: FormulaProblem) {
  return { from, to, message, instead: instead ?? null }
}

const customersShown = 20

type Sampling = {
  readonly formula: Formula
  readonly scope: DefinedIndicators
  readonly today: Day
  readonly actor: Actor
}

/** By stored indicators, which every rating leaves; those of new customers are computed. */
async function sampleOf(
  db: Reader,
  { actor, formula, scope, today }: Sampling,
): Promise<FormulaSample[]> {
  const parties = await nextCustomers(db, null, customersShown, today, actor)
  const ids = parties.map(({ id }) => id)
  const stored = await latestSnapshots(db, ids, today)
  const rates = await rateBookAsOf(db, today)
  const read = withReadBy(scope, formula)
  const sums = await windowsOfStored(db, parties, { stored, windows: read.windows, rates })
  const fresh = await computeIndicators(
    db,
    parties.filter(({ id }) => !stored.has(id)),
    { asOf: today, rates, baseCurrency: scope.currency, defined: { ...read, inOrder: [] } },
  )
  const evaluate = compileFormula(formula)
  return parties.flatMap(({ code, id, name }) => {
    const snapshot = stored.get(id)
    const known = snapshot ?? fresh.get(id)
    if (!known) return []
    const asOf = snapshot?.asOf ?? today
    const values = workedOut(
      read,
      { ...known.values, ...sums.get(id) },
      {
        ...{ asOf, currency: known.currency },
        convert: (amount, to) => rates.convert(amount, to, asOf),
      },
    )
    const value = evaluate(values)
    const short = glanced(value, formula.type)
    return {
      ...{ partyId: id, code, name, asOf, value: plainText(value) },
      shown: formulaValueText(short, formula.type),
      because: explainFormula(formula, values, scope.names, short),
    }
  })
}

/** The scope with what this formula reads beside what the published ones do. */
function withReadBy(scope: DefinedIndicators, formula: Formula): DefinedIndicators {
  const read = new Set([...scope.read.map(({ id }) => id), ...namesIn(formula)])
  const windows = new Map(
    [...scope.windows, ...windowsIn(formula)].map((each) => [each.indicator.id, each]),
  )
  return {
    ...scope,
    read: allIndicators.filter(({ id }) => read.has(id)),
    windows: [...windows.values()],
  }
}

function windowsIn(formula: Formula) {
  return namesIn(formula).flatMap((id) => windowIndicator(id) ?? [])
}

function plainText(value: FormulaValue): string | null {
  if (value === null) return null
  if (typeof value !== 'bigint') return String(value)
  return scaledToDecimal(value, decimals).replace(/\.?0+$/, '')
}
