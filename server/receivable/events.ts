import { sql } from 'kysely'
import { eventSource, type TimelineSource } from '#server/platform/timeline.ts'

const document = {
  at: sql`e.recorded_at`,
  number: sql`e.number`,
  minor: sql`e.amount_minor`,
  currency: sql`e.currency`,
}

/** What the book tells about a party: invoices, credits, returned payments, disputes, promises. */
export const receivableEvents: readonly TimelineSource[] = [
  eventSource({
    ...document,
    ...{ topic: 'invoice', ref: 'invoice', kind: sql`'invoice.issued'` },
    from: sql`receivable.invoice e`,
    on: sql`e.issued_on`,
    facts: sql`jsonb_build_object('dueOn', e.due_on, 'terms', e.terms,
      'orderNumber', e.order_number, 'voidedOn', e.voided_on)`,
  }),
  eventSource({
    ...document,
    ...{ topic: 'receipt', ref: 'credit' },
    kind: sql`case e.kind when 'receipt' then 'receipt.received' when 'bill' then 'bill.received'
      when 'write-off' then 'invoice.written-off' else 'credit-note.issued' end`,
    from: sql`receivable.credit e`,
    on: sql`e.effective_on`,
    facts: sql`jsonb_build_object('reason', e.reason, 'dueOn', e.due_on, 'voidedOn', e.voided_on,
      'collectedOn', e.collected_on)`,
  }),
  eventSource({
    ...document,
    ...{ topic: 'returned', ref: 'credit', kind: sql`'payment.returned'` },
    from: sql`receivable.credit e`,
    where: sql`e.void_cause = 'returned'`,
    on: sql`e.voided_on`,
    facts: sql`jsonb_build_object('credit', e.kind, 'receivedOn', e.effective_on)`,
  }),
  eventSource({
    ...document,
    ...{ topic: 'dispute', ref: 'dispute', kind: sql`'dispute.opened'` },
    from: sql`(select d.*, i.number, i.amount_minor, i.currency from receivable.dispute d
      join receivable.invoice i on i.party_id = d.party_id and i.id = d.invoice_id) e`,
    on: sql`e.opened_on`,
    facts: sql`jsonb_build_object('reason', e.reason, 'closedOn', e.closed_on,
      'invoiceId', e.invoice_id)`,
  }),
  eventSource({
    ...{ topic: 'promise', ref: 'promise', kind: sql`'promise.made'` },
    from: sql`receivable.promise e`,
    ...{ on: sql`e.made_on`, at: sql`e.recorded_at` },
    ...{ minor: sql`e.amount_minor`, currency: sql`e.currency` },
    facts: sql`jsonb_build_object('promisedOn', e.promised_on, 'note', e.note)`,
  }),
]
