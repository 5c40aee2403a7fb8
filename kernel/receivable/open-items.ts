import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Credit, PartyHistory } from '#kernel/receivable/history.ts'
import { ledgerStateOf } from '#kernel/receivable/ledger-state.ts'

/** An invoice not fully settled, or a credit not fully set against invoices (未核销). */
export type OpenItem = OpenInvoice | UnappliedCredit

export type OpenInvoice = {
  readonly kind: 'invoice'
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  /** What the customer still owes of it, in minor units; it raises the balance. */
  readonly openMinor: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
}

export type UnappliedCredit = {
  readonly kind: 'unapplied-credit'
  readonly id: string
  readonly creditKind: Credit['kind']
  readonly currency: Currency
  readonly amountMinor: bigint
  /** What is not set against an invoice yet, in minor units; it lowers the balance. */
  readonly openMinor: bigint
  readonly effectiveOn: Day
}

/**
 * The open items (未清项) of a party at the end of `asOf`, invoices by due day, issue day and
 * number, then credits by day and id. Amounts stay in the document's own currency; nothing dated
 * after `asOf` is seen and voided documents are left out. Where back-dated allocations overlapped,
 * an item of the past can be negative: the sum over all items is the balance even then.
 */
export function openItemsOf(history: PartyHistory, asOf: Day): OpenItem[] {
  const state = ledgerStateOf(history, asOf)
  const invoices = state.invoices
    .filter(({ openMinor }) => openMinor !== 0n)
    .map(({ invoice, openMinor }): OpenInvoice => {
      const { id, number, currency, amountMinor, issuedOn, dueOn } = invoice
      return { kind: 'invoice', id, number, currency, amountMinor, openMinor, issuedOn, dueOn }
    })
    .sort(byDueDay)
  const credits = state.credits
    .filter(({ unappliedMinor }) => unappliedMinor !== 0n)
    .map(({ credit, unappliedMinor }): UnappliedCredit => {
      const { id, kind: creditKind, currency, amountMinor, effectiveOn } = credit
      const openMinor = unappliedMinor
      return {
        kind: 'unapplied-credit',
        id,
        creditKind,
        currency,
        amountMinor,
        openMinor,
        effectiveOn,
      }
    })
    .sort((a, b) => compareText(a.effectiveOn, b.effectiveOn) || compareText(a.id, b.id))
  return [...invoices, ...credits]
}

type DueDocument = Pick<OpenInvoice, 'id' | 'number' | 'issuedOn' | 'dueOn'>

/** Oldest due day first, ties by issue day, then number, then id: the order money pays them in. */
export function byDueDay(a: DueDocument, b: DueDocument): number {
  return (
    compareText(a.dueOn, b.dueOn) ||
    compareText(a.issuedOn, b.issuedOn) ||
    compareText(a.number, b.number) ||
    compareText(a.id, b.id)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
