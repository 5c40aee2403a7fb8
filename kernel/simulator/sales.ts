import { at } from '#kernel/random/element-at.ts'
import { chance, integerBetween, normal, type RandomStream, unit } from '#kernel/random/random.ts'
import type { Behaviour, Terms } from '#kernel/simulator/behaviour.ts'
import { padded } from '#kernel/simulator/serial-number.ts'
import type {
  SimulatedDelivery,
  SimulatedInvoice,
  SimulatedOrder,
} from '#kernel/simulator/simulated.ts'
import { daysPerMonth, type Timeline } from '#kernel/simulator/timeline.ts'

/** What was sold, in order of the days, with the indexes payments are planned on. */
export type Sales = {
  readonly orders: readonly SimulatedOrder[]
  readonly deliveries: readonly SimulatedDelivery[]
  readonly invoices: readonly IndexedInvoice[]
}

export type IndexedInvoice = {
  readonly invoice: SimulatedInvoice
  readonly issuedAt: number
  /** May lie behind the last day of the simulation. */
  readonly dueAt: number
}

/** Orders, deliveries and invoices of one customer: a Poisson process thinned by the season. */
export function simulateSales(
  code: string,
  behaviour: Behaviour,
  timeline: Timeline,
  stream: RandomStream,
): Sales {
  const book: Book = { code, behaviour, timeline, stream, orders: [], deliveries: [], drafts: [] }
  const until = Math.min(timeline.length, (behaviour.deliveriesUntil ?? Infinity) + 15)
  const ceiling = ceilingOf(behaviour, timeline)
  for (let time = 0; ; ) {
    time -= Math.log(1 - unit(stream)) / ceiling
    if (time >= until) break
    const day = Math.floor(time)
    if (unit(stream) * ceiling < rateOn(behaviour, timeline, day)) bookOrder(book, day)
  }
  return writeInvoices(book)
}

/** The index on which an invoice of some day falls due. */
function dueAt(terms: Terms, timeline: Timeline, issuedAt: number): number {
  return (terms.kind === 'net' ? issuedAt : at(timeline.monthEnd, issuedAt)) + terms.days
}

type Book = {
  readonly code: string
  readonly behaviour: Behaviour
  readonly timeline: Timeline
  readonly stream: RandomStream
  readonly orders: SimulatedOrder[]
  readonly deliveries: DeliveryDraft[]
  readonly drafts: InvoiceDraft[]
}

type DeliveryDraft = {
  readonly id: string
  readonly orderId: string
  readonly amountMinor: bigint
  readonly deliveredAt: number
  readonly draft: InvoiceDraft | null
}

type InvoiceDraft = {
  issuedAt: number
  amountMinor: bigint
  readonly orderId: string | null
  id: string
  voidedAt: number | null
}

function ceilingOf(behaviour: Behaviour, timeline: Timeline): number {
  const years = timeline.length / 365
  const growth = Math.max(1, 1 + behaviour.growth * years)
  const season = Math.max(...behaviour.season)
  return (behaviour.ordersPerMonth / daysPerMonth) * growth * season * timeline.busiest
}

function rateOn(behaviour: Behaviour, timeline: Timeline, day: number): number {
  const growth = Math.max(0.1, 1 + (behaviour.growth * day) / 365)
  const season = at(behaviour.season, at(timeline.month, day))
  const busyness = at(timeline.busyness, day)
  return (behaviour.ordersPerMonth / daysPerMonth) * growth * season * busyness
}

function bookOrder(book: Book, day: number): void {
  const { behaviour, timeline, stream, code } = book
  const serial = padded(book.orders.length + 1, 4)
  const id = `ord-${code}-${serial}`
  const lead = behaviour.leadDays + integerBetween(stream, -2, 3)
  const requestedAt = at(timeline.nextWorking, day + Math.max(1, lead))
  const amountMinor = orderAmount(behaviour, stream)
  const stopsAt = behaviour.deliveriesUntil ?? timeline.length
  const refused = requestedAt > stopsAt && stopsAt < timeline.length
  const cancelled = refused || chance(stream, behaviour.rates.cancelled)
  const cancelledAt = refused ? Math.max(stopsAt + 20, day + 5) : day + 2
  const cancelledOn =
    cancelled && cancelledAt < timeline.length ? at(timeline.days, cancelledAt) : null
  book.orders.push({
    id,
    number: `SO${at(timeline.days, day).slice(2, 4)}${code}${serial}`,
    currency: behaviour.currency,
    amountMinor,
    orderedOn: at(timeline.days, day),
    requestedOn: at(timeline.days, requestedAt),
    cancelledOn,
  })
  if (!cancelled) deliver(book, id, amountMinor, requestedAt)
}

