import type { OrderChange } from '#contract/order.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Permission } from '#contract/role.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { mayBe, type OrderAct, remedyFor } from '#kernel/order/order-state.ts'
import { lockTree } from '#server/exposure/public.ts'
import { chargedWith, lockOrder, type OrderRow, partyOfOrder } from '#server/order/order.store.ts'
import { type OrderBook, readBook } from '#server/order/order-book.ts'
import { stateWords } from '#server/order/state-words.ts'
import { isId } from '#server/platform/ids.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'

/** One act on one order: locked, read anew, and only in a state that lets one. */
export async function changeOrder<Result>(
  context: Context,
  of: Locking & {
    readonly id: string
    readonly act: OrderAct
    readonly command: string
    readonly permission?: Permission
    readonly input: Readonly<Record<string, Canonical>>
  },
  work: (tx: CommandTransaction, book: OrderBook) => Promise<Result | Refusal>,
): Promise<Result | Refusal> {
  const partyId = await partyOfOrder(context.db, of.id)
  if (partyId === undefined) return noSuchOrder
  const command = {
    name: of.command,
    permission: of.permission ?? 'order:write',
    input: { ...of.input, orderId: of.id },
    subject: partyId,
  }
  return runCommand(context, command, async (tx) => {
    const book = await openBook(tx, { partyId, id: of.id }, of)
    if (!book) return noSuchOrder
    const { number, state } = book.order
    if (mayBe(of.act, state)) return work(tx, book)
    const remedy = remedyFor(of.act, state)
    const detail = `Order ${number} is ${state} and cannot be ${of.act}: ${remedy.en}.`
    const zh = `订单 ${number} 的状态是“${stateWords[state].zh}”，不能${actZh[of.act]}：${remedy.zh}。`
    return refuse('wrong-state', detail, { number, state, zh })
  })
}

const actZh: Readonly<Record<OrderAct, string>> = {
  checked: '试算',
  confirmed: '确认',
  amended: '修改',
  cancelled: '取消',
  delivered: '发货',
  'taken back': '退货',
  invoiced: '开票',
  closed: '关闭',
  reopened: '重新打开',
}

/**
 * The order with everything that it counts with, which nobody else changes until the end: its row
 * is locked, then the credit accounts, since an invoice changes positions without the order's row.
 * The accounts of all who buy, pay, or are to pay are locked at once, so that two never wait for
 * each other. Whoever invoices locks the party's ledger before its accounts and so leaves these to
 * the invoice.
 */
async function openBook(
  tx: CommandTransaction,
  key: OrderKey,
  of: Locking = {},
): Promise<OrderBook | undefined> {
  const order = await lockBook(tx, key, of)
  return order && readBook(tx, order)
}

type OrderKey = { readonly partyId: string; readonly id: string }
type Locking = {
  readonly act?: OrderAct
  /** Who else may be charged with the order by the act. */
  readonly charged?: readonly string[]
}

async function lockBook(
  tx: CommandTransaction,
  key: OrderKey,
  of: Locking = {},
): Promise<OrderRow | undefined> {
  const order = await lockOrder(tx, key)
  if (!order) return undefined
  const { payer } = (order.pending ?? {}) as OrderChange
  const waiting = payer && isId(payer) ? [payer] : []
  const partyIds = new Set([order.partyId, chargedWith(order), ...waiting, ...(of.charged ?? [])])
  const segment = order.segment ?? ''
  const buyers = [...partyIds].map((partyId) => ({ partyId, segment }))
  if (of.act !== 'invoiced') await lockTree(tx, buyers)
  return order
}

/** Locks the order that a hold keeps, and the accounts that it counts at. */
export async function lockHeldOrder(
  tx: CommandTransaction,
  { documentId: id }: { readonly documentId: string },
): Promise<void> {
  const partyId = await partyOfOrder(tx, id)
  if (partyId !== undefined) await lockBook(tx, { partyId, id })
}

/** The order that a hold keeps; the hold is of who pays, the order of who buys. */
export async function openHeld(
  tx: CommandTransaction,
  { documentId: id }: { readonly documentId: string },
): Promise<OrderBook | undefined> {
  const partyId = await partyOfOrder(tx, id)
  return partyId === undefined ? undefined : openBook(tx, { partyId, id })
}

const noSuchOrder = refuse('not-found', 'There is no order with this id.')
