import type { NearLimitLine, Today } from '#contract/report.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { divide, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { describeAccounts } from '#server/exposure/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { nearestToLimit, nearLimitCounts } from '#server/report/near-limit.store.ts'
import type { About } from '#server/report/party-heads.ts'

/** Accounts that use 80, 90 or 100 % of their limit; the lines are reckoned now. */
export async function nearLimitsOf(
  { db, today }: Context,
  { linesMax, partyIds }: About,
): Promise<Today['nearLimits']> {
  const found = await nearestToLimit(db, { partyIds, limit: linesMax })
  const counts = await nearLimitCounts(db, partyIds)
  const accounts = await describeAccounts(db, found, today)
  const lines = accounts.flatMap((account) => lineOf(account) ?? [])
  return {
    count: counts[80] + counts[90] + counts[100],
    more: false,
    steps: (['100', '90', '80'] as const).map((step) => ({ step, count: counts[step] })),
    lines: lines.sort((a, b) => Number(b.share) - Number(a.share)),
  }
}

type Described = Awaited<ReturnType<typeof describeAccounts>>[number]

/** Null where it is near its limit no more. */
function lineOf(account: Described): NearLimitLine | null {
  const { available, code, currency, exposure, id, level, name, partyId, segment } = account
  if (available === null || exposure === null) return null
  const exposureMinor = minorOf(exposure, currency as Currency)
  const limitMinor = exposureMinor + minorOf(available, currency as Currency)
  if (limitMinor <= 0n) return null
  const share = divide(exposureMinor * 10_000n, limitMinor, 'down')
  if (share < 8_000n) return null
  return {
    party: { id: partyId, code, name },
    ...{ id, level, segment, currency, available, amount: exposure },
    limit: toDecimal({ minor: limitMinor, currency: currency as Currency }),
    share: scaledToDecimal(share, 4),
    step: share >= 10_000n ? '100' : share >= 9_000n ? '90' : '80',
  }
}

function minorOf(text: string, currency: Currency): bigint {
  const reading = parseScaled(text, exponentOf(currency))
  return reading.kind === 'scaled' ? reading.value : 0n
}
