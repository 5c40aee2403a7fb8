import type { OrderFile } from '#contract/order.ts'
import type { Permission } from '#contract/role.ts'
import { mayBe, type OrderAct } from '#kernel/order/order-state.ts'
import { signOf } from '../ui/amount-text.ts'
import { type Say, useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'

/** Why an act on an order is not possible now, or not for this person; null where it is. */
export function useReasons(order: OrderFile) {
  const { say } = useWords()
  const may = useMay()
  const unless = (permission: Permission, ...reasons: (string | null | false)[]) =>
    may(permission)
      ? reasons.find((reason) => reason) || null
      : say('ui.noPermission', { permission })
  const state = (act: OrderAct) => whyNot(act, order, say)
  const isAnyDelivered = order.deliveries.some(({ amount }) => signOf(amount) > 0)
  const nothingToInvoice = signOf(order.notInvoiced) <= 0 && say('order.why.nothingToInvoice')
  return {
    check: unless('order:write', state('checked')),
    confirm: unless('order:write', state('confirmed')),
    amend: unless('order:write', state('amended')),
    deliver: unless(
      'order:write',
      state('delivered'),
      signOf(order.rest) <= 0 && say('order.why.allDelivered'),
    ),
    return: unless('order:write', state('taken back'), nothingToInvoice),
    invoice: unless('receivable:write', state('invoiced'), nothingToInvoice),
    copy: unless('order:write'),
    reopen: unless('order:write', state('reopened')),
    cancel: unless(
      'order:write',
      state('cancelled'),
      isAnyDelivered && say('order.why.deliveredAlready'),
    ),
    close: unless(
      'order:write',
      state('closed'),
      order.state !== 'confirmed' && !isAnyDelivered && say('order.why.neverBegun'),
    ),
  }
}

function whyNot(act: OrderAct, { state }: OrderFile, say: Say): string | null {
  if (mayBe(act, state)) return null
  if (act === 'reopened') return say('order.why.open')
  if (state === 'held') return say('order.why.held')
  if (state === 'closed' || state === 'cancelled') return say('order.why.ended')
  return say(state === 'confirmed' ? 'order.why.behind' : 'order.why.confirm')
}
