import type { Checkpoint } from '#kernel/check/check-facts.ts'
import type { Label } from '#kernel/document/label.ts'
import {
  byKind,
  decimalText,
  keyed,
  label,
  list,
  object,
  oneOf,
  type Reader,
  text,
  wholeNumber,
} from '#kernel/document/read-document.ts'
import { type Trial, trialReader } from '#kernel/document/trial.ts'

/**
 * Check rules (信用检查规则) as a business person writes them: what is asked of a document before it
 * may count against a customer's limit. Amounts are decimal texts in the document's currency,
 * shares carry their percent sign.
 */
export type CheckRules = {
  readonly id: string
  readonly label: Label
  readonly scale: string
  readonly currency: string
  /** Orders to be shipped later than in so many days count with `laterShare` only. */
  readonly horizon?: { readonly days: number; readonly laterShare: string }
  /** Whether orders that are paid in advance or on delivery count against the limit. */
  readonly cashOrders: 'count' | 'exempt'
  /** What may be used on top of a limit where the account has no tolerance of its own. */
  readonly tolerance: string
  /** A released document may grow by so much before it is held again. */
  readonly amendTolerance: string
  /** At delivery, a document approved within so many days is not held for conduct again. */
  readonly graceDays: number
  readonly reservationMinutes: number
  /** Up to which amount each role may release; `unlimited` for any. */
  readonly releaseAuthority: Readonly<Record<string, string>>
  readonly rules: readonly CheckRule[]
}

/** Whom a rule is about; of several lists all must fit. */
export type RuleScope = {
  readonly segments?: readonly string[]
  readonly grades?: readonly string[]
  readonly roles?: readonly string[]
  readonly industries?: readonly string[]
  readonly departments?: readonly string[]
  readonly regions?: readonly string[]
}

/** Whom a rule spares; one list that fits is enough. */
export type RuleExceptions = RuleScope & { readonly parties?: readonly string[] }

type LevelName = 'segment' | 'party' | 'group'

/** Static: every order counts in full. Dynamic: orders beyond the horizon count with their share. */
export type Basis = 'static' | 'dynamic'

type Against = { readonly basis: Basis; readonly levels: readonly LevelName[] }

/** What each kind of rule asks; `CheckRule` adds what all have. */
export type RuleParameters =
  /** A blocked or frozen account holds, a watched one warns. */
  | { readonly kind: 'account-status' }
  | { readonly kind: 'file-closed' }
  /** No limit was ever granted to the party. */
  | { readonly kind: 'no-file' }
  | { readonly kind: 'limit-expired' }
  | { readonly kind: 'review-overdue'; readonly overDays: number }
  /** What is past due by more than so many days comes to the minimum amount or more. */
  | { readonly kind: 'days-overdue'; readonly overDays: number; readonly minimumAmount?: string }
  /** All that is past due is over an amount, or over a share of the limit. */
  | { readonly kind: 'overdue-amount'; readonly over?: string; readonly overShare?: string }
  /** All that is past due is over a share of what is invoiced and open. */
  | { readonly kind: 'overdue-share'; readonly overShare: string }
  | { readonly kind: 'oldest-open-item'; readonly overDays: number }
  | { readonly kind: 'dunning-level'; readonly from: number }
  | { readonly kind: 'broken-promises'; readonly count: number; readonly withinDays: number }
  | { readonly kind: 'payment-returned'; readonly withinDays: number }
  /** A single document over the amount. */
  | { readonly kind: 'maximum-document'; readonly over: string }
  /** Longer terms, or a larger discount, than agreed. */
  | { readonly kind: 'terms-raised' }
  | { readonly kind: 'discount-raised' }
  /** Critical fields differ from the document's last approval. */
  | { readonly kind: 'fields-changed'; readonly fields: readonly string[] }
  | ({ readonly kind: 'limit'; readonly tolerance?: string } & Against)
  /** More than a share of the limit would be in use. */
  | ({ readonly kind: 'utilisation'; readonly overShare: string } & Against)

export type RuleKind = RuleParameters['kind']

