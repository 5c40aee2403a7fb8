import { addDays, type Day, toEpochDay } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, money } from '#kernel/money/money.ts'
import type { Invoice, PartyHistory } from '#kernel/receivable/history.ts'
import { ledgerStateOf, type SettledPortion } from '#kernel/receivable/ledger-state.ts'

/**
 * An invoice of the past, taken for the order that led to it on the day of its issue, and all that
 * came of it. Days count from 1970-01-01.
 */
export type PastOrder = {
  readonly number: string
  readonly amount: Money
  readonly issuedDay: number
  readonly dueDay: number
  /** What reduced it, in the order of days. */
  readonly settlements: readonly Settlement[]
  /** In minor units of the company's base currency at the rate of the issue day. */
  readonly base: BaseAmounts
}

export type Settlement = { readonly day: number; readonly minor: bigint }

/** `paid` came as money, `loss` never came; the rest was credited or is still expected. */
export type BaseAmounts = {
  readonly amount: bigint
  readonly paid: bigint
  readonly loss: bigint
}

export type PastTerms = {
  /** The last day that is known; nothing later is read. */
  readonly through: Day
  /** What is open and past due by more than so many days on the last day counts as lost. */
  readonly lossAfterDays: number
  /** Minor units of the base currency; null where no rate was known on the day. */
  readonly inBase: (amount: Money, on: Day) => bigint | null
}

/**
 * The past of a customer as orders, oldest first. What was cancelled as if it had never been is left
 * out, and so is what no rate turns into the base currency: `withoutRate` tells how many.
 */
export function pastOrdersOf(
  history: PartyHistory,
  terms: PastTerms,
): { readonly orders: readonly PastOrder[]; readonly withoutRate: number } {
  const lossBefore = addDays(terms.through, -terms.lossAfterDays)
  let withoutRate = 0
  const orders: PastOrder[] = []
  for (const { invoice, openMinor, portions } of ledgerStateOf(history, terms.through).invoices) {
    const isLost = invoice.dueOn < lossBefore
    const base = baseOf(invoice, terms, {
      paid: sumOf(portions, 'receipt'),
      loss: sumOf(portions, 'write-off') + (isLost && openMinor > 0n ? openMinor : 0n),
    })
    if (base === null) withoutRate += 1
    else orders.push(orderOf(invoice, portions, base))
  }
  orders.sort((a, b) => a.issuedDay - b.issuedDay || (a.number < b.number ? -1 : 1))
  return { orders, withoutRate }
}

function orderOf(
  invoice: Invoice,
  portions: readonly SettledPortion[],
  base: BaseAmounts,
): PastOrder {
  return {
    number: invoice.number,
    amount: money(invoice.amountMinor, invoice.currency),
    issuedDay: toEpochDay(invoice.issuedOn),
    dueDay: toEpochDay(invoice.dueOn),
    settlements: portions
      .map(({ amountMinor, paidOn }) => ({ day: toEpochDay(paidOn), minor: amountMinor }))
      .sort((a, b) => a.day - b.day),
    base,
  }
}

function sumOf(portions: readonly SettledPortion[], kind: SettledPortion['kind']): bigint {
  return portions.reduce((sum, each) => (each.kind === kind ? sum + each.amountMinor : sum), 0n)
}

function baseOf(
  { amountMinor, currency, issuedOn }: Invoice,
  { inBase }: PastTerms,
  parts: { readonly paid: bigint; readonly loss: bigint },
): BaseAmounts | null {
  const valued = (minor: bigint, of: Currency) =>
    minor === 0n ? 0n : inBase(money(minor, of), issuedOn)
  const amount = valued(amountMinor, currency)
  const paid = valued(parts.paid, currency)
  const loss = valued(parts.loss, currency)
  return amount === null || paid === null || loss === null ? null : { amount, paid, loss }
}
