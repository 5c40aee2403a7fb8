import type { CreditCheck, CreditCheckReply } from '#contract/check.ts'
import type { Party } from '#contract/party.ts'
import type { Refusal } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { DecidedCheck, Remedy } from '#kernel/check/check-decision.ts'
import type { Checkpoint, CheckRequest } from '#kernel/check/check-facts.ts'
import type { PositionTarget } from '#kernel/exposure/position-change.ts'
import type { Money } from '#kernel/money/money.ts'

/** A question to the gate: may this document count with this amount? */
export type AskedCheck = {
  /** Who is charged. */
  readonly buyer: Pick<Party, 'id'>
  /** Who gets the goods where another one pays: their account and file must be open too. */
  readonly soldTo?: Pick<Party, 'id'>
  /** Where it counts until now, when another one is to pay: once it passes, with nothing there. */
  readonly leaves?: {
    readonly buyer: Pick<Party, 'id'>
    readonly targets: readonly PositionTarget[]
  }
  /** Empty for none. */
  readonly segment: string
  readonly document: {
    readonly kind: 'order' | 'reservation'
    readonly id: string
    readonly number: string
  } | null
  readonly checkpoint: Checkpoint
  readonly mode: 'check' | 'reserve'
  /** Of the whole document as it is to be. */
  readonly amount: Money
  /** What it and its deliveries count with once it passes in mode reserve. */
  readonly targets: readonly PositionTarget[]
  readonly requestedOn: Day | null
  readonly terms: string | null
  readonly discountBps: number | null
  readonly changedFields: readonly string[]
  readonly quantity: CheckRequest['quantity']
  /** 1 first, 9 last. */
  readonly priority: number
  readonly salesperson: string | null
  /** Of the request that asks it; the command's own where it is left out. */
  readonly requestId?: string
  /** What the ledger is told: `reserved`, `confirmed`, `amended`, `delivered` ... */
  readonly cause: string
}

export type CheckAnswer = {
  readonly decisionId: string
  readonly outcome: 'approved' | 'warned' | 'held'
  readonly holdId: string | null
  readonly decision: DecidedCheck
  readonly remedies: readonly Remedy[]
}

/** The same as another system asks it, and as it is answered. */
export type CheckAsked = {
  readonly check: CreditCheck
  readonly mode: 'check' | 'reserve'
  /** Of the request that asks it, among others of its transaction. */
  readonly requestId?: string
}
export type CheckReplied = CreditCheckReply | Refusal
