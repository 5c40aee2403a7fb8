import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Posting, post } from '#server/exposure/public.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import type { CreditKind } from '#server/receivable/credit.store.ts'

/** An invoice or credit as the exposure ledger knows it. */
export type PostedDocument = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly currency: Currency
}

type Move = {
  readonly minor: bigint
  readonly cause: string
  readonly on: Day
}

export type Settled = {
  readonly invoice: PostedDocument & { readonly segment: string | null }
  readonly minor: bigint
}

/** What is open of an invoice grew or shrank. */
export function invoicePosting(
  invoice: PostedDocument & { readonly segment: string | null },
  { minor, cause, on }: Move,
): Posting {
  const segment = invoice.segment ?? ''
  return {
    ...common(invoice, { minor, cause, on }),
    segment,
    stage: 'invoiced',
    documentKind: 'invoice',
  }
}

/** What a credit has left to settle with: money of the customer, until it settles something. */
function prepaymentPosting(credit: PostedDocument, move: Move): Posting {
  return { ...common(credit, move), segment: '', stage: 'prepayment', documentKind: 'credit' }
}

/** A bill settles invoices and is at risk until it is paid itself. */
export function billPosting(credit: PostedDocument, move: Move): Posting {
  return { ...common(credit, move), segment: '', stage: 'bill', documentKind: 'credit' }
}

function common(of: PostedDocument, { minor, cause, on }: Move) {
  return {
    partyId: of.partyId,
    currency: of.currency,
    minor,
    documentId: of.id,
    number: of.number,
    cause,
    effectiveOn: on,
    decisionId: null,
    shipOn: null,
  }
}

const causes: Readonly<Record<CreditKind, string>> = {
  receipt: 'paid',
  'credit-note': 'credited',
  'write-off': 'written-off',
  bill: 'bill-received',
}

/** A credit that came in: what it settles is open no more, what is left of it covers the rest. */
export function postCredit(
  tx: CommandTransaction,
  credit: PostedDocument & { readonly kind: CreditKind; readonly amountMinor: bigint },
  parts: readonly Settled[],
  on: Day,
): Promise<void> {
  const cause = causes[credit.kind]
  const settled = parts.reduce((sum, { minor }) => sum + minor, 0n)
  return post(tx, [
    ...parts.map(({ invoice, minor }) => invoicePosting(invoice, { minor: -minor, cause, on })),
    prepaymentPosting(credit, { minor: credit.amountMinor - settled, cause, on }),
    ...(credit.kind === 'bill'
      ? [billPosting(credit, { minor: credit.amountMinor, cause, on })]
      : []),
  ])
}

/** A credit that is set against invoices, or (with a negative sign) taken back from them. */
export function postAllocations(
  tx: CommandTransaction,
  credit: PostedDocument,
  parts: readonly Settled[],
  of: { readonly sign: 1n | -1n; readonly cause: string; readonly on: Day },
): Promise<void> {
  const { cause, on, sign } = of
  return post(
    tx,
    parts.flatMap(({ invoice, minor }) => [
      invoicePosting(invoice, { minor: -sign * minor, cause, on }),
      prepaymentPosting(credit, { minor: -sign * minor, cause, on }),
    ]),
  )
}

/** A credit that is void: what it settled is open again, a bill is at risk no more by itself. */
export function postVoided(
  tx: CommandTransaction,
  credit: PostedDocument & {
    readonly kind: CreditKind
    readonly amountMinor: bigint
    readonly unappliedMinor: bigint
  },
  of: {
    readonly cause: 'mistake' | 'returned'
    readonly on: Day
    readonly settled: readonly Settled[]
  },
): Promise<void> {
  const returned = credit.kind === 'bill' ? 'bill-dishonoured' : 'payment-returned'
  const move = { cause: of.cause === 'returned' ? returned : 'voided', on: of.on }
  const { amountMinor, unappliedMinor } = credit
  return post(tx, [
    ...of.settled.map(({ invoice, minor }) => invoicePosting(invoice, { ...move, minor })),
    prepaymentPosting(credit, { ...move, minor: -unappliedMinor }),
    ...(credit.kind === 'bill' ? [billPosting(credit, { ...move, minor: -amountMinor })] : []),
  ])
}
