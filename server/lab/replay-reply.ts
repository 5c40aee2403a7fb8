import type { PolicyReplay, ReplaySide } from '#contract/replay.ts'
import { daysBetween, fromEpochDay } from '#kernel/calendar/day.ts'
import type { ReplayFigures } from '#kernel/lab/replay-figures.ts'
import type { Replay } from '#kernel/lab/replay-fold.ts'
import type { Interval } from '#kernel/lab/uncertainty.ts'
import { divide, money, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import type { ReplayBasis, ReplaySettings } from '#server/lab/replay-basis.ts'
import { whatItCannotSay } from '#server/lab/what-it-cannot-say.ts'

type Amount = (minor: bigint) => string

export function replayReply(replay: Replay, basis: ReplayBasis): PolicyReplay {
  const { asked, baseCurrency, policies } = basis
  const amount: Amount = (minor) => toDecimal(money(minor, baseCurrency))
  const days = daysBetween(basis.from, basis.through) + 1
  const side = (figures: ReplayFigures | undefined) => sideOf(figures, days, amount)
  const [now, after] = replay.totals
  const [effect, ...variants] = replay.effects
  return {
    ...{ asOf: basis.through, from: basis.from, kind: policies.kind, title: policies.title },
    ...{ months: asked.months, marginPercent: asked.marginPercent, baseCurrency },
    ...{ lossAfterDays: asked.lossAfterDays, patienceDays: asked.patienceDays },
    ...{ customers: basis.customers, withoutRate: basis.withoutRate },
    ...{ now: side(now), after: side(after) },
    effect: {
      ...effectReply(now, after, effect, amount),
      customers: effect?.intervals.customers ?? 0,
      intervals: {
        lossAvoided: intervalReply(effect?.intervals.lossAvoided, amount),
        marginLost: intervalReply(effect?.intervals.marginLost, amount),
        net: intervalReply(effect?.intervals.net, amount),
      },
    },
    yardsticks: yardsticksReply(replay, asked, amount),
    vary: basis.vary ? { pointer: basis.vary.pointer, now: policies.varied ?? '' } : null,
    points: policies.variants.map(({ value }, at) => ({
      value,
      ...effectReply(now, replay.totals[at + 2], variants[at], amount),
    })),
    monthly: basis.monthEnds.map((end, at) => ({
      month: end.slice(0, 7),
      receivable: amount(now?.receivable[at] ?? 0n),
      receivableAfter: amount(after?.receivable[at] ?? 0n),
      overdue: amount(now?.overdue[at] ?? 0n),
      overdueAfter: amount(after?.overdue[at] ?? 0n),
    })),
    segments: segmentsReply(replay, asked, { side, amount }),
    rules: rulesReply(now, after),
    named: replay.customers.map(({ firstHeldDay, firstLossDueDay, id, ...customer }) => ({
      ...{ partyId: id, code: customer.code, name: customer.name, held: customer.held },
      firstHeldOn: firstHeldDay === null ? null : fromEpochDay(firstHeldDay),
      firstLossDueOn: firstLossDueDay === null ? null : fromEpochDay(firstLossDueDay),
      lostSales: amount(customer.lostSales),
      lossAvoided: amount(customer.lossAvoided),
      marginLost: amount(customer.marginLost),
    })),
    moreRoom: {
      customers: basis.moreRoom.customers,
      amount: amount(basis.moreRoom.minor),
      ofDefaulted: amount(basis.moreRoom.ofDefaultedMinor),
    },
    cannotSay: whatItCannotSay(replay, basis, amount),
  }
}

function sideOf(figures: ReplayFigures | undefined, days: number, amount: Amount): ReplaySide {
  const of = figures ?? nothing
  const receivable = of.receivable.reduce((sum, each) => sum + each, 0n)
  const overdue = of.overdue.reduce((sum, each) => sum + each, 0n)
  const sold = of.sold.reduce((sum, each) => sum + each, 0n)
  const months = BigInt(of.receivable.length || 1)
  return {
    ...{ orders: of.orders, sales: amount(of.sales), held: of.held },
    ...{ delayed: of.delayed, delayedSales: amount(of.delayedSales) },
    delayDays: shareText(BigInt(of.delayDays) * 10n, BigInt(of.delayed), 1),
    ...{ lost: of.lost, lostSales: amount(of.lostSales) },
    ...{ waiting: of.waiting, waitingSales: amount(of.waitingSales), loss: amount(of.loss) },
    overduePercent: shareText(overdue * 1_000n, receivable, 1),
    // Open at the month ends, on average, in days of what was sold: receivable / (sold / days).
    daysSalesOutstanding: shareText(receivable * BigInt(days) * 10n, sold * months, 1),
  }
}

const nothing: ReplayFigures = {
  ...{ orders: 0, sales: 0n, held: 0, delayed: 0, delayedSales: 0n, delayDays: 0 },
  ...{ lost: 0, lostSales: 0n, lostPaid: 0n, lossAvoided: 0n, waiting: 0, waitingSales: 0n },
  ...{ loss: 0n, receivable: [], overdue: [], sold: [], heldBy: new Map() },
}

function shareText(numerator: bigint, denominator: bigint, decimals: number): string | null {
  if (denominator === 0n) return null
  return scaledToDecimal(divide(numerator, denominator, 'half-even'), decimals)
}

function effectReply(
  now: ReplayFigures | undefined,
  after: ReplayFigures | undefined,
  effect: { readonly lossAvoided: bigint; readonly marginLost: bigint } | undefined,
  amount: Amount,
) {
  const { lossAvoided = 0n, marginLost = 0n } = effect ?? {}
  return {
    held: (after?.held ?? 0) - (now?.held ?? 0),
    lostSales: amount((after?.lostSales ?? 0n) - (now?.lostSales ?? 0n)),
    lossAvoided: amount(lossAvoided),
    marginLost: amount(marginLost),
    net: amount(lossAvoided - marginLost),
  }
}

function intervalReply(interval: Interval | undefined, amount: Amount) {
  return { low: amount(interval?.low ?? 0n), high: amount(interval?.high ?? 0n) }
}

function yardsticksReply(
  { yardsticks }: Replay,
  asked: ReplaySettings,
  amount: Amount,
): PolicyReplay['yardsticks'] {
  if (yardsticks === null) return null
  const { foresight, placebo } = yardsticks
  const margin = (paid: bigint) => amount(marginOf(paid, asked))
  return {
    placebo: {
      lossAvoided: amount(placebo.lossAvoided),
      marginLost: margin(placebo.lostPaid),
      interval: intervalReply(placebo.interval, amount),
    },
    foresight: {
      lossAvoided: amount(foresight.lossAvoided),
      marginLost: margin(foresight.lostPaid),
    },
  }
}

function marginOf(paid: bigint, { marginBps }: ReplaySettings): bigint {
  return divide(paid * marginBps, 10_000n, 'half-even')
}

function segmentsReply(
  { segments }: Replay,
  asked: ReplaySettings,
  { amount, side }: { side: (figures: ReplayFigures | undefined) => ReplaySide; amount: Amount },
): PolicyReplay['segments'] {
  return [...segments]
    .sort(([, a], [, b]) => Number((b[0]?.sales ?? 0n) - (a[0]?.sales ?? 0n)))
    .map(([segment, [now, after]]) => ({
      segment: segment === '' ? null : segment,
      ...{ now: side(now), after: side(after) },
      effect: effectReply(
        now,
        after,
        {
          lossAvoided: (after?.lossAvoided ?? 0n) - (now?.lossAvoided ?? 0n),
          marginLost: marginOf(after?.lostPaid ?? 0n, asked) - marginOf(now?.lostPaid ?? 0n, asked),
        },
        amount,
      ),
    }))
}

function rulesReply(
  now: ReplayFigures | undefined,
  after: ReplayFigures | undefined,
): PolicyReplay['rules'] {
  const rules = [...new Set([...(now?.heldBy.keys() ?? []), ...(after?.heldBy.keys() ?? [])])]
  return rules.sort().map((rule) => ({
    rule,
    held: now?.heldBy.get(rule) ?? 0,
    heldAfter: after?.heldBy.get(rule) ?? 0,
  }))
}
