import type { OrderState } from '#kernel/order/order-state.ts'
import type { Heading } from '#server/platform/workbook.ts'

/** The states of an order, as files and refusals name them. */
export const stateWords: Readonly<Record<OrderState, Heading>> = {
  draft: { zh: '草稿', en: 'Draft' },
  checked: { zh: '已检查', en: 'Checked' },
  held: { zh: '暂挂', en: 'Held' },
  confirmed: { zh: '已确认', en: 'Confirmed' },
  closed: { zh: '已关闭', en: 'Closed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
}
