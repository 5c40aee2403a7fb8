import { at } from '#kernel/random/element-at.ts'
import { chance, integerBetween, type RandomStream } from '#kernel/random/random.ts'
import type { Allocation, Dispute, PaymentPromise } from '#kernel/receivable/history.ts'
import type { Behaviour } from '#kernel/simulator/behaviour.ts'
import { planPayment } from '#kernel/simulator/payment-plan.ts'
import type { IndexedInvoice } from '#kernel/simulator/sales.ts'
import { padded } from '#kernel/simulator/serial-number.ts'
import type { SimulatedCredit, SimulatedInvoice } from '#kernel/simulator/simulated.ts'
import type { Timeline } from '#kernel/simulator/timeline.ts'

type Payments = {
  readonly credits: readonly SimulatedCredit[]
  readonly allocations: readonly Allocation[]
  readonly disputes: readonly Dispute[]
  readonly promises: readonly PaymentPromise[]
}

/**
 * How one customer's invoices were settled: receipts that pay all that falls on the same day,
 * credit notes, disputes, promises, returned payments and, 270 days after payments stop, the
 * write-off of what is left.
 */
export function simulatePayments(
  code: string,
  behaviour: Behaviour,
  timeline: Timeline,
  stream: RandomStream,
  invoices: readonly IndexedInvoice[],
): Payments {
  const book: Book = {
    ...{ code, behaviour, timeline, stream },
    ...{ credits: [], allocations: [], disputes: [], promises: [], unapplied: [], claims: [] },
    ...{ receipts: 0, notes: 0 },
  }
  for (const indexed of invoices) {
    if (indexed.invoice.voidedOn === null) settle(book, indexed)
  }
  payClaims(book)
  writeOff(book, invoices)
  return book
}

type Book = {
  readonly code: string
  readonly behaviour: Behaviour
  readonly timeline: Timeline
  readonly stream: RandomStream
  readonly credits: SimulatedCredit[]
  readonly allocations: Allocation[]
  readonly disputes: Dispute[]
  readonly promises: PaymentPromise[]
  readonly unapplied: { readonly creditId: string; minor: bigint }[]
  readonly claims: Claim[]
  receipts: number
  notes: number
}

/** A part of an invoice that the customer means to pay on a day. */
type Claim = { readonly at: number; readonly invoice: SimulatedInvoice; readonly minor: bigint }

function settle(book: Book, indexed: IndexedInvoice): void {
  const { behaviour, timeline, stream } = book
  const { invoice } = indexed
  const plan = planPayment(indexed, behaviour, timeline, stream)
  if (plan.dispute) {
    const closedAt = plan.dispute.closedAt
    book.disputes.push({
      invoiceId: invoice.id,
      openedOn: at(timeline.days, plan.dispute.openedAt),
      closedOn: closedAt === null ? null : at(timeline.days, closedAt),
    })
  }
  let rest = invoice.amountMinor
  for (const note of plan.notes) {
    const minor = (invoice.amountMinor * BigInt(note.percent)) / 100n
    if (minor === 0n) continue
    bookNote(book, invoice, { ...note, minor })
    rest -= minor
  }
  for (const promise of plan.promises) {
    book.promises.push({
      currency: invoice.currency,
      amountMinor: rest,
      madeOn: at(timeline.days, promise.madeAt),
      promisedOn: at(timeline.days, promise.promisedAt),
    })
  }
  const first = plan.firstPercent === 100 ? rest : (rest * BigInt(plan.firstPercent)) / 100n
  if (first > 0n) book.claims.push({ at: plan.paidAt, invoice, minor: first })
  if (rest > first) book.claims.push({ at: plan.restPaidAt, invoice, minor: rest - first })
}

function bookNote(
  book: Book,
  invoice: SimulatedInvoice,
  note: { readonly at: number; readonly reason: 'return' | 'price'; readonly minor: bigint },
): void {
  book.notes += 1
  const serial = padded(book.notes, 4)
  const effectiveOn = at(book.timeline.days, note.at)
  const id = `cn-${book.code}-${serial}`
  book.credits.push({
    id,
    kind: 'credit-note',
    reason: note.reason,
    currency: invoice.currency,
    amountMinor: note.minor,
    effectiveOn,
    voidedOn: null,
    number: `CN${book.code}${serial}`,
    remark: '',
  })
  allocate(book, id, invoice.id, note.minor, note.at, null)
}

/** Pays the claims day by day: one receipt for all of a day, as an accountant transfers them. */
function payClaims(book: Book): void {
  const stopsAt = Math.min(book.timeline.length, book.behaviour.stopsPayingAt ?? Infinity)
  const claims = book.claims.filter((claim) => claim.at < stopsAt).sort((a, b) => a.at - b.at)
  for (let start = 0; start < claims.length; ) {
    const day = at(claims, start).at
    let end = start + 1
    while (end < claims.length && at(claims, end).at === day) end++
    payTogether(book, day, claims.slice(start, end), stopsAt)
    start = end
  }
}

