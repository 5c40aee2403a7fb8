import type { IndicatorDefinition } from '#contract/indicator.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import type { Reader } from '#server/platform/database.ts'
import { publishedDefinitions } from '#server/policy/public.ts'

/** Every indicator that policies may speak of: the built-in ones, then those of formulas. */
export async function listIndicators(db: Reader): Promise<{ items: IndicatorDefinition[] }> {
  const { inOrder = [], names = [] } = (await publishedDefinitions(db))?.defined ?? {}
  const own = inOrder.map(({ formula, indicator }) => {
    const told = (language: 'zh' | 'en') => formatFormula(formula, language, names)
    return { ...indicator, formula: { zh: told('zh'), en: told('en') } }
  })
  return { items: [...allIndicators.map((each) => ({ ...each, formula: null })), ...own] }
}
