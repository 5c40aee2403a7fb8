import type { OrderAnswer, OrderChange } from '#contract/order.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { invariant } from '#kernel/invariant.ts'
import { type OrderPositions, positionsAfter, totalOf } from '#kernel/order/order-positions.ts'
import { type CheckAnswer, supersedeHolds } from '#server/check/public.ts'
import { type Amendment, readAmendment } from '#server/order/amendment.ts'
import { isCashOrder } from '#server/order/cash-order.ts'
import { changeOrder } from '#server/order/change-order.ts'
import { repriceDeliveries } from '#server/order/delivery.store.ts'
import { chargedWith, type OrderRow, updateOrder } from '#server/order/order.store.ts'
import { type OrderBook, restMinorOf } from '#server/order/order-book.ts'
import { replaceLines } from '#server/order/order-line.store.ts'
import { orderAnswer } from '#server/order/order-reply.ts'
import { passGate, postLowered } from '#server/order/pass-gate.ts'
import { findParties, findPartyByKey } from '#server/party/public.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/**
 * Changes an order. Before it is confirmed, that makes it a draft again. Afterwards what raises
 * exposure passes the gate for the difference; an amendment that is held waits for its release, and
 * the order stays as it was.
 */
export async function amendOrder(
  context: Context,
  id: string,
  change: OrderChange,
): Promise<OrderAnswer | Refusal> {
  const payer = change.payer ? await findPartyByKey(context, change.payer) : null
  const charged = payer && !isRefusal(payer) ? [payer.id] : []
  const act = { id, act: 'amended', command: 'order.amend', charged } as const
  const of = { ...act, input: { ...change } }
  return changeOrder(context, of, async (tx, book) => {
    const done =
      book.order.state === 'confirmed'
        ? await amendConfirmed(tx, context, book, change)
        : await amendDraft(tx, context, book, change)
    if (isRefusal(done)) return done
    return orderAnswer(tx, done.order, { today: context.today, check: done.check })
  })
}

type Amended = { readonly order: OrderRow; readonly check: CheckAnswer | null }

async function amendDraft(
  tx: CommandTransaction,
  context: Context,
  book: OrderBook,
  change: OrderChange,
): Promise<Amended | Refusal> {
  const amendment = await readAmendment(tx, context, book, change)
  if (isRefusal(amendment)) return amendment
  if (book.order.state === 'held') await supersedeHolds(tx, context, book.order.id)
  const order = { ...amendment.order, state: 'draft' } as const
  await writeAmendment(tx, book, { ...amendment, order })
  return { order, check: null }
}

/** Amends a confirmed order now, or keeps the amendment until it is released. */
export async function amendConfirmed(
  tx: CommandTransaction,
  context: Context,
  book: OrderBook,
  change: OrderChange,
): Promise<Amended | Refusal> {
  const amendment = await readAmendment(tx, context, book, change)
  if (isRefusal(amendment)) return amendment
  const { changedFields } = amendment
  const charged = await payerOf(tx, book, amendment)
  const isMoved = charged.id !== book.charged.id
  const amended = {
    ...{ ...book, charged, order: amendment.order, lines: amendment.progress },
    deliveries: book.deliveries.map((each) => ({
      ...each,
      keptMinor: amendment.repriced.find(({ id }) => id === each.id)?.keptMinor ?? each.keptMinor,
    })),
  }
  const positions = positionsWith(book, amendment, isMoved)
  const cash = await isCashOrder(tx, amended)
  const leaves = isMoved ? { leaves: book } : {}
  const step = { book: amended, positions, cash, cause: 'amended', ...leaves }
  const raises =
    isMoved || totalOf(positions) > totalOf(book.positions) || (book.order.cash && !cash)
  const order: OrderRow = {
    ...amendment.order,
    pending: changedFields.length > 0 ? null : book.order.pending,
    countedMinor: positions.counted,
    cash,
    completedOn: completedWith(book, amendment, context),
  }
  if (raises || changedFields.some((field) => criticalFields.includes(field))) {
    const others = { exceptPartyId: charged.id }
    await supersedeHolds(tx, context, order.id, { ...others, checkpoint: 'order' })
    const of = { checkpoint: 'order', changedFields } as const
    const check = await passGate(tx, context, step, of)
    if (isRefusal(check)) return check
    if (check.outcome === 'held') {
      const payer = change.payer === undefined ? {} : { payer: amendment.order.billToId }
      const waiting = { ...book.order, pending: { ...change, ...payer } }
      await updateOrder(tx, waiting)
      return { order: waiting, check }
    }
    if (isMoved) await supersedeHolds(tx, context, order.id, others)
    const approved = { ...order, payerId: charged.payerId }
    await writeAmendment(tx, book, { ...amendment, order: approved })
    return { order: approved, check }
  }
  await postLowered(tx, context, step)
  // What waits for room may wait for nothing now.
  const isWhole = positions.counted >= restMinorOf(amended)
  if (changedFields.length > 0 && (isWhole || book.order.pending !== null)) {
    await supersedeHolds(tx, context, order.id)
  }
  await writeAmendment(tx, book, { ...amendment, order })
  return { order, check: null }
}

async function payerOf(
  tx: CommandTransaction,
  book: OrderBook,
  { order }: Amendment,
): Promise<OrderBook['charged']> {
  const id = chargedWith(order)
  if (id === book.charged.id) return book.charged
  const [payer] = await findParties(tx, [id])
  invariant(payer, 'a payer that was read is there')
  return payer
}

/** Fields that are asked about even where no amount rises. */
const criticalFields = ['terms', 'discount', 'requested-on']

/** Another payer is asked for all of the rest, also where a part had been released. */
function positionsWith(book: OrderBook, amendment: Amendment, isMoved: boolean): OrderPositions {
  const from = restMinorOf(book)
  const order = { ...amendment.order, completedOn: null }
  const isEnded = isUntouched(book, amendment)
  const to = isEnded ? from : restMinorOf({ order, lines: amendment.progress })
  const changed = positionsAfter(
    book.positions,
    isMoved ? { kind: 'confirmed', rest: to } : { kind: 'rest-changed', from, to },
  )
  return amendment.repriced.reduce(
    (now, { id, keptMinor }) => positionsAfter(now, { kind: 'repriced', id, to: keptMinor }),
    changed,
  )
}

/** A rest that was ended stays ended unless quantities or prices are named anew. */
function isUntouched({ order }: OrderBook, { changedFields }: Amendment): boolean {
  const isEnded = order.completedOn !== null
  return isEnded && !changedFields.some((field) => field === 'quantity')
}

function completedWith(book: OrderBook, amendment: Amendment, { today }: Context) {
  if (isUntouched(book, amendment)) return book.order.completedOn
  const order = { ...amendment.order, completedOn: null }
  const rest = restMinorOf({ order, lines: amendment.progress })
  return rest > 0n ? null : (book.order.completedOn ?? today)
}

async function writeAmendment(
  tx: CommandTransaction,
  book: OrderBook,
  { changedFields, lines, order, repriced }: Amendment,
): Promise<void> {
  if (book.hasLines) await replaceLines(tx, order, lines)
  if (repriced.length > 0) {
    const parts = repriced.flatMap((delivery) => delivery.parts)
    await repriceDeliveries(tx, order.partyId, repriced, parts)
  }
  await updateOrder(tx, order)
  const { id, number, partyId } = order
  await tx.emit({ kind: 'order.amended', partyId, facts: { id, number, fields: changedFields } })
}
