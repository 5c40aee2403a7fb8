import type { ImportOptions } from '#contract/import.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { findCompany } from '#server/company/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** The currency of amounts that a file gives none: as the person said, else the company's own. */
export async function currencyFor(db: Reader, options: ImportOptions): Promise<Currency | Refusal> {
  const told = options.currency ?? (await findCompany(db))?.baseCurrency ?? 'CNY'
  const currency = parseCurrency(told)
  return (
    currency ??
    refuse('invalid-input', `currency: ${told} is not an ISO 4217 code.`, {
      zh: `币种 ${told} 不是 ISO 4217 币种代码。`,
    })
  )
}
