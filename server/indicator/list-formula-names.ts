import type { FormulaNames } from '#contract/formula.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import { windowId } from '#kernel/formula/window-name.ts'
import { formulaTypeOf } from '#kernel/indicator/indicator-in-formula.ts'
import { windowIndicator, windowMeasures } from '#kernel/indicator/window-indicators.ts'
import { formulaScope } from '#server/indicator/formula-scope.ts'
import { listIndicators } from '#server/indicator/list-indicators.ts'
import type { Reader } from '#server/platform/database.ts'

/** Everything that a formula may name, and how; sums over a window with one window for each. */
export async function listFormulaNames(db: Reader): Promise<FormulaNames> {
  const { currency, names } = await formulaScope(db)
  const types = new Map(names.map(({ id, type }) => [id, type]))
  const { items } = await listIndicators(db)
  const sums = windowMeasures.flatMap(({ id }) => {
    const found = windowIndicator(windowId(id, { count: 12, unit: 'months' }))
    if (!found) return []
    const { decimals: _, ...shown } = found.indicator
    const { kind } = formulaTypeOf(shown.unit, currency)
    return [{ ...shown, formula: null, kind, write: shown.label }]
  })
  const told = items.flatMap((each) => {
    const type = types.get(each.id)
    if (!type) return []
    const { decimals: _, id, ...shown } = each
    const written = (language: 'zh' | 'en') =>
      formatFormula({ kind: 'name', id, type, at: [0, 0] }, language, names)
    return [{ id, ...shown, kind: type.kind, write: { zh: written('zh'), en: written('en') } }]
  })
  const own = told.filter(({ source }) => source === 'formula')
  const builtIn = told.filter(({ source }) => source !== 'formula')
  return { currency, items: [...builtIn, ...sums, ...own] }
}
