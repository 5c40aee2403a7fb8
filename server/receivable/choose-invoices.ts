import { type Refusal, refuse } from '#contract/problem.ts'
import type { AllocationChoice, AllocationLine } from '#contract/receivable.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, toReadable } from '#kernel/money/money.ts'
import {
  type AllocationOutcome,
  type AllocationRefusal,
  allocateReceipt,
  type NamedLine,
} from '#kernel/receivable/allocate-receipt.ts'
import type { Transaction } from '#server/platform/database.ts'
import { fieldLabel } from '#server/platform/field-label.ts'
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
    const zh = `${fieldLabel(field)}：应指明发票号。`
    const detail = `${field}: name the invoice by invoiceId or number.`
    return refuse('invalid-input', detail, { field, zh })
  }
  const invoice = invoices.find(({ id, number }) =>
    line.invoiceId === undefined ? number === line.number : id === line.invoiceId,
  )
  if (!invoice) {
    const named = line.number ?? line.invoiceId
    const zh = `${fieldLabel(field)}：该客户没有发票 ${named}。`
    const detail = `${field}: this party has no invoice ${named}.`
    return refuse('not-found', detail, { field, named, zh })
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
  return refusedPart(outcome, number, currency)
}

function refusedPart(outcome: AllocationRefusal, number: string, currency: Currency): Refusal {
  const factsOf = (zh: string) => ({ invoiceId: outcome.invoiceId, number, zh })
  const money = (minor: bigint) => toReadable({ minor, currency })
  switch (outcome.kind) {
    case 'invoice-unknown':
      return refuse(
        'not-found',
        `This party has no invoice ${number}.`,
        factsOf(`该客户没有发票 ${number}。`),
      )
    case 'invoice-named-twice':
      return refuse(
        'invalid-input',
        `allocate: invoice ${number} is named twice.`,
        factsOf(`核销：发票 ${number} 列了两次。`),
      )
    case 'invoice-void':
      return refuse(
        'wrong-state',
        `Invoice ${number} was voided on ${outcome.voidedOn}.`,
        factsOf(`发票 ${number} 已于 ${outcome.voidedOn} 作废。`),
      )
    case 'other-currency':
      return refuse(
        'conflict',
        `Invoice ${number} is in ${outcome.invoiceCurrency}, the money in ` +
          `${outcome.receiptCurrency}: allocate money of its own currency.`,
        factsOf(
          `发票 ${number} 的币种是 ${outcome.invoiceCurrency}，款项是 ` +
            `${outcome.receiptCurrency}：只能用同币种的款项核销。`,
        ),
      )
    case 'invoice-closed':
      return refuse(
        'wrong-state',
        `Invoice ${number} is settled: nothing is open of it.`,
        factsOf(`发票 ${number} 已结清，没有未结金额。`),
      )
    case 'amount-not-positive':
      return refuse(
        'invalid-input',
        `allocate: the amount for ${number} is above zero.`,
        factsOf(`核销：发票 ${number} 的核销金额应大于零。`),
      )
    case 'more-than-open': {
      const open = money(outcome.openMinor)
      const detail = `${money(outcome.requestedMinor)} is more than the ${open} open of ${number}.`
      const zh = `${money(outcome.requestedMinor)} 超过发票 ${number} 的未结金额 ${open}。`
      return refuse('conflict', detail, { ...factsOf(zh), open })
    }
    case 'more-than-received': {
      const left = money(outcome.leftMinor)
      const asked = money(outcome.requestedMinor)
      const detail = `${asked} for ${number} is more than the ${left} left of the money.`
      const zh = `发票 ${number} 要核销 ${asked}，超过款项剩余的 ${left}。`
      return refuse('conflict', detail, { ...factsOf(zh), left })
    }
  }
}
