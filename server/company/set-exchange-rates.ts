import type { ExchangeRate } from '#contract/company.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { upsertRates } from '#server/company/exchange-rate.store.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Adds exchange rates, or replaces those of the same day and source. */
export async function setExchangeRates(
  context: Context,
  rates: readonly ExchangeRate[],
): Promise<{ set: number } | Refusal> {
  for (const [index, rate] of rates.entries()) {
    const unknown = [rate.from, rate.to].find((code) => !parseCurrency(code))
    if (unknown) {
      return refuse('invalid-input', `rates.${index}: ${unknown} is not a currency.`, {
        zh: `第 ${index + 1} 条汇率：${unknown} 不是币种。`,
      })
    }
    if (rate.from === rate.to || /^[0.]+$/.test(rate.rate)) {
      return refuse('invalid-input', `rates.${index}: two currencies and a rate above zero.`, {
        zh: `第 ${index + 1} 条汇率：应是两个不同的币种，汇率大于零。`,
      })
    }
  }
  return runCommand(
    context,
    { name: 'exchange-rate.set', permission: 'company:write', input: rates.map((r) => ({ ...r })) },
    async (tx) => {
      await upsertRates(
        tx,
        rates.map((rate) => ({ ...rate, source: rate.source ?? 'manual' })),
      )
      return { set: rates.length }
    },
  )
}
