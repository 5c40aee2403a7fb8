import { addDays, addMonths, type Day, toEpochDay } from '#kernel/calendar/day.ts'
import { type LedgerTerms, readLedger } from '#kernel/indicator/ledger-reading.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'

/** What counts as bad: an invoice that becomes more than so many days overdue in the days after. */
export type Label = { readonly thresholdDays: number; readonly horizonDays: number }

/** What became of a customer; the latter two are no cases, as nothing is left to foretell. */
export type Outcome = 'good' | 'bad' | 'bad-already' | 'inactive'

/**
 * What happened to a customer in the days after `on`, told from the ledger up to the end of the
 * horizon. Whether it is a case is decided by what was known on the day alone: it had an invoice
 * in the twelve months before and none beyond the threshold yet.
 */
export function outcomeOf(
  history: PartyHistory,
  on: Day,
  label: Label,
  terms: Omit<LedgerTerms, 'asOf'>,
): Outcome {
  const today = toEpochDay(on)
  const since = toEpochDay(addMonths(on, -12))
  const before = readLedger(history, { ...terms, asOf: on }).invoices
  if (!before.some(({ issuedDay }) => issuedDay > since)) return 'inactive'
  const isOver = before.some((each) => !each.isSettled && today - each.dueDay > label.thresholdDays)
  if (isOver) return 'bad-already'
  const end = today + label.horizonDays
  const after = readLedger(history, { ...terms, asOf: addDays(on, label.horizonDays) }).invoices
  const isBad = after.some(({ dueDay, isSettled, settledDay }) => {
    const crossing = dueDay + label.thresholdDays + 1
    if (crossing <= today || crossing > end) return false
    return isSettled ? settledDay !== null && settledDay >= crossing : true
  })
  return isBad ? 'bad' : 'good'
}