export type CheckRule = {
  readonly id: string
  readonly label?: Label
  readonly checkpoints: readonly Checkpoint[]
  readonly reaction: Reaction
  readonly scope?: RuleScope
  readonly except?: RuleExceptions
  /** Of those whom the scope fits, only a group of a trial. */
  readonly trial?: Trial
} & RuleParameters

/**
 * What a rule does where it fires: nothing at all; only be recorded, so that one sees whom it would
 * hold (试运行); warn; hold.
 */
export const reactions = ['none', 'shadow', 'warn', 'hold'] as const
export type Reaction = (typeof reactions)[number]

/**
 * The order in which rules are applied and told, whatever the order in the document: what the
 * company decided about the account, what the file lacks, how the customer pays, what the document
 * asks for, and last whether there is room. Rules of one kind keep the document's order.
 */
export const rulePrecedence = [
  'account-status',
  'file-closed',
  'no-file',
  'limit-expired',
  'review-overdue',
  'days-overdue',
  'overdue-amount',
  'overdue-share',
  'oldest-open-item',
  'dunning-level',
  'broken-promises',
  'payment-returned',
  'maximum-document',
  'terms-raised',
  'discount-raised',
  'fields-changed',
  'limit',
  'utilisation',
] as const satisfies readonly RuleKind[]

const texts = list(text)
const scope = {
  ...{ segments: texts, grades: texts, roles: texts },
  ...{ industries: texts, departments: texts, regions: texts },
}
const required = {
  id: text,
  checkpoints: list(oneOf('order', 'delivery')),
  reaction: oneOf(...reactions),
}
const optional = {
  label,
  scope: object({}, scope),
  except: object({}, { ...scope, parties: texts }),
  trial: trialReader,
}
const against = {
  basis: oneOf('static', 'dynamic'),
  levels: list(oneOf('segment', 'party', 'group')),
}

type Shape = Readonly<Record<string, Reader<unknown>>>

/** Each reader of the table below gives the parameters of the kind that it stands under. */
function rule(kind: RuleKind, asked: Shape = {}, mayAsk: Shape = {}): Reader<CheckRule> {
  const shape = object({ ...required, kind: oneOf(kind), ...asked }, { ...optional, ...mayAsk })
  return shape as Reader<unknown> as Reader<CheckRule>
}

const rulesByKind: Readonly<Record<RuleKind, Reader<CheckRule>>> = {
  'account-status': rule('account-status'),
  'file-closed': rule('file-closed'),
  'no-file': rule('no-file'),
  'limit-expired': rule('limit-expired'),
  'review-overdue': rule('review-overdue', { overDays: wholeNumber }),
  'days-overdue': rule('days-overdue', { overDays: wholeNumber }, { minimumAmount: decimalText }),
  'overdue-amount': rule('overdue-amount', {}, { over: decimalText, overShare: decimalText }),
  'overdue-share': rule('overdue-share', { overShare: decimalText }),
  'oldest-open-item': rule('oldest-open-item', { overDays: wholeNumber }),
  'dunning-level': rule('dunning-level', { from: wholeNumber }),
  'broken-promises': rule('broken-promises', { count: wholeNumber, withinDays: wholeNumber }),
  'payment-returned': rule('payment-returned', { withinDays: wholeNumber }),
  'maximum-document': rule('maximum-document', { over: decimalText }),
  'terms-raised': rule('terms-raised'),
  'discount-raised': rule('discount-raised'),
  'fields-changed': rule('fields-changed', { fields: texts }),
  limit: rule('limit', against, { tolerance: decimalText }),
  utilisation: rule('utilisation', { ...against, overShare: decimalText }),
}

/** Reads the shape of check rules; what they say is checked by `checkCheckRules`. */
export const checkRulesReader: Reader<CheckRules> = object(
  {
    id: text,
    label,
    scale: text,
    currency: text,
    cashOrders: oneOf('count', 'exempt'),
    tolerance: decimalText,
    amendTolerance: decimalText,
    graceDays: wholeNumber,
    reservationMinutes: wholeNumber,
    releaseAuthority: keyed(decimalText),
    rules: list(byKind<CheckRule>(rulesByKind)),
  },
  { horizon: object({ days: wholeNumber, laterShare: decimalText }) },
)
