import { addMonths } from '#kernel/calendar/day.ts'
import type { Replay } from '#kernel/lab/replay-fold.ts'
import type { ReplayBasis } from '#server/lab/replay-basis.ts'

type Sentence = { readonly zh: string; readonly en: string }

const fewCustomers = 10
const warmUpMonths = 6

/** What no history tells, as far as it touches this replay, so that nobody reads more out of it. */
export function whatItCannotSay(
  { effects, totals }: Replay,
  { asked, baseCurrency, from, ledgerFrom, moreRoom, policies, vary }: ReplayBasis,
  amount: (minor: bigint) => string,
): Sentence[] {
  const [now, after] = totals
  const { lossAfterDays, patienceDays } = asked
  const sentences: Sentence[] = [
    {
      zh: `被暂挂的客户当时会怎么做，历史里没有：先付款换放行，还是转向别家。这里假设客户最多等 ${patienceDays} 天，等不到就算丢单；有人放行的，实际影响更小。`,
      en: `What a held customer would have done is in no history: pay to be released, or buy elsewhere. Here a customer waits ${patienceDays} days and is then lost; whatever people would have released makes the effect smaller.`,
    },
    {
      zh: '当时没有成交的订单不在发票里，没有回放。账户状态、人工设定的额度、集团与信控维度的额度、付款方式和账期的改变也没有回放。',
      en: 'Orders that were never invoiced are not in the past that is replayed; nor are statuses of accounts, limits set by hand, limits of groups and segments, or other terms of payment.',
    },
    {
      zh: `损失指已核销的，以及今天逾期超过 ${lossAfterDays} 天仍未收的。更近的发票还不知道结果，不算损失。`,
      en: `Lost is what was written off, and what is open today and more than ${lossAfterDays} days past due. What became of younger invoices is not known yet; they count as no loss.`,
    },
  ]
  if (ledgerFrom !== null && addMonths(ledgerFrom, warmUpMonths) > from) {
    sentences.push({
      zh: `账本从 ${ledgerFrom} 开始：回放最初的几个月里，老客户看起来也像新客户，额度偏低。账本先有 ${warmUpMonths} 个月再开始回放，才看得准。`,
      en: `The ledger begins on ${ledgerFrom}: in the first months of the replay old customers look like new ones, with limits to match. A replay tells more where ${warmUpMonths} months of ledger lie before it.`,
    })
  }
  const losses = (now?.loss ?? 0n) + (now?.lossAvoided ?? 0n)
  if (losses === 0n) {
    sentences.push({
      zh: '这段历史里没有收不回的发票：“避免损失”为零不说明政策没有用，只说明没有损失可以避免。',
      en: 'Nothing was lost in this past: no losses avoided does not tell that the policy is of no use, only that there was nothing to avoid.',
    })
  }
  const touched = effects[0]?.intervals.customers ?? 0
  if (touched > 0 && touched < fewCustomers) {
    sentences.push({
      zh: `只有 ${touched} 个客户受影响：区间只反映这几户，下一段历史可能很不一样。`,
      en: `Only ${touched} customers are touched: the intervals tell of these few, and another past may look quite different.`,
    })
  }
  if ((after?.lostSales ?? 0n) < (now?.lostSales ?? 0n)) {
    sentences.push({
      zh: '这项政策比现行政策放得宽。历史里已成交的订单结果已知；客户因此会多买多少不知道。',
      en: "This policy lets more through than today's. What became of orders that were invoiced is known; how much more would have been bought is not.",
    })
  }
  if (moreRoom.customers > 0) {
    const [room, defaulted] = [amount(moreRoom.minor), amount(moreRoom.ofDefaultedMinor)]
    sentences.push({
      zh: `${moreRoom.customers} 个客户的额度会更高，合计最多 ${room} ${baseCurrency}。他们会用多少、其中多少收不回，历史里没有：多出的损失在 0 和 ${room} 之间；其中曾有欠款未收的客户占 ${defaulted}。`,
      en: `${moreRoom.customers} customers would have had higher limits, by ${room} ${baseCurrency} at most. What they would have used and not paid is in no history: the further loss is between 0 and ${room}; ${defaulted} of it is of customers who did not pay all they owed.`,
    })
  }
  if (vary && policies.variants.length > 1) {
    sentences.push({
      zh: '在同一段历史上比较许多取值再挑最好的一个，会高估它：请留一段时间检验，或先试运行。',
      en: 'Whoever compares many values on the same past and takes the best of them overrates it: keep some time for a test, or pilot it first.',
    })
  }
  return sentences
}
