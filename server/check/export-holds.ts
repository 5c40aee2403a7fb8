import type { HoldPage, HoldQuery } from '#contract/hold.ts'
import type { Refusal } from '#contract/problem.ts'
import { listHolds } from '#server/check/list-holds.ts'
import { columnsOf, listSheet } from '#server/platform/list-sheet.ts'
import type { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { Language } from '#server/platform/workbook.ts'

const hold = columnsOf<HoldPage['items'][number]>()
const columns = [
  hold.text('客户编码', 'Code', ({ party }) => party.code),
  hold.text('客户名称', 'Name', ({ party }) => party.name, 34),
  hold.text('单据号', 'Document', ({ number }) => number, 20),
  hold.text('环节', 'Checkpoint', ({ checkpoint }, language) =>
    language === 'en' ? checkpoint : { order: '订单', delivery: '发货' }[checkpoint],
  ),
  hold.integer('优先级', 'Priority', ({ priority }) => priority),
  hold.integer('等待天数', 'Days waiting', ({ ageDays }) => ageDays),
  hold.text('币种', 'Currency', ({ currency }) => currency, 8),
  hold.amount('冻结金额', 'Amount', ({ amount, currency }) => ({ amount, currency })),
  hold.text(
    '原因',
    'Reasons',
    ({ reasons }, language) => reasons.map((reason) => reason[language]).join('; '),
    60,
  ),
  hold.text('处理人', 'Owner', ({ owner }) => owner),
  hold.text('申请人', 'Requested by', ({ requestedBy }) => requestedBy),
  hold.text('业务员', 'Salesperson', ({ salesperson }) => salesperson),
]

/** What waits to be released as an Excel file, with totals per currency. */
export function exportHolds(
  context: Context,
  query: Omit<HoldQuery, 'limit' | 'after'>,
  language: Language,
): Promise<Content | Refusal> {
  return listSheet({
    title: { zh: '冻结单据', en: 'Holds' },
    ...{ today: context.today, language, columns },
    page: (after) =>
      listHolds(context, { ...query, limit: 500, ...(after === undefined ? {} : { after }) }),
    totals: ({ totals }) =>
      totals.map(({ amount, count, currency }) => ({
        strong: true,
        cells: [
          language === 'zh' ? `合计 ${currency}` : `Total ${currency}`,
          language === 'zh' ? `${count} 笔` : `${count} holds`,
          ...[null, null, null, null, currency, { amount, currency }],
        ],
      })),
  })
}
