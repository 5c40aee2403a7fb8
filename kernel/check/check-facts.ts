import type { Day } from '#kernel/calendar/day.ts'
import type { Stage } from '#kernel/exposure/stage.ts'
import type { ExchangeRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

/** Where in the life of a document the gate is asked. */
export type Checkpoint = 'order' | 'delivery'

/** What is asked of the gate: may this document count with this amount? */
export type CheckRequest = {
  readonly checkpoint: Checkpoint
  /** Of the whole document as it is to be; zero or more. */
  readonly amount: Money
  /** What the document counts with already (orders, deliveries), in the same currency. */
  readonly counted: bigint
  /** Of `counted`: what is delivered, and what is ordered to be shipped after the horizon. */
  readonly countedDelivered: bigint
  readonly countedLater: bigint
  /** When the goods are wanted; null: at once. */
  readonly requestedOn: Day | null
  /** Code of the terms asked for (`net-60`); null: those agreed. */
  readonly terms: string | null
  readonly discountBps: number | null
  /** Critical fields that differ from the document's last approval: `payer`, `terms` … */
  readonly changedFields: readonly string[]
  /** Only for documents of one line, so that a remedy can speak of pieces. */
  readonly quantity: { readonly thousandths: bigint; readonly unit: string } | null
  /** Days since the document was last approved at any checkpoint; null: never. */
  readonly daysSinceApproval: number | null
}

/** One account that must have room: the charged party's segment, the party, its groups upward. */
export type LevelFacts = {
  readonly level: 'segment' | 'party' | 'group'
  readonly accountId: string
  /** Code and name of the party that the account is of. */
  readonly code: string
  readonly name: string
  /** Empty but for segments. */
  readonly segment: string
  readonly currency: Currency
  readonly status: 'open' | 'watch' | 'blocked' | 'frozen'
  readonly statusReason: string | null
  /** The standing limit in the account's currency; null: none was ever granted. */
  readonly limitMinor: bigint | null
  readonly limitToOn: Day | null
  readonly reviewOn: Day | null
  /** Sum of the temporary limits in force today. */
  readonly temporaryMinor: bigint
  /** The account's own tolerance; null: the policy's. */
  readonly toleranceBps: number | null
  readonly balances: readonly BalanceFacts[]
}

/** An account that is not open. */
export type RestrictedAccount = Pick<
  LevelFacts,
  'level' | 'code' | 'segment' | 'status' | 'statusReason'
>

/** What stands at the stages of an account in one currency; stages of zero are left out. */
export type BalanceFacts = {
  readonly currency: Currency
  readonly stages: Readonly<Partial<Record<Stage, bigint>>>
  /** The part of `order` to be shipped after the horizon of the policy. */
  readonly laterMinor: bigint
}

/** All that a check is decided from, beside the request and the policy. */
export type CheckFacts = {
  readonly today: Day
  /** Nearest first: segment, party, groups upward. The charged party's own account is always there. */
  readonly levels: readonly LevelFacts[]
  /** Accounts of a buyer for whom another pays: they need no room, their status holds all the same. */
  readonly restricted?: readonly RestrictedAccount[]
  /** About the charged party. */
  readonly party: {
    /** Where trials draw by it. */
    readonly id?: string
    readonly code: string
    readonly roles: readonly string[]
    readonly industry: string | null
    /** Where a rule asks for them. */
    readonly department?: string
    readonly region?: string
    readonly grade: string | null
    readonly closedOn: Day | null
    readonly agreedTerms: string | null
    readonly agreedDiscountBps: number | null
    readonly dunningLevel: number
    /** Days by which promises to pay were to be kept and were not, within the policy's window. */
    readonly brokenPromisesOn: readonly Day[]
    readonly paymentReturnedOn: Day | null
    readonly oldestOpenIssuedOn: Day | null
    /** What is past due today, by due day and currency, oldest first. */
    readonly overdue: readonly OverdueFacts[]
  }
  /** The release that speaks for this document, if any. */
  readonly release: ReleaseFacts | null
  /** One rate for each pair that is needed: from the currency of a balance or document. */
  readonly rates: readonly ExchangeRate[]
}

export type OverdueFacts = {
  readonly dueOn: Day
  readonly currency: Currency
  readonly minor: bigint
}

export type ReleaseFacts = {
  readonly id: string
  readonly upTo: Money
  /** Last day; null: until it was used once, which ends it. */
  readonly untilOn: Day | null
}

/** An open invoice of the charged party or of who it pays for, for remedies; oldest due first. */
export type OpenItem = {
  readonly number: string
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly open: Money
  /** The credit segment at which it stands; not told: at the party's own account. */
  readonly segment?: string
}

/** The department and region of a customer, as far as they are known, as facts name them. */
export function knownPlace({
  department,
  region,
}: {
  readonly department: string | null
  readonly region: string | null
}): Pick<CheckFacts['party'], 'department' | 'region'> {
  return { ...(department !== null && { department }), ...(region !== null && { region }) }
}
