import type { PolicyImpact } from '#contract/lab.ts'
import type { PartyImpact } from '#kernel/lab/impact.ts'
import { toDecimal } from '#kernel/money/money.ts'

export function limitsReply({
  after,
  before,
  currency,
  lowered,
  raised,
}: PartyImpact['limits'][number]): PolicyImpact['limits'][number] {
  return {
    ...{ currency, before: toDecimal(before), after: toDecimal(after) },
    raised: { customers: raised.customers, by: toDecimal(raised.by) },
    lowered: { customers: lowered.customers, by: toDecimal(lowered.by) },
  }
}