function orderAmount(behaviour: Behaviour, stream: RandomStream): bigint {
  const drawn = behaviour.orderMinor * Math.exp(behaviour.orderSpread * normal(stream))
  return BigInt(Math.max(1, Math.round(drawn)))
}

/** One delivery in three of four orders, two or three in the others; one in ten is late. */
function deliver(book: Book, orderId: string, amountMinor: bigint, requestedAt: number): void {
  const { timeline, stream, behaviour } = book
  const drawn = unit(stream)
  const parts = drawn < 0.75 || amountMinor < 100n ? 1 : drawn < 0.95 ? 2 : 3
  const until = Math.min(timeline.length, behaviour.deliveriesUntil ?? Infinity)
  let rest = amountMinor
  let planned = requestedAt + (chance(stream, 0.1) ? integerBetween(stream, 1, 9) : 0)
  for (let part = 1; part <= parts; part++) {
    const deliveredAt = at(timeline.nextWorking, planned)
    if (deliveredAt >= until) return
    const share = BigInt(integerBetween(stream, 30, 60))
    const amount = part === parts ? rest : (rest * share) / 100n
    rest -= amount
    const draft = invoiceFor(book, orderId, amount, deliveredAt)
    const id = `dn-${orderId.slice(4)}-${part}`
    book.deliveries.push({ id, orderId, amountMinor: amount, deliveredAt, draft })
    planned = deliveredAt + integerBetween(stream, 5, 15)
  }
}

/** The invoice a delivery goes on; null where it will be written after the last day. */
function invoiceFor(
  book: Book,
  orderId: string,
  amountMinor: bigint,
  deliveredAt: number,
): InvoiceDraft | null {
  const { timeline, stream, behaviour } = book
  const lag = integerBetween(stream, 0, 4)
  const monthly = behaviour.monthlyInvoice
  const wanted = monthly ? at(timeline.monthEnd, deliveredAt) : deliveredAt + lag
  const issuedAt = at(timeline.nextWorking, wanted)
  if (issuedAt >= timeline.length) return null
  const open = monthly ? book.drafts.find((draft) => draft.issuedAt === issuedAt) : undefined
  if (open) {
    open.amountMinor += amountMinor
    return open
  }
  // A wrong invoice is voided and written again two days later.
  const againAt = at(timeline.nextWorking, issuedAt + 2)
  const wrong = !monthly && againAt < timeline.length && chance(stream, behaviour.rates.voided)
  if (wrong) book.drafts.push({ issuedAt, amountMinor, orderId, id: '', voidedAt: againAt })
  const draft: InvoiceDraft = {
    issuedAt: wrong ? againAt : issuedAt,
    amountMinor,
    orderId: monthly ? null : orderId,
    id: '',
    voidedAt: null,
  }
  book.drafts.push(draft)
  return draft
}

/** Numbers the invoices by the day they were written on, as a ledger does. */
function writeInvoices(book: Book): Sales {
  const { timeline, behaviour, code } = book
  const drafts = book.drafts.sort((a, b) => a.issuedAt - b.issuedAt)
  const invoices = drafts.map((draft, index): IndexedInvoice => {
    const serial = padded(index + 1, 4)
    const issuedOn = at(timeline.days, draft.issuedAt)
    const due = dueAt(behaviour.terms, timeline, draft.issuedAt)
    draft.id = `inv-${code}-${serial}`
    const invoice: SimulatedInvoice = {
      id: draft.id,
      number: `${issuedOn.slice(2, 4)}${issuedOn.slice(5, 7)}${code.slice(1)}${serial}`,
      currency: behaviour.currency,
      amountMinor: draft.amountMinor,
      issuedOn,
      dueOn: at(timeline.days, due),
      voidedOn: draft.voidedAt === null ? null : at(timeline.days, draft.voidedAt),
      orderId: draft.orderId,
    }
    return { invoice, issuedAt: draft.issuedAt, dueAt: due }
  })
  const deliveries = book.deliveries.map(({ draft, deliveredAt, ...delivery }) => ({
    ...delivery,
    deliveredOn: at(timeline.days, deliveredAt),
    invoiceId: draft === null ? null : draft.id,
  }))
  return { orders: book.orders, deliveries, invoices }
}
