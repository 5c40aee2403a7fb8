import type { Company, CompanyChange } from '#contract/company.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { findCompany, updateCompany } from '#server/company/company.store.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Changes the company's name, time zone or base currency. */
export async function changeCompany(
  context: Context,
  change: CompanyChange,
): Promise<Company | Refusal> {
  if (change.baseCurrency !== undefined && !parseCurrency(change.baseCurrency)) {
    return refuse(
      'invalid-input',
      `baseCurrency: ${change.baseCurrency} is not an ISO 4217 code.`,
      { zh: `本位币 ${change.baseCurrency} 不是 ISO 4217 币种代码。` },
    )
  }
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) {
    return refuse('invalid-input', `timeZone: write a name such as Asia/Shanghai.`, {
      zh: '时区应写名称，如 Asia/Shanghai。',
    })
  }
  return runCommand(
    context,
    { name: 'company.change', permission: 'company:write', input: { ...change } },
    async (tx) => {
      await updateCompany(tx, change)
      const company = await findCompany(tx)
      if (!company) return refuse('not-found', 'There is no company yet.')
      const { name, baseCurrency, timeZone } = company
      return { name, baseCurrency, timeZone }
    },
  )
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
