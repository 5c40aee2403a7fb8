import {
  addDays,
  addMonths,
  type Day,
  daysInMonth,
  endOfMonth,
  partsOf,
  startOfMonth,
} from '#kernel/calendar/day.ts'
import {
  nextWorkingDay,
  previousWorkingDay,
  type WorkingCalendar,
} from '#kernel/calendar/working-day.ts'
import { invariant } from '#kernel/invariant.ts'
import { allocate, divide, type Money } from '#kernel/money/money.ts'

/** Terms of payment (付款条件, 账期), counted from the day of the invoice. */
export type PaymentTerms =
  /** Due so many days after the invoice. */
  | { readonly kind: 'net'; readonly days: number }
  /** Due so many days after the last day of the invoice's month (月结). */
  | { readonly kind: 'end-of-month'; readonly days: number }
  /**
   * Due on a day of the month that follows by `months` (次月25日: 25 and 1); months without such a
   * day take their last. With 0 months the day rolls on to the next month once it has passed.
   */
  | { readonly kind: 'day-of-month'; readonly dayOfMonth: number; readonly months: number }
  /** Paid before anything is shipped (预付, 款到发货). */
  | { readonly kind: 'prepaid' }
  /** Paid when the goods are handed over (货到付款). */
  | { readonly kind: 'cash-on-delivery' }
  /** Parts with their own number of days; the shares sum to 10,000 basis points. */
  | { readonly kind: 'instalments'; readonly parts: readonly InstalmentPart[] }

export type InstalmentPart = { readonly shareBps: number; readonly days: number }

/** What happens to a due date on which no bank works. */
export type DueDateShift =
  | { readonly kind: 'none' }
  | { readonly kind: 'next' | 'previous'; readonly calendar: WorkingCalendar }

/** A part of an invoice and the day it falls due. */
export type DuePart = { readonly dueOn: Day; readonly money: Money }

/** The longest term, in days or in months times 31, that is taken for terms of payment. */
const longestTermDays = 1095

/**
 * The due dates of an invoice under its terms, in order of the terms; the parts sum to the amount
 * to the last cent. Goods paid in advance or on delivery are due on the day of the invoice. A shift
 * moves dates that fall on rest days to the next or previous working day.
 */
export function dueDatesOf(
  terms: PaymentTerms,
  invoice: { readonly invoicedOn: Day; readonly shift?: DueDateShift },
  amount: Money,
): DuePart[] {
  const shift = invoice.shift ?? { kind: 'none' }
  const due = (date: Day, money: Money) => ({ dueOn: shifted(date, shift), money })
  if (terms.kind !== 'instalments') return [due(dueDateOf(terms, invoice.invoicedOn), amount)]
  invariant(areTerms(terms), 'instalments sum to the whole')
  const weights = terms.parts.map((part) => BigInt(part.shareBps))
  return allocate(amount, weights).map((money, index) =>
    due(addDays(invoice.invoicedOn, terms.parts[index]?.days ?? 0), money),
  )
}

/**
 * The days of credit the terms give on average, for limits and comparison: a month has 30 days and
 * an invoice is written in its middle, so 月结30天 is 45 and 次月25日 is 40; instalments are
 * weighted by their shares and rounded half-up.
 */
export function termDaysOf(terms: PaymentTerms): number {
  switch (terms.kind) {
    case 'net':
      return terms.days
    case 'end-of-month':
      return 15 + terms.days
    case 'day-of-month':
      return terms.months === 0 ? 15 : 15 + 30 * (terms.months - 1) + Math.min(30, terms.dayOfMonth)
    case 'prepaid':
    case 'cash-on-delivery':
      return 0
    case 'instalments': {
      const weighted = terms.parts.reduce((total, part) => total + part.shareBps * part.days, 0)
      return Number(divide(BigInt(weighted), 10_000n, 'half-up'))
    }
  }
}

/** True where the numbers are sensible: whole days within three years, shares that sum to 100 %. */
export function areTerms(terms: PaymentTerms): boolean {
  const areDays = (days: number) => Number.isInteger(days) && days >= 0 && days <= longestTermDays
  switch (terms.kind) {
    case 'net':
    case 'end-of-month':
      return areDays(terms.days)
    case 'day-of-month':
      return (
        Number.isInteger(terms.dayOfMonth) &&
        terms.dayOfMonth >= 1 &&
        terms.dayOfMonth <= 31 &&
        areDays(terms.months * 31)
      )
    case 'prepaid':
    case 'cash-on-delivery':
      return true
    case 'instalments':
      return (
        terms.parts.every((part) => part.shareBps > 0 && areDays(part.days)) &&
        terms.parts.reduce((total, part) => total + part.shareBps, 0) === 10_000
      )
  }
}

type SinglePayment = Exclude<PaymentTerms, { kind: 'instalments' }>

function dueDateOf(terms: SinglePayment, invoicedOn: Day): Day {
  switch (terms.kind) {
    case 'net':
      return addDays(invoicedOn, terms.days)
    case 'end-of-month':
      return addDays(endOfMonth(invoicedOn), terms.days)
    case 'day-of-month': {
      const dueOn = dayInMonth(addMonths(startOfMonth(invoicedOn), terms.months), terms.dayOfMonth)
      if (dueOn >= invoicedOn) return dueOn
      return dayInMonth(addMonths(startOfMonth(invoicedOn), 1), terms.dayOfMonth)
    }
    case 'prepaid':
    case 'cash-on-delivery':
      return invoicedOn
  }
}

function dayInMonth(firstOfMonth: Day, dayOfMonth: number): Day {
  const { year, month } = partsOf(firstOfMonth)
  return addDays(firstOfMonth, Math.min(dayOfMonth, daysInMonth(year, month)) - 1)
}

function shifted(date: Day, shift: DueDateShift): Day {
  switch (shift.kind) {
    case 'none':
      return date
    case 'next':
      return nextWorkingDay(shift.calendar, date)
    case 'previous':
      return previousWorkingDay(shift.calendar, date)
  }
}