function payTogether(book: Book, day: number, claims: readonly Claim[], stopsAt: number): void {
  const { behaviour, timeline, stream } = book
  const uses = book.unapplied.length > 0 && chance(stream, behaviour.rates.creditUsed)
  const left = uses ? claims.map((claim) => useUnapplied(book, day, claim)) : claims
  const owed = left.filter((claim) => claim.minor > 0n)
  const returnedAt = at(timeline.nextWorking, day + 3)
  const paidAgainAt = at(timeline.nextWorking, day + integerBetween(stream, 7, 15))
  const bounced = returnedAt < timeline.length && chance(stream, behaviour.rates.bounced)
  if (owed.length === 0) return
  if (bounced) {
    bookReceipt(book, day, owed, 0n, returnedAt)
    if (paidAgainAt < stopsAt) bookReceipt(book, paidAgainAt, owed, 0n, null)
    return
  }
  const over = chance(stream, behaviour.rates.overpaid)
  const percent = over ? BigInt(integerBetween(stream, 2, 12)) : 0n
  bookReceipt(book, day, owed, (totalOf(owed) * percent) / 100n, null)
}

function useUnapplied(book: Book, day: number, claim: Claim): Claim {
  let minor = claim.minor
  while (minor > 0n && book.unapplied.length > 0) {
    const credit = at(book.unapplied, 0)
    const used = credit.minor < minor ? credit.minor : minor
    allocate(book, credit.creditId, claim.invoice.id, used, day, null)
    credit.minor -= used
    minor -= used
    if (credit.minor === 0n) book.unapplied.shift()
  }
  return { ...claim, minor }
}

function bookReceipt(
  book: Book,
  day: number,
  claims: readonly Claim[],
  extraMinor: bigint,
  returnedAt: number | null,
): void {
  book.receipts += 1
  const serial = padded(book.receipts, 4)
  const id = `rc-${book.code}-${serial}`
  const first = at(claims, 0).invoice
  book.credits.push({
    id,
    kind: 'receipt',
    reason: null,
    currency: first.currency,
    amountMinor: totalOf(claims) + extraMinor,
    effectiveOn: at(book.timeline.days, day),
    voidedOn: returnedAt === null ? null : at(book.timeline.days, returnedAt),
    number: `RC${book.code}${serial}`,
    remark: claims.length === 1 ? `货款 ${first.number}` : claims.length < 4 ? '货款' : '往来款',
  })
  for (const claim of claims) {
    allocate(book, id, claim.invoice.id, claim.minor, day, returnedAt)
  }
  if (extraMinor > 0n) book.unapplied.push({ creditId: id, minor: extraMinor })
}

/** A customer that stopped paying is written off after 270 days, when the claim is past hope. */
function writeOff(book: Book, invoices: readonly IndexedInvoice[]): void {
  const stop = book.behaviour.stopsPayingAt
  if (stop === null) return
  const day = at(book.timeline.nextWorking, Math.min(stop + 270, book.timeline.length))
  if (day >= book.timeline.length) return
  const paid = new Map<string, bigint>()
  for (const { invoiceId, amountMinor, reversedOn } of book.allocations) {
    if (reversedOn === null) paid.set(invoiceId, (paid.get(invoiceId) ?? 0n) + amountMinor)
  }
  const claims = invoices
    .filter(({ invoice, dueAt }) => invoice.voidedOn === null && dueAt < day)
    .map(({ invoice }) => ({
      at: day,
      invoice,
      minor: invoice.amountMinor - (paid.get(invoice.id) ?? 0n),
    }))
    .filter((claim) => claim.minor > 0n)
  if (claims.length === 0) return
  const id = `wo-${book.code}`
  book.credits.push({
    ...{ id, kind: 'write-off', reason: 'other', currency: book.behaviour.currency },
    ...{ amountMinor: totalOf(claims), effectiveOn: at(book.timeline.days, day) },
    ...{ voidedOn: null, number: `WO${book.code}`, remark: '' },
  })
  for (const claim of claims) allocate(book, id, claim.invoice.id, claim.minor, day, null)
}

function allocate(
  book: Book,
  creditId: string,
  invoiceId: string,
  amountMinor: bigint,
  day: number,
  reversedAt: number | null,
): void {
  const effectiveOn = at(book.timeline.days, day)
  const reversedOn = reversedAt === null ? null : at(book.timeline.days, reversedAt)
  book.allocations.push({ creditId, invoiceId, amountMinor, effectiveOn, reversedOn })
}

function totalOf(claims: readonly Claim[]): bigint {
  let total = 0n
  for (const claim of claims) total += claim.minor
  return total
}
