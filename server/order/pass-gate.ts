import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Checkpoint } from '#kernel/check/check-facts.ts'
import type { PositionTarget } from '#kernel/exposure/position-change.ts'
import { invariant } from '#kernel/invariant.ts'
import { money } from '#kernel/money/money.ts'
import { restOf } from '#kernel/order/deliver-line.ts'
import {
  atLeastZero,
  type OrderPositions,
  positionOf,
  totalOf,
} from '#kernel/order/order-positions.ts'
import { type CheckAnswer, runChecks } from '#server/check/public.ts'
import { billAnew, setPositions } from '#server/exposure/public.ts'
import type { DeliveryRow } from '#server/order/delivery.store.ts'
import { inOrderOfRecording, type OrderBook } from '#server/order/order-book.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/** An order as it is to be, beside the positions that it had until now. */
export type OrderStep = {
  readonly book: OrderBook
  readonly positions: OrderPositions
  /** Paid in cash: it passes the gate like any other and counts with nothing. */
  readonly cash: boolean
  /** What the ledger is told: `confirmed`, `amended`, `delivered` … */
  readonly cause: string
  /** The order as another one paid it until now. */
  readonly leaves?: OrderBook
  /** A delivery that is recorded in the same step. */
  readonly delivery?: DeliveryRow
}

/** Asks whether the order may count with what the step makes of it; if so, it does from then on. */
export async function passGate(
  tx: CommandTransaction,
  context: Context,
  step: OrderStep,
  of: { readonly checkpoint: Checkpoint; readonly changedFields: readonly string[] },
): Promise<CheckAnswer | Refusal> {
  const { order } = step.book
  const minor = totalOf(step.positions)
  const answer = await askGate(tx, context, {
    ...{ step, minor, checkpoint: of.checkpoint, mode: 'reserve' },
    changedFields: [...new Set([...of.changedFields, ...changedPayer(step.book)])],
    isWhole: minor === order.amountMinor,
  })
  if (!isRefusal(answer) && answer.outcome !== 'held') await billStep(tx, context, step)
  return answer
}

/** Asks the same without keeping room. */
export function tryGate(
  tx: CommandTransaction,
  context: Context,
  step: OrderStep,
  of: { readonly checkpoint: Checkpoint; readonly minor: bigint },
): Promise<CheckAnswer | Refusal> {
  return askGate(tx, context, {
    ...{ step, minor: of.minor, checkpoint: of.checkpoint, mode: 'check' },
    changedFields: changedPayer(step.book),
    isWhole: of.minor === step.book.order.amountMinor,
  })
}

/** Writes what lowers exposure or leaves it: nobody needs to be asked. */
export async function postLowered(
  tx: CommandTransaction,
  context: Context,
  step: OrderStep,
): Promise<void> {
  const { order } = step.book
  await setPositions(tx, {
    buyerId: step.book.charged.id,
    segment: order.segment ?? '',
    targets: targetsOf(step),
    cause: step.cause,
    effectiveOn: context.today,
    decisionId: null,
  })
  await billStep(tx, context, step)
}

/** Keeps which invoice bills what of the order as the step leaves it. */
async function billStep(
  tx: CommandTransaction,
  { today: on }: Context,
  step: OrderStep,
): Promise<void> {
  const { charged, invoices, order } = step.book
  if (invoices.length === 0) return
  const { cash, positions } = step
  const { currency, number: orderNumber } = order
  const common = { orderNumber, segment: order.segment ?? '', currency }
  const billed = (minor: bigint) => ({ billedMinor: cash ? 0n : atLeastZero(minor) })
  const made = step.delivery && {
    ...{ ...step.delivery, keptMinor: step.delivery.amountMinor, settledMinor: 0n },
  }
  const recorded = inOrderOfRecording([...step.book.deliveries, ...(made ? [made] : [])])
  const deliveries = recorded.map(({ id, keptMinor, number, settledMinor }) => ({
    ...{ ...common, documentId: id, number: number ?? orderNumber, shipOn: null },
    ...({ documentKind: 'delivery', stage: 'delivered' } as const),
    ...billed(keptMinor - settledMinor - positionOf(positions, id)),
  }))
  const rest = {
    ...{ ...common, documentId: order.id, number: orderNumber, shipOn: shipDayOf(step.book) },
    ...({ documentKind: 'order', stage: 'order' } as const),
    ...billed(positions.counted - positions.order),
  }
  await billAnew(tx, { partyId: charged.id, documents: [...deliveries, rest], invoices, on })
}

