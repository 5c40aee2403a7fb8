import { addMonths, type Day, toEpochDay } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { divide, type Money, money } from '#kernel/money/money.ts'
import type { Credit, Invoice, PartyHistory } from '#kernel/receivable/history.ts'
import { ledgerStateOf, type SettledPortion } from '#kernel/receivable/ledger-state.ts'

/** Tells an amount in the account currency at a day's rate; null where no rate is known. */
export type Convert = (amount: Money, on: Day) => bigint | null

export type LedgerTerms = {
  readonly asOf: Day
  /** The party's account currency, in which money indicators are told. */
  readonly currency: Currency
  readonly convert: Convert
  /**
   * A rest below this many minor units of the account currency, on an invoice of which something
   * was settled, is a rounding difference and not overdue. 100 (1.00) unless told.
   */
  readonly crumbMinor?: bigint
  readonly prior?: LatenessPrior
}

/** What a party without history is taken to be: invoices it is imagined to have had already. */
export type LatenessPrior = {
  readonly invoices: bigint
  readonly lateInvoices: bigint
  /** Days late of the imagined invoices in all. */
  readonly daysLate: bigint
}

/** One late in four, five days late on average. */
export const defaultPrior: LatenessPrior = { invoices: 4n, lateInvoices: 1n, daysLate: 20n }

/** Days in windows: `after < day <= asOf`. */
export type Windows = {
  readonly asOf: Day
  readonly m3: Day
  readonly m6: Day
  readonly m9: Day
  readonly m12: Day
  readonly m24: Day
}

/** An invoice as its payment behaviour shows it; days count from 1970-01-01. */
export type ReadInvoice = {
  readonly invoice: Invoice
  /** The amount at the rate of the issue day. */
  readonly valueMinor: bigint | null
  /** The open part at the rate of `asOf`. */
  readonly openMinor: bigint | null
  readonly issuedDay: number
  readonly dueDay: number
  /** Settled but for crumbs. */
  readonly isSettled: boolean
  /** The last receipt or write-off of a settled invoice; null while open or only credited. */
  readonly settledDay: number | null
  readonly portions: readonly ReadPortion[]
}

/** A paid, written-off or still open part, valued at the rate of the invoice's issue day. */
export type ReadPortion = {
  readonly kind: Credit['kind'] | 'open'
  readonly valueMinor: bigint | null
  /** Null while open. */
  readonly paidDay: number | null
}

export type LedgerReading = {
  readonly history: PartyHistory
  readonly terms: LedgerTerms
  readonly windows: Windows
  readonly asOfDay: number
  readonly invoices: readonly ReadInvoice[]
  /** Credits in force, with their amount at their own day and the unapplied part at `asOf`. */
  readonly credits: readonly ReadCredit[]
  /** Documents of which an amount could not be told in the account currency. */
  readonly withoutRate: ReadonlySet<string>
  /** Converts like `terms.convert`, remembering documents without a rate. */
  readonly toAccount: (
    document: string,
    minor: bigint,
    currency: Currency,
    on: Day,
  ) => bigint | null
}

export type ReadCredit = {
  readonly credit: Credit
  readonly valueMinor: bigint | null
  readonly unappliedMinor: bigint | null
}

/** Reads a history once as of a day, for all ledger indicators; nothing later is seen. */
export function readLedger(history: PartyHistory, terms: LedgerTerms): LedgerReading {
  const { asOf } = terms
  const state = ledgerStateOf(history, asOf)
  const withoutRate = new Set<string>()
  const toAccount = (document: string, minor: bigint, currency: Currency, on: Day) => {
    if (currency === terms.currency || minor === 0n) return minor
    const value = terms.convert(money(minor, currency), on)
    if (value === null) withoutRate.add(document)
    return value
  }
  const invoices = state.invoices.map(({ invoice, openMinor, portions }): ReadInvoice => {
    const { id, currency, amountMinor, issuedOn, dueOn } = invoice
    const valueMinor = toAccount(id, amountMinor, currency, issuedOn)
    const openNowMinor = toAccount(id, openMinor, currency, asOf)
    const crumbMinor = terms.crumbMinor ?? 100n
    const isCrumb = portions.length > 0 && openNowMinor !== null && openNowMinor < crumbMinor
    const isSettled = openMinor <= 0n || isCrumb
    return {
      invoice,
      valueMinor,
      openMinor: openNowMinor,
      issuedDay: toEpochDay(issuedOn),
      dueDay: toEpochDay(dueOn),
      isSettled,
      settledDay: isSettled ? lastPaidDayOf(portions) : null,
      portions: readPortions({ portions, invoice, valueMinor, openMinor, isSettled }),
    }
  })
  const credits = state.credits.map(({ credit, unappliedMinor }): ReadCredit => {
    const { id, currency, amountMinor, effectiveOn } = credit
    return {
      credit,
      valueMinor: toAccount(id, amountMinor, currency, effectiveOn),
      unappliedMinor: toAccount(id, unappliedMinor, currency, asOf),
    }
  })
  const asOfDay = toEpochDay(asOf)
  const windows = windowsOf(asOf)
  return { history, terms, windows, asOfDay, invoices, credits, withoutRate, toAccount }
}

function windowsOf(asOf: Day): Windows {
  const back = (months: number) => addMonths(asOf, -months)
  return { asOf, m3: back(3), m6: back(6), m9: back(9), m12: back(12), m24: back(24) }
}

function lastPaidDayOf(portions: readonly SettledPortion[]): number | null {
  let last: Day | null = null
  for (const { kind, paidOn } of portions) {
    if (kind !== 'credit-note' && (last === null || paidOn > last)) last = paidOn
  }
  return last === null ? null : toEpochDay(last)
}

function readPortions(of: {
  portions: readonly SettledPortion[]
  invoice: Invoice
  valueMinor: bigint | null
  openMinor: bigint
  isSettled: boolean
}): ReadPortion[] {
  const read = of.portions.map(({ kind, amountMinor, paidOn }): ReadPortion => {
    return { kind, valueMinor: shareOf(of, amountMinor), paidDay: toEpochDay(paidOn) }
  })
  if (!of.isSettled) {
    read.push({ kind: 'open', valueMinor: shareOf(of, of.openMinor), paidDay: null })
  }
  return read
}

function shareOf(
  { valueMinor, invoice }: { valueMinor: bigint | null; invoice: Invoice },
  partMinor: bigint,
): bigint | null {
  if (valueMinor === null || valueMinor === invoice.amountMinor) {
    return valueMinor === null ? null : partMinor
  }
  if (invoice.amountMinor === 0n) return 0n
  return divide(valueMinor * partMinor, invoice.amountMinor, 'half-even')
}
