import { type Day, laterOf } from '#kernel/calendar/day.ts'
import { dueDatesOf, type PaymentTerms } from '#kernel/calendar/terms.ts'
import type { InvoiceRecord } from '#kernel/import/records.ts'
import { currencyOf, type RowPlan } from '#kernel/import/row-plan.ts'
import * as scope from '#kernel/import/row-scope.ts'
import { compare, type Money, money, negate, subtract, toDecimal } from '#kernel/money/money.ts'

/**
 * Prepares the reading of invoice rows. Without a column of document types a negative amount makes
 * a credit note. A missing due date is counted from the terms; where there are parts, the last.
 */
export function prepareInvoice(plan: RowPlan): (row: scope.RowScope) => InvoiceRecord | null {
  const slots = invoiceSlots(plan)
  return (row) => {
    const number = scope.readCodeField(row, slots.number)
    const party = {
      customerCode: scope.readCodeField(row, slots.customerCode),
      customerName: scope.readText(row, slots.customerName),
      creditCode: scope.readCreditCode(row, slots.creditCode),
    }
    requireParty(row, slots.party, party)
    const amounts = readAmounts(row, plan, slots)
    const days = readDays(row, slots, amounts?.amount ?? null)
    const disputed = scope.readYesNo(row, slots.disputed)
    const rest = {
      orderNumber: scope.readCodeField(row, slots.orderNumber),
      department: scope.readText(row, slots.department),
      salesperson: scope.readText(row, slots.salesperson),
      remark: scope.readText(row, slots.remark),
    }
    if (number === null || amounts === null || days === null) return null
    return { kind: 'invoice', number, ...party, ...amounts, ...days, disputed, ...rest }
  }
}

/** Rejects a row that names nobody. */
export function requireParty(
  row: scope.RowScope,
  slot: scope.Slot,
  names: Readonly<Record<string, string | null>>,
): void {
  for (const name in names) if (names[name] !== null) return
  if (row.problems.every((problem) => !(problem.field in names))) {
    scope.reject(row, 'no-party', slot)
  }
}

type Slots = ReturnType<typeof invoiceSlots>

function invoiceSlots({ slot, has }: RowPlan) {
  const byColumn = ['customerCode', 'customerName', 'creditCode'].find(has)
  return {
    number: slot('number'),
    customerCode: slot('customerCode'),
    customerName: slot('customerName'),
    creditCode: slot('creditCode'),
    party: slot(byColumn ?? 'customerName'),
    invoiceOn: slot('invoiceOn'),
    dueOn: slot('dueOn'),
    terms: slot('terms'),
    amount: slot('amount'),
    currency: slot('currency'),
    paid: slot('paid'),
    open: slot('open'),
    settledOn: slot('settledOn'),
    disputed: slot('disputed'),
    documentType: slot('documentType'),
    orderNumber: slot('orderNumber'),
    department: slot('department'),
    salesperson: slot('salesperson'),
    remark: slot('remark'),
  }
}

type Amounts = Pick<InvoiceRecord, 'amount' | 'paid' | 'open' | 'documentType'>

function readAmounts(row: scope.RowScope, plan: RowPlan, slots: Slots): Amounts | null {
  const told = scope.readChoiceField(row, slots.documentType)
  const currency = currencyOf(row, plan, slots.amount, slots.currency)
  if (currency === null) return null
  const signed = scope.readMoney(row, slots.amount, currency)
  const paid = scope.readMoney(row, slots.paid, currency)
  const open = scope.readMoney(row, slots.open, currency)
  if (signed === null) return null
  if (signed.minor === 0n) return scope.reject(row, 'amount-zero', slots.amount)
  const negative = signed.minor < 0n
  if (told === 'invoice' && negative) {
    return scope.reject(row, 'amount-negative', slots.amount, {
      advice: '红字发票请把单据类型写成红字',
      adviceEn: 'Write "credit note" as its document type if it is one',
    })
  }
  const documentType = told === 'credit-note' || negative ? 'credit-note' : 'invoice'
  const direct = (of: Money | null) => (of === null ? null : negative ? negate(of) : of)
  const amount = negative ? negate(signed) : signed
  const found = { amount, paid: direct(paid), open: direct(open), documentType } as const
  checkBalance(row, slots, found)
  return found
}

function checkBalance(row: scope.RowScope, slots: Slots, of: Amounts): void {
  const { amount, paid, open } = of
  if (paid && compare(paid, amount) > 0) {
    scope.warn(row, 'paid-above-amount', slots.paid, { amount: toDecimal(amount) })
  }
  const none = money(0n, amount.currency)
  const rest = paid ? subtract(amount, paid) : null
  const aboveAmount = open !== null && compare(open, amount) > 0
  if (open && (rest ? compare(open, rest) !== 0 : aboveAmount)) {
    const details = { amount: toDecimal(amount), paid: toDecimal(paid ?? none) }
    scope.warn(row, 'open-mismatch', slots.open, details)
  }
}

type Days = Pick<
  InvoiceRecord,
  'invoiceOn' | 'dueOn' | 'dueFrom' | 'terms' | 'termsText' | 'settledOn'
>

function readDays(row: scope.RowScope, slots: Slots, amount: Money | null): Days | null {
  const invoiceOn = scope.readDay(row, slots.invoiceOn)
  const told = scope.readDay(row, slots.dueOn)
  const settledOn = scope.readDay(row, slots.settledOn)
  const { terms, text } = scope.readTerms(row, slots.terms)
  if (invoiceOn === null) return null
  if (told !== null && told < invoiceOn) {
    return scope.reject(row, 'due-before-invoice', slots.dueOn, { invoiceOn })
  }
  if (settledOn !== null && settledOn < invoiceOn) {
    scope.warn(row, 'settled-before-invoice', slots.settledOn, { invoiceOn })
  }
  if (text !== null && terms === null && told === null) scope.warn(row, 'terms-unread', slots.terms)
  const counted = told === null && terms && amount ? lastDueOf(terms, invoiceOn, amount) : null
  const dueFrom = told !== null ? 'file' : counted !== null ? 'terms' : null
  return { invoiceOn, dueOn: told ?? counted, dueFrom, terms, termsText: text, settledOn }
}

function lastDueOf(terms: PaymentTerms, invoicedOn: Day, amount: Money): Day {
  const parts = dueDatesOf(terms, { invoicedOn }, amount)
  return parts.reduce((latest, part) => laterOf(latest, part.dueOn), invoicedOn)
}
