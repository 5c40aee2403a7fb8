import { type Refusal, refuse } from '#contract/problem.ts'
import type { AllocationChoice, AllocationLine } from '#contract/receivable.ts'
import { invariant } from '#kernel/invariant.ts'
import { type Money, toReadable } from '#kernel/money/money.ts'
import {
  type AllocationOutcome,
  allocateReceipt,
  type NamedLine,
} from '#kernel/receivable/allocate-receipt.ts'
import type { Transaction } from '#server/platform/database.ts'
import { readMoney } from '#server/platform/read-fields.ts'
import {
  type InvoiceRow,
  lockInvoices,
  lockOpenInvoices,
} from '#server/receivable/invoice.store.ts'

export type ChosenPart = { readonly invoice: InvoiceRow; readonly amountMinor: bigint }

/**
 * Decides which of a party's invoices an amount pays, with those invoices locked. The ledger is
 * locked already.
 */
export async function chooseInvoices(
  tx: Transaction,
  partyId: string,
  amount: Money,
  choice: AllocationChoice,
): Promise<readonly ChosenPart[] | Refusal> {
  if (choice === 'none') return []
  if (choice === 'oldest-first') {
    const invoices = await lockOpenInvoices(tx, partyId, amount.currency)
    return partsOf(allocateReceipt(amount, invoices, { kind: 'oldest-first' }), invoices, amount)
  }
  const ids = choice.flatMap((line) => line.invoiceId ?? [])
  const numbers = choice.flatMap((line) => (line.invoiceId ? [] : (line.number ?? [])))
  const invoices = await lockInvoices(tx, partyId, { ids, numbers })
  const lines: NamedLine[] = []
  for (const [index, line] of choice.entries()) {
    const named = readLine(line, invoices, amount, `allocate.${index}`)
    if ('refused' in named) return named
    lines.push(named)
  }
  return partsOf(allocateReceipt(amount, invoices, { kind: 'named', lines }), invoices, amount)
}

function readLine(
  line: AllocationLine,
  invoices: readonly InvoiceRow[],
  { currency }: Money,
  field: string,
): NamedLine | Refusal {
  if (line.invoiceId === undefined && line.number === undefined) {
    return refuse('invalid-input', `${field}: name the invoice by invoiceId or number.`, { field })
  }
  const invoice = invoices.find(({ id, number }) =>
    line.invoiceId === undefined ? number === line.number : id === line.invoiceId,
  )
  if (!invoice) {
    const named = line.number ?? line.invoiceId
    return refuse('not-found', `${field}: this party has no invoice ${named}.`, { field, named })
  }
  if (line.amount === undefined) return { invoiceId: invoice.id, amountMinor: null }
  const amount = readMoney(line.amount, currency, `${field}.amount`)
  return 'refused' in amount ? amount : { invoiceId: invoice.id, amountMinor: amount.minor }
}

function partsOf(
  outcome: AllocationOutcome,
  invoices: readonly InvoiceRow[],
  { currency }: Money,
): readonly ChosenPart[] | Refusal {
  const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]))
  if (outcome.kind === 'allocated') {
    return outcome.allocations.map(({ invoiceId, amountMinor }) => {
      const invoice = byId.get(invoiceId)
      invariant(invoice, 'what is allocated goes to an invoice that was given')
      return { invoice, amountMinor }
    })
  }
  invariant(outcome.kind !== 'receipt-not-positive', 'an amount was read as above zero')
  const number = byId.get(outcome.invoiceId)?.number ?? outcome.invoiceId
  const facts = { invoiceId: outcome.invoiceId, number }
  const money = (minor: bigint) => toReadable({ minor, currency })
  switch (outcome.kind) {
    case 'invoice-unknown':
      return refuse('not-found', `This party has no invoice ${number}.`, facts)
    case 'invoice-named-twice':
      return refuse('invalid-input', `allocate: invoice ${number} is named twice.`, facts)
    case 'invoice-void':
      return refuse('wrong-state', `Invoice ${number} was voided on ${outcome.voidedOn}.`, facts)
    case 'other-currency':
      return refuse(
        'conflict',
        `Invoice ${number} is in ${outcome.invoiceCurrency}, the money in ` +
          `${outcome.receiptCurrency}: allocate money of its own currency.`,
        facts,
      )
    case 'invoice-closed':
      return refuse('wrong-state', `Invoice ${number} is settled: nothing is open of it.`, facts)
    case 'amount-not-positive':
      return refuse('invalid-input', `allocate: the amount for ${number} is above zero.`, facts)
    case 'more-than-open': {
      const open = money(outcome.openMinor)
      const detail = `${money(outcome.requestedMinor)} is more than the ${open} open of ${number}.`
      return refuse('conflict', detail, { ...facts, open })
    }
    case 'more-than-received': {
      const left = money(outcome.leftMinor)
      const asked = money(outcome.requestedMinor)
      const detail = `${asked} for ${number} is more than the ${left} left of the money.`
      return refuse('conflict', detail, { ...facts, left })
    }
  }
}