/** Nothing of an order where it counted until another one was to pay. */
function nothingOf(book: OrderBook): PositionTarget[] {
  const deliveries = book.deliveries.map(({ id }) => ({ id, minor: 0n }))
  const positions = { counted: 0n, ahead: 0n, order: 0n, deliveries }
  return targetsOf({ book, positions, cash: false, cause: 'amended' })
}

/** The day from which on the goods are wanted; null as soon as a part of them is wanted at once. */
function shipDayOf({ lines, order }: Pick<OrderBook, 'lines' | 'order'>): Day | null {
  const open = lines.filter((line) => restOf(line) > 0n)
  const days = open.map((line) => line.requestedOn ?? order.requestedOn)
  if (days.length === 0 || days.includes(null)) return null
  return days.flatMap((day) => day ?? []).sort()[0] ?? null
}

async function askGate(
  tx: CommandTransaction,
  context: Context,
  of: {
    readonly step: OrderStep
    readonly minor: bigint
    readonly checkpoint: Checkpoint
    readonly mode: 'check' | 'reserve'
    readonly changedFields: readonly string[]
    readonly isWhole: boolean
  },
): Promise<CheckAnswer | Refusal> {
  const { book, cause, leaves } = of.step
  const { charged, order, party } = book
  const [answer] = await runChecks(tx, context, [
    {
      buyer: charged,
      ...(charged.id === party.id ? {} : { soldTo: party }),
      ...(leaves && { leaves: { buyer: leaves.charged, targets: nothingOf(leaves) } }),
      segment: order.segment ?? '',
      document: { kind: 'order', id: order.id, number: order.number },
      checkpoint: of.checkpoint,
      mode: of.mode,
      amount: money(of.minor, order.currency),
      targets: targetsOf(of.step),
      requestedOn: shipDayOf(book),
      terms: order.terms,
      discountBps: order.discountBps > 0 ? order.discountBps : null,
      changedFields: of.changedFields,
      quantity: of.isWhole ? quantityOf(book) : null,
      priority: order.priority,
      salesperson: order.salesperson,
      cause,
    },
  ])
  invariant(answer, 'each check has its answer')
  return answer
}

/** What of the order changed its position, and what counts all the same. */
function targetsOf({ book, cash, delivery, positions }: OrderStep): PositionTarget[] {
  const { order } = book
  const common = { orderNumber: order.number, currency: order.currency, expiresAt: null } as const
  const whole: PositionTarget = {
    ...{ ...common, documentId: order.id, documentKind: 'order', number: order.number },
    ...{ stage: 'order', minor: cash ? 0n : positions.order, shipOn: shipDayOf(book) },
  }
  const deliveries = [...book.deliveries, ...(delivery ? [delivery] : [])]
  const counting = deliveries.filter(
    ({ id }) => positionOf(positions, id) > 0n || positionOf(book.positions, id) > 0n,
  )
  return [
    whole,
    ...counting.map(
      ({ id, number }): PositionTarget => ({
        ...{ ...common, documentId: id, documentKind: 'delivery', number: number ?? order.number },
        ...{ stage: 'delivered', minor: cash ? 0n : positionOf(positions, id), shipOn: null },
      }),
    ),
  ]
}

/** Only an order of one line can be asked to become fewer pieces. */
function quantityOf({ hasLines, lines }: OrderBook) {
  const [only, second] = lines
  if (!hasLines || !only || second) return null
  return { thousandths: only.quantity, unit: only.unit }
}

function changedPayer({ charged, order }: OrderBook): string[] {
  return order.confirmedOn !== null && order.payerId !== charged.payerId ? ['payer'] : []
}
