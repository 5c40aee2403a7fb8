import * as fc from 'fast-check'
import { addDays, type Day, day } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import type {
  Allocation,
  Credit,
  Invoice,
  LimitPeriod,
  PartyHistory,
} from '#kernel/receivable/history.ts'

export const cny = currencyOf('CNY')
export const usd = currencyOf('USD')
export const jpy = currencyOf('JPY')

/** A history of the parts that a case is about. */
export function historyOf(parts: Partial<PartyHistory>): PartyHistory {
  const nothing = { credits: [], allocations: [], disputes: [], promises: [], orders: [] }
  return { partyId: 'party', since: null, invoices: [], limits: [], ...nothing, ...parts }
}

/** An invoice of 100.00 issued and due on the days told. */
export function invoiceOf(
  id: string,
  dates: readonly [issued: string, due: string],
  parts: Partial<Invoice> = {},
): Invoice {
  const [issued, due] = dates
  const told = { id, number: id, currency: cny, amountMinor: 100_00n, voidedOn: null }
  return { ...told, issuedOn: day(issued), dueOn: day(due), ...parts }
}

export function creditOf(id: string, on: string, parts: Partial<Credit> = {}): Credit {
  const told = { id, kind: 'receipt', reason: null, currency: cny, amountMinor: 100_00n } as const
  return { ...told, effectiveOn: day(on), voidedOn: null, ...parts }
}

export function allocationOf(
  [creditId, invoiceId]: readonly [credit: string, invoice: string],
  on: string,
  parts: Partial<Allocation> = {},
): Allocation {
  const told = { creditId, invoiceId, amountMinor: 100_00n, reversedOn: null }
  return { ...told, effectiveOn: day(on), ...parts }
}

/** Invoices paid in full by a receipt of their own: `[issued, due, paid or null, amount]`. */
export function paidHistory(
  rows: readonly (readonly [string, string, string | null, bigint])[],
): PartyHistory {
  const invoices: Invoice[] = []
  const credits: Credit[] = []
  const allocations: Allocation[] = []
  for (const [index, [issued, due, paid, amountMinor]] of rows.entries()) {
    invoices.push(invoiceOf(`I${index}`, [issued, due], { amountMinor }))
    if (paid === null) continue
    credits.push(creditOf(`C${index}`, paid, { amountMinor }))
    allocations.push(allocationOf([`C${index}`, `I${index}`], paid, { amountMinor }))
  }
  return historyOf({ invoices, credits, allocations })
}

export const firstDay = day('2023-01-01')

/** Any day of the two years that random histories live in. */
export const anyDay: fc.Arbitrary<Day> = fc.nat(730).map((days) => addDays(firstDay, days))

const anyEnd = fc.option(anyDay, { freq: 4 })
const anyAmount = fc.bigInt({ min: 1n, max: 1_000_000n })
const anyCurrency = fc.constantFrom(cny, usd, jpy)

/** Facts of any order of dates, with allocations that may overlap, be reversed or be void. */
export const anyHistory: fc.Arbitrary<PartyHistory> = fc
  .record({
    since: fc.option(anyDay),
    invoices: fc.array(anyInvoice(), { maxLength: 12 }),
    credits: fc.array(anyCredit(), { maxLength: 12 }),
    links: fc.array(fc.tuple(fc.nat(11), fc.nat(11), anyAmount, anyDay, anyEnd), { maxLength: 20 }),
    limits: fc.array(anyLimit(), { maxLength: 3 }),
    promises: fc.array(
      fc.record({
        currency: anyCurrency,
        amountMinor: anyAmount,
        madeOn: anyDay,
        promisedOn: anyDay,
      }),
      { maxLength: 3 },
    ),
    disputes: fc.array(
      fc.record({ invoiceId: fc.constant('I0'), openedOn: anyDay, closedOn: anyEnd }),
      { maxLength: 3 },
    ),
    orders: fc.array(
      fc.record({
        id: fc.constant('O'),
        currency: anyCurrency,
        amountMinor: anyAmount,
        orderedOn: anyDay,
        cancelledOn: anyEnd,
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ links, ...parts }) => {
    const invoices = parts.invoices.map((invoice, i) => ({ ...invoice, id: `I${i}` }))
    const credits = parts.credits.map((credit, i) => ({ ...credit, id: `C${i}` }))
    const allocations = links.flatMap(([i, c, amountMinor, effectiveOn, reversedOn]) => {
      const [invoice, credit] = [invoices[i], credits[c]]
      if (!invoice || !credit || invoice.currency !== credit.currency) return []
      return [{ invoiceId: `I${i}`, creditId: `C${c}`, amountMinor, effectiveOn, reversedOn }]
    })
    return { partyId: 'party', ...parts, invoices, credits, allocations }
  })

function anyInvoice(): fc.Arbitrary<Invoice> {
  return fc
    .tuple(anyCurrency, anyAmount, anyDay, fc.nat(90), anyEnd)
    .map(([currency, amountMinor, issuedOn, terms, voidedOn]) => {
      const dueOn = addDays(issuedOn, terms)
      return { id: '', number: 'N', currency, amountMinor, issuedOn, dueOn, voidedOn }
    })
}

function anyCredit(): fc.Arbitrary<Credit> {
  return fc.record({
    id: fc.constant(''),
    kind: fc.constantFrom('receipt', 'receipt', 'credit-note', 'write-off'),
    reason: fc.constantFrom('return', 'price', null),
    currency: anyCurrency,
    amountMinor: anyAmount,
    effectiveOn: anyDay,
    voidedOn: anyEnd,
  })
}

function anyLimit(): fc.Arbitrary<LimitPeriod> {
  return fc.record({
    currency: anyCurrency,
    amountMinor: anyAmount,
    fromOn: anyDay,
    toOn: anyEnd,
  })
}

function currencyOf(code: string): Currency {
  const currency = parseCurrency(code)
  invariant(currency, `${code} is a currency`)
  return currency
}
