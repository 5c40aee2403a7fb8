import type { Checkpoint } from '#kernel/check/check-facts.ts'
import {
  type Basis,
  type CheckRule,
  type CheckRules,
  type Reaction,
  type RuleParameters,
  rulePrecedence,
} from '#kernel/check/check-rules.ts'
import { parseScaled, parseShare, type ScaledReading } from '#kernel/document/decimal.ts'
import { type PreparedTrial, prepareTrial } from '#kernel/document/trial.ts'
import { invariant } from '#kernel/invariant.ts'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'

/** Check rules that were checked, with amounts as minor units and shares as basis points. */
export type PreparedCheckRules = {
  readonly document: CheckRules
  /** Of all amounts here. */
  readonly currency: Currency
  readonly horizon: { readonly days: number; readonly laterShareBps: bigint } | null
  readonly cashOrdersCount: boolean
  readonly toleranceBps: bigint
  readonly amendToleranceBps: bigint
  readonly graceDays: number
  readonly reservationMinutes: number
  readonly releaseAuthority: ReadonlyMap<string, bigint | 'unlimited'>
  /** By checkpoint in order of precedence, without those that do not react. */
  readonly rules: Readonly<Record<Checkpoint, readonly PreparedRule<'warn' | 'hold'>[]>>
  /** Those that are only recorded where they fire. */
  readonly shadow: Readonly<Record<Checkpoint, readonly PreparedRule<'shadow'>[]>>
  /** How orders count in what a decision tells of levels: as in the first limit rule that holds. */
  readonly basis: Basis
  /** Of that limit rule, where it has its own. */
  readonly limitToleranceBps: bigint | null
  readonly needs: CheckNeeds
}

/** What the rules read, so that nothing else is loaded. */
export type CheckNeeds = {
  readonly overdue: boolean
  readonly oldestOpen: boolean
  readonly brokenPromisesWithinDays: number | null
  readonly returnedPayment: boolean
  readonly horizonDays: number | null
  /** Trials draw by the id of the customer, which nothing else asks. */
  readonly partyId: boolean
  /** The department and region of the customer. */
  readonly place: boolean
}

/** A rule with its numbers read; `amountMinor`, `shareBps` and `toleranceBps` as its kind asks. */
export type PreparedRule<R extends Reaction = Exclude<Reaction, 'none'>> = {
  readonly id: string
  readonly reaction: R
  /** Null where the rule is about everybody. */
  readonly scope: CheckRule['scope'] | null
  readonly except: CheckRule['except'] | null
  readonly trial: PreparedTrial | null
  readonly parameters: RuleParameters
  readonly amountMinor: bigint | null
  readonly shareBps: bigint | null
  readonly toleranceBps: bigint | null
}

/** Parses check rules once; `checkCheckRules` found nothing wrong with them when they were drafted. */
export function prepareCheckRules(document: CheckRules): PreparedCheckRules {
  const currency = parseCurrency(document.currency)
  invariant(currency !== null, 'checked rules have a currency')
  const { horizon } = document
  const active = inOrder(document.rules).filter((rule) => rule.reaction !== 'none')
  const limits = active
    .filter((rule) => rule.kind === 'limit')
    .filter((rule) => rule.reaction !== 'shadow')
  const limit = limits.find((rule) => rule.reaction === 'hold') ?? limits[0]
  return {
    document,
    currency,
    horizon: horizon ? { days: horizon.days, laterShareBps: shareOf(horizon.laterShare) } : null,
    cashOrdersCount: document.cashOrders === 'count',
    toleranceBps: shareOf(document.tolerance),
    amendToleranceBps: shareOf(document.amendTolerance),
    graceDays: document.graceDays,
    reservationMinutes: document.reservationMinutes,
    releaseAuthority: authorities(document, currency),
    rules: byCheckpoint(active, currency, ['warn', 'hold']),
    shadow: byCheckpoint(active, currency, ['shadow']),
    basis: limit?.basis ?? 'dynamic',
    limitToleranceBps: limit?.tolerance === undefined ? null : shareOf(limit.tolerance),
    needs: needsOf(active, document),
  }
}

function authorities(
  { releaseAuthority }: CheckRules,
  currency: Currency,
): PreparedCheckRules['releaseAuthority'] {
  return new Map(
    Object.entries(releaseAuthority).map(([role, amount]) => [
      role,
      amount === 'unlimited' ? amount : amountOf(amount, currency),
    ]),
  )
}

function inOrder(rules: readonly CheckRule[]): CheckRule[] {
  return rulePrecedence.flatMap((kind) => rules.filter((rule) => rule.kind === kind))
}

function byCheckpoint<R extends Reaction>(
  active: readonly CheckRule[],
  currency: Currency,
  reactions: readonly R[],
): Record<Checkpoint, PreparedRule<R>[]> {
  const at = (checkpoint: Checkpoint) =>
    active.flatMap((rule) => {
      const reaction = reactions.find((each) => each === rule.reaction)
      return reaction !== undefined && rule.checkpoints.includes(checkpoint)
        ? [prepareRule(rule, reaction, currency)]
        : []
    })
  return { order: at('order'), delivery: at('delivery') }
}

function prepareRule<R extends Reaction>(
  rule: CheckRule,
  reaction: R,
  currency: Currency,
): PreparedRule<R> {
  const { id, scope, except, trial } = rule
  const amount = amountTextOf(rule)
  const share = 'overShare' in rule ? rule.overShare : undefined
  const tolerance = rule.kind === 'limit' ? rule.tolerance : undefined
  return {
    id,
    reaction,
    scope: scope ?? null,
    except: except ?? null,
    trial: trial ? prepareTrial(trial) : null,
    parameters: rule,
    amountMinor: amount === undefined ? null : amountOf(amount, currency),
    shareBps: share === undefined ? null : shareOf(share),
    toleranceBps: tolerance === undefined ? null : shareOf(tolerance),
  }
}

function amountTextOf(rule: CheckRule): string | undefined {
  switch (rule.kind) {
    case 'days-overdue':
      return rule.minimumAmount
    case 'overdue-amount':
    case 'maximum-document':
      return rule.over
    default:
      return undefined
  }
}

function needsOf(active: readonly CheckRule[], document: CheckRules): CheckNeeds {
  const uses = (...kinds: readonly CheckRule['kind'][]) =>
    active.some((rule) => kinds.includes(rule.kind))
  const windows = active.flatMap((rule) =>
    rule.kind === 'broken-promises' ? [rule.withinDays] : [],
  )
  return {
    overdue: uses('days-overdue', 'overdue-amount', 'overdue-share'),
    oldestOpen: uses('oldest-open-item'),
    brokenPromisesWithinDays: windows.length === 0 ? null : Math.max(...windows),
    returnedPayment: uses('payment-returned'),
    horizonDays: document.horizon?.days ?? null,
    place: active.some(({ except, scope }) =>
      [except, scope].some((of) => of?.departments !== undefined || of?.regions !== undefined),
    ),
    partyId: active.some(({ trial }) => trial !== undefined),
  }
}

function amountOf(text: string, currency: Currency): bigint {
  return checked(parseScaled(text, exponentOf(currency)))
}

function shareOf(text: string): bigint {
  return checked(parseShare(text))
}

function checked(reading: ScaledReading): bigint {
  invariant(reading.kind === 'scaled', 'checked rules hold decimals only')
  return reading.value
}
