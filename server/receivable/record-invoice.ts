import type { Party } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Invoice, NewInvoice } from '#contract/receivable.ts'
import { addMonths, type Day } from '#kernel/calendar/day.ts'
import { termsCode } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { dueDatesOf } from '#kernel/calendar/terms.ts'
import { invariant } from '#kernel/invariant.ts'
import { type Money, toDecimal } from '#kernel/money/money.ts'
import { post, relieveOrders, segmentOfOrder } from '#server/exposure/public.ts'
import { newId } from '#server/platform/ids.ts'
import { readDay, readMoney, unclearTermsZh } from '#server/platform/read-fields.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import { lockLedger } from '#server/receivable/allocation.store.ts'
import { invoiceReply } from '#server/receivable/document-replies.ts'
import { findInvoice, insertInvoices } from '#server/receivable/invoice.store.ts'
import { invoicePosting } from '#server/receivable/post-exposure.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Records what a customer was billed, due on a day, under terms told or those agreed with it. */
export async function recordInvoice(
  context: Context,
  invoice: NewInvoice,
): Promise<Invoice | Refusal> {
  const draft = await readInvoice(context, invoice)
  if (isRefusal(draft)) return draft
  return runCommand(
    context,
    {
      name: 'invoice.record',
      permission: 'receivable:write',
      input: { ...invoice },
      subject: draft.party.id,
    },
    (tx) => recordInvoiceIn(tx, draft),
  )
}

/** What an invoice says, read and complete. */
export type InvoiceDraft = {
  readonly party: Pick<Party, 'id' | 'code'>
  readonly number: string
  readonly amount: Money
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly terms: string | null
  readonly orderNumber: string | null
  /** Left out: that of its order. */
  readonly segment?: string | null
  readonly department: string | null
  readonly salesperson: string | null
  readonly note: string | null
}

/** Reads an invoice strictly; terms and due day follow from each other. */
export async function readInvoice(
  context: Context,
  invoice: NewInvoice,
): Promise<InvoiceDraft | Refusal> {
  const party = await readParty(context, invoice.party)
  if (isRefusal(party)) return party
  const amount = readMoney(invoice.amount, invoice.currency)
  if (isRefusal(amount)) return amount
  const issuedOn = readDay(invoice.issuedOn, 'issuedOn')
  if (isRefusal(issuedOn)) return issuedOn
  if (issuedOn > addMonths(context.today, 12)) {
    const zh = `开票日：${issuedOn} 在一年以后。`
    return refuse('invalid-input', `issuedOn: ${issuedOn} is more than a year from now.`, { zh })
  }
  const due = dueDayOf({ invoice, agreed: party.terms, issuedOn, amount })
  if (isRefusal(due)) return due
  return {
    party,
    number: invoice.number,
    amount,
    issuedOn,
    ...due,
    orderNumber: invoice.orderNumber ?? null,
    ...(invoice.segment === undefined ? {} : { segment: invoice.segment }),
    department: invoice.department ?? party.department,
    salesperson: invoice.salesperson ?? party.salesperson,
    note: invoice.note ?? null,
  }
}

/**
 * Records an invoice within a command of somebody: it counts as invoiced from then on, and what it
 * bills of an order counts there no more.
 */
export async function recordInvoiceIn(
  tx: CommandTransaction,
  draft: InvoiceDraft,
): Promise<Invoice | Refusal> {
  const { amount, number, orderNumber, party, issuedOn } = draft
  await lockLedger(tx, party.id)
  const id = newId()
  const order = orderNumber === null ? null : { partyId: party.id, orderNumber }
  const segment = draft.segment ?? (order && (await segmentOfOrder(tx, order))) ?? null
  const inserted = await insertInvoices(tx, [
    {
      partyId: party.id,
      id,
      number,
      currency: amount.currency,
      amountMinor: amount.minor,
      issuedOn,
      dueOn: draft.dueOn,
      terms: draft.terms,
      orderNumber,
      department: draft.department,
      salesperson: draft.salesperson,
      note: draft.note,
      voidedOn: null,
      segment: segment === '' ? null : segment,
    },
  ])
  if (inserted === 0) {
    const detail = `${party.code} has an invoice ${number} already.`
    return refuse('already-exists', detail, { number, zh: `${party.code} 已有发票 ${number}。` })
  }
  const recorded = await findInvoice(tx, party.id, id)
  invariant(recorded, 'an invoice that was just written is there')
  const { currency, minor } = amount
  await post(tx, [invoicePosting(recorded, { minor, cause: 'invoiced', on: issuedOn })])
  if (order) await relieveOrders(tx, [{ ...order, invoiceId: id, currency, minor, on: issuedOn }])
  const facts = { id, number, currency, amount: toDecimal(amount), dueOn: draft.dueOn }
  await tx.emit({ kind: 'invoice.recorded', partyId: party.id, facts })
  return invoiceReply(recorded)
}

function dueDayOf(of: {
  invoice: NewInvoice
  agreed: string | null
  issuedOn: Day
  amount: Money
}): { dueOn: Day; terms: string | null } | Refusal {
  const { invoice, issuedOn } = of
  const written = invoice.terms ?? (invoice.dueOn === undefined ? of.agreed : null)
  const reading = written === null ? null : parseTerms(written)
  if (reading && reading.kind !== 'terms') {
    const meant = reading.kind === 'ambiguous' ? reading.candidates.map(termsCode).join(' or ') : ''
    const remedy = meant === '' ? 'write net-30, 月结30天 or eom-30' : `write ${meant}`
    const zh = unclearTermsZh(written ?? '', reading)
    return refuse('invalid-input', `terms: "${written}" is not clear: ${remedy}.`, { zh })
  }
  const terms = reading ? termsCode(reading.terms) : null
  if (invoice.dueOn !== undefined) {
    const dueOn = readDay(invoice.dueOn, 'dueOn')
    if (isRefusal(dueOn)) return dueOn
    if (dueOn >= issuedOn) return { dueOn, terms }
    const zh = `到期日：${dueOn} 早于开票日 ${issuedOn}。`
    const detail = `dueOn: ${dueOn} lies before the invoice's day, ${issuedOn}.`
    return refuse('invalid-input', detail, { zh })
  }
  if (!reading) {
    const detail = 'dueOn: give the due day or terms; no terms are agreed with this party.'
    const zh = '到期日：应填写到期日或账期；该客户没有约定账期。'
    return refuse('invalid-input', detail, { zh })
  }
  const parts = dueDatesOf(reading.terms, { invoicedOn: issuedOn }, of.amount)
  const [first, second] = parts
  if (!first || second) {
    const detail = 'terms: record one invoice per instalment, each with its own due day.'
    const zh = '账期：分期付款应每期录入一张发票，各填各的到期日。'
    return refuse('invalid-input', detail, { dueDays: parts.map((part) => part.dueOn), zh })
  }
  return { dueOn: first.dueOn, terms }
}
