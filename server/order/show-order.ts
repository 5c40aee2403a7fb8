import type { OrderHistory } from '#contract/order.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { decisionsOfDocument, holdsOnDocuments } from '#server/check/public.ts'
import { findOrder, partyOfOrder } from '#server/order/order.store.ts'
import { readBook } from '#server/order/order-book.ts'
import { openHold, orderFile } from '#server/order/order-reply.ts'
import type { Context } from '#server/platform/run-command.ts'

/** An order with its lines, deliveries and returns, how far it has come and what the gate said. */
export async function showOrder(context: Context, id: string): Promise<OrderHistory | Refusal> {
  const partyId = await partyOfOrder(context.db, id)
  const order = partyId === undefined ? undefined : await findOrder(context.db, { partyId, id })
  if (!order) return refuse('not-found', 'There is no order with this id.')
  const checks = await decisionsOfDocument(context.db, id)
  return {
    ...orderFile(await readBook(context.db, order), context.today),
    holds: (await holdsOnDocuments(context.db, [id])).map(openHold),
    checks: checks.map(({ amountMinor, checkpoint, currency, mode, outcome, ...check }) => ({
      ...{
        partyId: check.partyId,
        decisionId: check.id,
        mode,
        checkpoint,
        outcome,
        decidedFor: check.decidedFor,
      },
      amount: toDecimal({ minor: amountMinor, currency }),
      recordedAt: check.recordedAt,
    })),
  }
}
