import type { Refusal } from '#contract/problem.ts'
import type {
  CreditPage,
  CreditQuery,
  InvoicePage,
  InvoiceQuery,
} from '#contract/receivable-list.ts'
import { columnsOf, listSheet } from '#server/platform/list-sheet.ts'
import type { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { Heading, Language } from '#server/platform/workbook.ts'
import { listCredits } from '#server/receivable/list-credits.ts'
import { listInvoices } from '#server/receivable/list-invoices.ts'

type Without<Query> = Omit<Query, 'limit' | 'after' | 'totals'>

const rowsAtOnce = 500

const invoice = columnsOf<InvoicePage['items'][number]>()
const invoiceColumns = [
  invoice.text('客户编码', 'Code', ({ party }) => party.code),
  invoice.text('客户名称', 'Name', ({ party }) => party.name, 34),
  invoice.text('发票号', 'Invoice', ({ number }) => number, 20),
  invoice.day('开票日期', 'Issued on', ({ issuedOn }) => issuedOn),
  invoice.day('到期日', 'Due on', ({ dueOn }) => dueOn),
  invoice.integer('逾期天数', 'Days past due', ({ daysPastDue }) => daysPastDue),
  invoice.text('币种', 'Currency', ({ currency }) => currency, 8),
  invoice.amount('发票金额', 'Amount', ({ amount, currency }) => ({ amount, currency })),
  invoice.amount('未收金额', 'Open', ({ open, currency }) => ({ amount: open, currency })),
  invoice.text('付款条件', 'Terms', ({ terms }) => terms),
  invoice.text('订单号', 'Order', ({ orderNumber }) => orderNumber),
  invoice.text('部门', 'Department', ({ department }) => department),
  invoice.text('业务员', 'Salesperson', ({ salesperson }) => salesperson),
  invoice.day('作废日期', 'Voided on', ({ voidedOn }) => voidedOn),
]

export function exportInvoices(
  context: Context,
  query: Without<InvoiceQuery>,
  language: Language,
): Promise<Content | Refusal> {
  return listSheet({
    title: { zh: '发票', en: 'Invoices' },
    ...{ today: context.today, language, columns: invoiceColumns },
    page: (after) => listInvoices(context, { ...query, ...paging(after) }),
    totals: ({ totals }) =>
      (totals ?? []).map(({ amount, count, currency, open }) => ({
        strong: true,
        cells: [
          ...[totalOf(currency, language), countOf(count, language), null, null, null, null],
          ...[currency, { amount, currency }, { amount: open, currency }],
        ],
      })),
  })
}

const kinds: Readonly<Record<CreditPage['items'][number]['kind'], Heading>> = {
  receipt: { zh: '收款', en: 'Receipt' },
  'credit-note': { zh: '贷项通知单', en: 'Credit note' },
  'write-off': { zh: '核销坏账', en: 'Write-off' },
  bill: { zh: '承兑汇票', en: 'Bill' },
}

const credit = columnsOf<CreditPage['items'][number]>()
const creditColumns = [
  credit.text('客户编码', 'Code', ({ party }) => party.code),
  credit.text('客户名称', 'Name', ({ party }) => party.name, 34),
  credit.text('类型', 'Kind', ({ kind }, language) => kinds[kind][language], 12),
  credit.text('单号', 'Number', ({ number }) => number, 20),
  credit.day('日期', 'Date', ({ effectiveOn }) => effectiveOn),
  credit.text('币种', 'Currency', ({ currency }) => currency, 8),
  credit.amount('金额', 'Amount', ({ amount, currency }) => ({ amount, currency })),
  credit.amount('未核销金额', 'Unapplied', ({ unapplied, currency }) => ({
    ...{ amount: unapplied, currency },
  })),
  credit.day('票据到期日', 'Bill due on', ({ dueOn }) => dueOn),
  credit.day('作废日期', 'Voided on', ({ voidedOn }) => voidedOn),
  credit.text('备注', 'Note', ({ note }) => note, 30),
]

export function exportCredits(
  context: Context,
  query: Without<CreditQuery>,
  language: Language,
): Promise<Content | Refusal> {
  return listSheet({
    title: { zh: '收款与贷项', en: 'Receipts and credits' },
    ...{ today: context.today, language, columns: creditColumns },
    page: (after) => listCredits(context, { ...query, ...paging(after) }),
    totals: ({ totals }) =>
      (totals ?? []).map(({ amount, count, currency, unapplied }) => ({
        strong: true,
        cells: [
          ...[totalOf(currency, language), countOf(count, language), null, null, null],
          ...[currency, { amount, currency }, { amount: unapplied, currency }],
        ],
      })),
  })
}

function paging(after: string | undefined) {
  return {
    limit: rowsAtOnce,
    totals: after === undefined,
    ...(after === undefined ? {} : { after }),
  }
}

function totalOf(currency: string, language: Language): string {
  return language === 'zh' ? `合计 ${currency}` : `Total ${currency}`
}

function countOf(count: number, language: Language): string {
  return language === 'zh' ? `${count} 笔` : `${count} documents`
}
