import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { formulaNameOf } from '#kernel/indicator/indicator-in-formula.ts'
import type { DefinedIndicators } from '#kernel/indicator/prepare-indicator-formulas.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { findCompany } from '#server/company/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { publishedDefinitions } from '#server/policy/public.ts'

/** What formulas may name now: built-in indicators and those of the published formulas. */
export async function formulaScope(db: Reader): Promise<DefinedIndicators> {
  const published = await publishedDefinitions(db)
  if (published) return published.defined
  const currency = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const names = allIndicators.map((each) => formulaNameOf(each, currency))
  return { currency, names, read: [], windows: [], inOrder: [] }
}
