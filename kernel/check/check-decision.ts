import type { Day } from '#kernel/calendar/day.ts'
import type { RuleKind } from '#kernel/check/check-rules.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { StageAmounts } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

export type CheckOutcome = 'approved' | 'warned' | 'held'

export type CheckDecision =
  | DecidedCheck
  | { readonly kind: 'rate-missing'; readonly from: Currency; readonly to: Currency }

export type DecidedCheck = {
  readonly kind: 'decided'
  readonly outcome: CheckOutcome
  /** In the documented order of precedence, whatever their reaction. */
  readonly fired: readonly FiredRule[]
  /** Rules that would have held it and are only being tried out: they decide nothing. */
  readonly shadowed: readonly ShadowedRule[]
  /** Id of the release that let the document pass although rules would have held it. */
  readonly releasedBy: string | null
  /** Of the charged party's own account, in its currency. */
  readonly exposure: {
    readonly currency: Currency
    readonly before: StageAmounts
    readonly after: StageAmounts
  }
  readonly levels: readonly LevelResult[]
}

/** A rule that fired, with the numbers that made it fire, as plain values for people and replay. */
export type FiredRule = {
  /** Id of the rule in the policy. */
  readonly rule: string
  readonly kind: RuleKind
  readonly reaction: 'warn' | 'hold'
  readonly facts: Readonly<Record<string, Canonical>>
}

export type ShadowedRule = Omit<FiredRule, 'reaction'>

/** Amounts in the account's currency. Net exposure: gross less secured, never below zero. */
export type LevelResult = {
  readonly level: 'segment' | 'party' | 'group'
  readonly accountId: string
  readonly code: string
  readonly name: string
  readonly segment: string
  readonly currency: Currency
  /** Standing and temporary limit with tolerance; null: no limit at this level. */
  readonly limitMinor: bigint | null
  readonly temporaryMinor: bigint
  readonly toleranceMinor: bigint
  readonly beforeMinor: bigint
  readonly afterMinor: bigint
  /** What is left of limit and tolerance after it; negative: missing. Null without a limit. */
  readonly headroomMinor: bigint | null
}

/** A single change that would have the document approved, verified by deciding again with it. */
export type Remedy =
  | { readonly kind: 'pay'; readonly invoices: readonly { number: string; amount: Money }[] }
  | { readonly kind: 'reduce-amount'; readonly to: Money }
  | {
      readonly kind: 'reduce-quantity'
      readonly toThousandths: bigint
      readonly unit: string
      readonly to: Money
    }
  | { readonly kind: 'ship-after'; readonly on: Day }
  | { readonly kind: 'secure'; readonly amount: Money }
  | { readonly kind: 'agreed-terms'; readonly terms: string }
  | {
      readonly kind: 'raise-limit'
      readonly level: string
      readonly code: string
      readonly to: Money
    }
  /** Two of the above at once, where no single one is enough. */
  | { readonly kind: 'both'; readonly remedies: readonly Remedy[] }
