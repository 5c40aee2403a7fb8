import { at } from '#kernel/random/element-at.ts'
import { chance, integerBetween, normal, type RandomStream } from '#kernel/random/random.ts'
import type { Behaviour, PaymentRun } from '#kernel/simulator/behaviour.ts'
import type { IndexedInvoice } from '#kernel/simulator/sales.ts'
import { monthOf, type Timeline } from '#kernel/simulator/timeline.ts'

/** What will become of one invoice, as indexes; days behind the last one never come. */
type PaymentPlan = {
  readonly dispute: { readonly openedAt: number; readonly closedAt: number | null } | null
  readonly notes: readonly PlannedNote[]
  readonly promises: readonly PlannedPromise[]
  readonly paidAt: number
  /** Percent of the rest after credit notes that is paid first. */
  readonly firstPercent: number
  readonly restPaidAt: number
}

type PlannedNote = {
  readonly at: number
  readonly reason: 'return' | 'price'
  readonly percent: number
}

type PlannedPromise = { readonly madeAt: number; readonly promisedAt: number }

/**
 * Draws the day an invoice is paid on: due day, plus the customer's habit and its spread (longer
 * towards late), plus the stress of the month, now and then an invoice that was forgotten; then on
 * to the customer's next payment run. A disputed invoice waits until the dispute is closed.
 */
export function planPayment(
  indexed: IndexedInvoice,
  behaviour: Behaviour,
  timeline: Timeline,
  stream: RandomStream,
): PaymentPlan {
  const { rates } = behaviour
  const { issuedAt, dueAt } = indexed
  const wanted = dueAt + delayOf(dueAt, behaviour, stream)
  const dispute = chance(stream, rates.disputed) ? drawDispute(indexed, timeline, stream) : null
  const settledAt = dispute === null ? 0 : dispute.ends + 3
  const earliest = Math.max(issuedAt + 1, settledAt)
  const paidAt = runAfter(behaviour.paymentRun, timeline, Math.max(earliest, wanted), earliest)
  const inParts = chance(stream, rates.paidInParts)
  const restWanted = paidAt + integerBetween(stream, 10, 40)
  return {
    dispute: dispute === null ? null : { openedAt: dispute.openedAt, closedAt: dispute.closedAt },
    notes: notesOf(indexed, behaviour, timeline, stream, dispute, paidAt),
    promises: promisesOf(indexed, behaviour, timeline, stream, paidAt),
    paidAt,
    firstPercent: inParts ? integerBetween(stream, 30, 70) : 100,
    restPaidAt: runAfter(behaviour.paymentRun, timeline, restWanted, restWanted),
  }
}

function delayOf(dueAt: number, behaviour: Behaviour, stream: RandomStream): number {
  const drawn = normal(stream)
  const skewed = drawn > 0 ? drawn * 1.5 : drawn * 0.6
  const stress = behaviour.stressDays[monthOf(dueAt)] ?? 0
  const forgotten = chance(stream, behaviour.rates.forgotten) ? integerBetween(stream, 12, 60) : 0
  return Math.round(behaviour.habitDays + behaviour.spreadDays * skewed + stress) + forgotten
}

type DrawnDispute = {
  readonly openedAt: number
  readonly closedAt: number | null
  /** The day it is or will be closed. */
  readonly ends: number
}

function drawDispute(
  { issuedAt, dueAt }: IndexedInvoice,
  timeline: Timeline,
  stream: RandomStream,
): DrawnDispute | null {
  const span = Math.max(4, Math.min(45, dueAt - issuedAt))
  const openedAt = at(timeline.nextWorking, issuedAt + integerBetween(stream, 3, span))
  if (openedAt >= timeline.length) return null
  const ends = at(timeline.nextWorking, openedAt + integerBetween(stream, 8, 45))
  return { openedAt, ends, closedAt: ends < timeline.length ? ends : null }
}

/** Goods sent back before payment, and in every other dispute a price that gives way. */
function notesOf(
  { issuedAt }: IndexedInvoice,
  behaviour: Behaviour,
  timeline: Timeline,
  stream: RandomStream,
  dispute: DrawnDispute | null,
  paidAt: number,
): readonly PlannedNote[] {
  const returned = chance(stream, behaviour.rates.returned)
  if (dispute !== null) {
    if (dispute.closedAt === null || chance(stream, 0.5)) return noNotes
    return [{ at: dispute.closedAt, reason: 'price', percent: integerBetween(stream, 2, 15) }]
  }
  if (!returned) return noNotes
  const noteAt = at(timeline.nextWorking, issuedAt + integerBetween(stream, 4, 22))
  if (noteAt >= paidAt || noteAt >= timeline.length) return noNotes
  return [{ at: noteAt, reason: 'return', percent: integerBetween(stream, 5, 40) }]
}

const noNotes: readonly PlannedNote[] = []
const noPromises: readonly PlannedPromise[] = []

/** When payment is some twelve days late somebody calls and often gets a promise, kept or not. */
function promisesOf(
  { dueAt }: IndexedInvoice,
  behaviour: Behaviour,
  timeline: Timeline,
  stream: RandomStream,
  planned: number,
): readonly PlannedPromise[] {
  const { stopsPayingAt, rates } = behaviour
  const paidAt = stopsPayingAt !== null && planned >= stopsPayingAt ? Infinity : planned
  const promises: PlannedPromise[] = []
  let madeAt = at(timeline.nextWorking, dueAt + integerBetween(stream, 6, 11))
  if (paidAt <= madeAt + 1 || madeAt >= timeline.length) return noPromises
  while (promises.length < 4 && madeAt < timeline.length && madeAt + 1 < paidAt) {
    if (!chance(stream, rates.promised)) break
    const keeps = paidAt < Infinity && chance(stream, rates.promiseKept)
    const soon = at(timeline.nextWorking, madeAt + integerBetween(stream, 4, 9))
    const promisedAt = keeps ? Math.min(paidAt + 1, timeline.days.length - 1) : soon
    promises.push({ madeAt, promisedAt })
    if (keeps || soon >= paidAt) break
    madeAt = at(timeline.nextWorking, soon + integerBetween(stream, 3, 8))
  }
  return promises
}

/** The customer's payment run nearest to a day, not before `earliest`, on a working day. */
function runAfter(run: PaymentRun, timeline: Timeline, wanted: number, earliest: number): number {
  const last = timeline.days.length - 1
  const target = Math.min(wanted, last)
  const chosen = Math.min(last, Math.max(earliest, nearestRun(run, timeline, target)))
  return at(timeline.nextWorking, chosen)
}

function nearestRun(run: PaymentRun, timeline: Timeline, target: number): number {
  switch (run) {
    case 'any-day':
      return target
    case 'fridays': {
      const weekday = (timeline.firstWeekday + target) % 7
      const back = (weekday + 3) % 7
      return back <= 3 ? target - back : target + 7 - back
    }
    case 'tenth-and-twenty-fifth': {
      const date = at(timeline.dayOfMonth, target)
      if (date < 3) return target - date - 5
      return date < 18 ? target + 10 - date : target + 25 - date
    }
    case 'month-end': {
      const date = at(timeline.dayOfMonth, target)
      const end = at(timeline.monthEnd, target)
      return date <= 14 ? target - date : end
    }
  }
}
