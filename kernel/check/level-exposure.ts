import { addDays, type Day } from '#kernel/calendar/day.ts'
import type {
  BalanceFacts,
  CheckFacts,
  CheckRequest,
  LevelFacts,
} from '#kernel/check/check-facts.ts'
import { grossLessSecured } from '#kernel/exposure/net-exposure.ts'
import { nothing, type Stage, type StageAmounts, stages } from '#kernel/exposure/stage.ts'
import { convert } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { divide } from '#kernel/money/money.ts'

/** What a document counts with as an order, before and after, by when it is to be shipped. */
export type AskedOrder = {
  readonly currency: Currency
  readonly wasNow: bigint
  readonly wasLater: bigint
  readonly isNow: bigint
  readonly isLater: bigint
}

/** Minor units of the account's currency, before and after the document. */
export type LevelExposure = {
  readonly before: StageAmounts
  /** As before, but for the stage `order`. */
  readonly orderAfter: bigint
  /** Gross less secured, never below zero. */
  readonly netBefore: bigint
  readonly netAfter: bigint
}

/** Values amounts in another currency, half-even, and notes the first pair that has no rate. */
export type Valuer = {
  readonly value: (minor: bigint, from: Currency, to: Currency) => bigint
  readonly missing: () => { readonly from: Currency; readonly to: Currency } | null
}

export function valuerOf(rates: CheckFacts['rates']): Valuer {
  let missing: { from: Currency; to: Currency } | null = null
  return {
    value: (minor, from, to) => {
      if (from === to || minor === 0n) return minor
      const rate = rates.find((each) => each.from === from && each.to === to)
      if (rate) return convert({ minor, currency: from }, rate, 'half-even').money.minor
      missing ??= { from, to }
      return 0n
    },
    missing: () => missing,
  }
}

/**
 * Splits what the document counts with. What is delivered stays as it is; the rest counts by the
 * day on which it is now wanted, and not at all where it is paid in cash.
 */
export function askedOrderOf(
  request: CheckRequest,
  of: { readonly horizonEnd: Day | null; readonly isCash: boolean },
): AskedOrder {
  const { amount, counted, countedDelivered, countedLater, requestedOn } = request
  const open = of.isCash ? 0n : amount.minor - countedDelivered
  const isLater =
    open > 0n && requestedOn !== null && of.horizonEnd !== null && requestedOn > of.horizonEnd
  return {
    currency: amount.currency,
    wasNow: counted - countedDelivered - countedLater,
    wasLater: countedLater,
    isNow: isLater ? 0n : open,
    isLater: isLater ? open : 0n,
  }
}

/** The last day within the horizon; null without one. */
export function horizonEndOf(horizonDays: number | null, today: Day): Day | null {
  return horizonDays === null ? null : addDays(today, horizonDays)
}

/** Whether the document would count with more than it does, with later shipments at their share. */
export function raises(asked: AskedOrder, laterShareBps: bigint): boolean {
  const was = asked.wasNow * 10_000n + asked.wasLater * laterShareBps
  return asked.isNow * 10_000n + asked.isLater * laterShareBps > was
}

/** The exposure of an account with its orders weighed by when they ship. */
export function exposureAt(
  level: LevelFacts,
  asked: AskedOrder,
  laterShareBps: bigint,
  valuer: Valuer,
): LevelExposure {
  const { currency, balances } = level
  const before: MutableStages = { ...nothing }
  let orderAfter = 0n
  let met = false
  for (const balance of balances) {
    addStages(before, balance, currency, valuer)
    const now = (balance.stages.order ?? 0n) - balance.laterMinor
    const order = now + weigh(balance.laterMinor, laterShareBps)
    const value = valuer.value(order, balance.currency, currency)
    before.order += value
    if (met || balance.currency !== asked.currency) {
      orderAfter += value
      continue
    }
    met = true
    const nowAfter = now - asked.wasNow + asked.isNow
    const laterAfter = balance.laterMinor - asked.wasLater + asked.isLater
    const after = nowAfter + weigh(laterAfter, laterShareBps)
    orderAfter += after === order ? value : valuer.value(after, balance.currency, currency)
  }
  if (!met) orderAfter += newcomer(asked, laterShareBps, currency, valuer)
  const net = grossLessSecured(before)
  const change = orderAfter - before.order
  return { before, orderAfter, netBefore: atLeastZero(net), netAfter: atLeastZero(net + change) }
}

type MutableStages = { -readonly [S in Stage]: bigint }

const stagesButOrder = stages.filter((stage) => stage !== 'order')

function addStages(
  to: MutableStages,
  balance: BalanceFacts,
  currency: Currency,
  valuer: Valuer,
): void {
  for (const stage of stagesButOrder) {
    const minor = balance.stages[stage]
    if (minor !== undefined) to[stage] += valuer.value(minor, balance.currency, currency)
  }
}

function newcomer(
  asked: AskedOrder,
  laterShareBps: bigint,
  currency: Currency,
  valuer: Valuer,
): bigint {
  const now = asked.isNow - asked.wasNow
  const later = weigh(asked.isLater, laterShareBps) - weigh(asked.wasLater, laterShareBps)
  return valuer.value(now + later, asked.currency, currency)
}

function weigh(minor: bigint, shareBps: bigint): bigint {
  if (minor === 0n || shareBps === 0n) return 0n
  return shareBps === 10_000n ? minor : divide(minor * shareBps, 10_000n, 'half-even')
}

function atLeastZero(minor: bigint): bigint {
  return minor > 0n ? minor : 0n
}
