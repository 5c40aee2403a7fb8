import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addDays, daysBetween } from '#kernel/calendar/day.ts'
import { toReadable } from '#kernel/money/money.ts'
import { notify } from '#server/notice/public.ts'
import { labelsOf } from '#server/order/list-orders.ts'
import { markReminded } from '#server/order/order.store.ts'
import { type DeliveredOrder, ordersToRemindOf } from '#server/order/order-list.store.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

const daysAhead = 3
const mostAtOnce = 200

/**
 * Tells who sells an order that its delivery is due within three days, or overdue: once per order
 * and day, however often it is asked. Orders that nobody sells are told to the role of sales.
 */
export async function remindOfDeliveries(
  context: Context,
): Promise<{ readonly reminded: number } | Refusal> {
  let reminded = 0
  for (;;) {
    const count = await remindSome(context)
    if (isRefusal(count)) return count
    reminded += count
    if (count < mostAtOnce || context.dryRun) return { reminded }
  }
}

async function remindSome(context: Context): Promise<number | Refusal> {
  const { today } = context
  const of = { wantedBy: addDays(today, daysAhead), today, limit: mostAtOnce }
  const waiting = await ordersToRemindOf(context.db, of)
  if (waiting.length === 0) return 0
  const command = { name: 'order.remind', permission: 'order:write', input: { today } } as const
  return runCommand(context, command, async (tx) => {
    const orders = await ordersToRemindOf(tx, of)
    const labels = await labelsOf(tx, orders)
    await markReminded(tx, orders, today)
    for (const order of orders) await remind(tx, context, order, labels(order.partyId))
    return orders.length
  })
}

async function remind(
  tx: CommandTransaction,
  { today }: Context,
  order: DeliveredOrder,
  party: { readonly code: string; readonly name: string },
): Promise<void> {
  const { currency, id, number, partyId, requestedOn, salesperson } = order
  if (requestedOn === null) return
  const late = daysBetween(requestedOn, today)
  const rest = toReadable({ minor: order.amountMinor - order.deliveredMinor, currency })
  const when =
    late > 0
      ? { zh: `已逾期 ${late} 天`, en: `is ${late} days late` }
      : { zh: `应于 ${requestedOn} 交货`, en: `is due on ${requestedOn}` }
  await notify(tx, {
    kind: late > 0 ? 'delivery.overdue' : 'delivery.due',
    roles: salesperson === null ? ['sales'] : [],
    names: salesperson === null ? [] : [salesperson],
    partyId,
    subject: {
      zh: `订单 ${number}（${party.name}）${when.zh}`,
      en: `Order ${number} of ${party.name} ${when.en}`,
    },
    body: {
      zh: `客户 ${party.code} ${party.name}，要求 ${requestedOn} 交货，尚有 ${rest} 未交。`,
      en: `${party.code} ${party.name} wanted it on ${requestedOn}; ${rest} is still to come.`,
    },
    path: `/api/orders/${id}`,
  })
}
