import type { OrderFilter, OrderPage } from '#contract/order-list.ts'
import type { Refusal } from '#contract/problem.ts'
import { listOrders } from '#server/order/list-orders.ts'
import { stateWords } from '#server/order/state-words.ts'
import { columnsOf, listSheet } from '#server/platform/list-sheet.ts'
import type { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { Language } from '#server/platform/workbook.ts'

const order = columnsOf<OrderPage['items'][number]>()
const columns = [
  order.text('客户编码', 'Code', ({ party }) => party.code),
  order.text('客户名称', 'Name', ({ party }) => party.name, 34),
  order.text('订单号', 'Order', ({ number }) => number, 20),
  order.text('状态', 'State', ({ state }, language) => stateWords[state][language], 10),
  order.day('下单日期', 'Ordered on', ({ orderedOn }) => orderedOn),
  order.day('要求交期', 'Requested on', ({ requestedOn }) => requestedOn),
  order.integer('延迟天数', 'Days late', ({ daysLate }) => daysLate),
  order.text('币种', 'Currency', ({ currency }) => currency, 8),
  order.amount('订单金额', 'Amount', ({ amount, currency }) => ({ amount, currency })),
  order.amount('已发货金额', 'Delivered', ({ currency, delivered }) => ({
    ...{ amount: delivered, currency },
  })),
  order.text('付款条件', 'Terms', ({ terms }) => terms),
  order.text('部门', 'Department', ({ department }) => department),
  order.text('业务员', 'Salesperson', ({ salesperson }) => salesperson),
  order.text('备注', 'Note', ({ note }) => note, 30),
]

/** The list of orders as an Excel file, with totals per currency. */
export function exportOrders(
  context: Context,
  query: Omit<OrderFilter, 'limit' | 'after' | 'totals'>,
  language: Language,
): Promise<Content | Refusal> {
  return listSheet({
    title: { zh: '订单', en: 'Orders' },
    ...{ today: context.today, language, columns },
    page: (after) =>
      listOrders(context, {
        ...{ ...query, limit: 500, totals: after === undefined },
        ...(after === undefined ? {} : { after }),
      }),
    totals: ({ totals }) =>
      (totals ?? []).map(({ amount, count, currency }) => ({
        strong: true,
        cells: [
          language === 'zh' ? `合计 ${currency}` : `Total ${currency}`,
          language === 'zh' ? `${count} 笔` : `${count} orders`,
          ...[null, null, null, null, null, currency, { amount, currency }],
        ],
      })),
  })
}
