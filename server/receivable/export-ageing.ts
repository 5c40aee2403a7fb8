import type { Ageing, AgeingQuery } from '#contract/ageing.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { familiesOf } from '#server/party/public.ts'
import type { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'
import {
  type Cell,
  type Language,
  type SheetColumn,
  type SheetRow,
  workbookOf,
} from '#server/platform/workbook.ts'
import { type AgedItemRow, listAgedItems } from '#server/receivable/aged-item.store.ts'
import { creditColumn } from '#server/receivable/ageing-column.ts'
import { readAgeing } from '#server/receivable/read-ageing.ts'
import { showAgeing } from '#server/receivable/show-ageing.ts'

type Query = Omit<AgeingQuery, 'limit' | 'after' | 'convertTo'>

/** Customers of one turn; all their items are in memory at once. */
const customersAtOnce = 100

/**
 * The ageing as an Excel file: customers, below each its invoices and unapplied credits folded away,
 * and totals per currency. Customers and totals are sums that Excel reckons itself.
 */
export async function exportAgeing(
  context: Context,
  query: Query,
  language: Language,
): Promise<Content | Refusal> {
  const first = await showAgeing(context, { ...query, limit: customersAtOnce })
  if (isRefusal(first)) return first
  return workbookOf({
    fileName: { zh: `账龄分析 ${first.asOf}`, en: `Ageing ${first.asOf}` },
    title: { zh: '账龄分析', en: 'Ageing' },
    columns: columnsOf(first),
    rows: rowsOf(context, query, { first, language }),
    language,
  })
}

function columnsOf({ buckets, labels }: Ageing): SheetColumn[] {
  const text = (zh: string, en: string, width: number): SheetColumn => ({
    ...{ heading: { zh, en }, kind: 'text', width },
  })
  const amount = (heading: { zh: string; en: string }): SheetColumn => ({ heading, kind: 'amount' })
  return [
    text('客户编码', 'Code', 14),
    text('客户名称', 'Name', 34),
    text('单据号', 'Document', 20),
    { heading: { zh: '开票日期', en: 'Issued on' }, kind: 'day' },
    { heading: { zh: '到期日', en: 'Due on' }, kind: 'day' },
    text('币种', 'Currency', 8),
    amount(labels.notDue),
    ...buckets.map(({ label }) => amount(label)),
    amount(labels.unappliedCredits),
    amount({ zh: '余额', en: 'Balance' }),
  ]
}

async function* rowsOf(
  context: Context,
  query: Query,
  { first, language }: { first: Ageing; language: Language },
): AsyncGenerator<readonly SheetRow[]> {
  let number = 1
  for (let page = first; ; ) {
    const items = await itemsOf(context, query, page)
    const rows: SheetRow[] = []
    for (const row of page.rows) {
      const own = items.get(`${row.party.id} ${row.currency}`) ?? []
      const at = number + 1
      rows.push(customerRow(row, { from: at + 1, to: at + own.length }))
      for (const item of own) rows.push(itemRow(item, row.party, page))
      number += own.length + 1
    }
    yield rows
    if (page.next === null) break
    const next = await showAgeing(context, { ...query, limit: customersAtOnce, after: page.next })
    if (isRefusal(next)) throw new Error(next.refused.detail)
    page = next
  }
  yield first.totals.map((total) => totalRow(total, number, language))
}

/** The open items of a page of customers, by the survivor and currency that they count to. */
async function itemsOf(
  context: Context,
  query: Query,
  page: Ageing,
): Promise<Map<string, AgedItemRow[]>> {
  const asked = await readAgeing(context, query)
  if (isRefusal(asked)) throw new Error(asked.refused.detail)
  const families = await familiesOf(
    context.db,
    page.rows.map(({ party }) => party.id),
  )
  const scope = { ...asked.scope, partyIds: [...families.keys()] }
  const everything = { column: null, limit: null, after: null }
  const items = await listAgedItems(context.db, scope, asked.terms, everything)
  return Map.groupBy(
    items,
    (item) => `${families.get(item.partyId) ?? item.partyId} ${item.currency}`,
  )
}

type Columns = Pick<
  Ageing['rows'][number],
  'currency' | 'notDue' | 'buckets' | 'unappliedCredits' | 'balance'
>

/** Amounts in the order of the columns, each by the formula of its column. */
function amountCells(of: Columns, formula: string): Cell[] {
  const { balance, buckets, currency, notDue, unappliedCredits } = of
  const amounts = [notDue, ...buckets, unappliedCredits, balance]
  return amounts.map((amount) => ({ amount, currency, formula }))
}

function customerRow(
  row: Ageing['rows'][number],
  { from, to }: { readonly from: number; readonly to: number },
): SheetRow {
  const { currency, party } = row
  const sums = amountCells(row, `SUM({column}${from}:{column}${to})`)
  return { strong: true, cells: [party.code, party.name, null, null, null, currency, ...sums] }
}

function itemRow(item: AgedItemRow, party: { code: string; name: string }, page: Ageing): SheetRow {
  const { column, currency, dueOn, issuedOn, number, openMinor } = item
  const amount = { amount: toDecimal({ minor: openMinor, currency }), currency }
  const place = column === creditColumn ? page.buckets.length + 1 : column
  const spread: Cell[] = Array.from({ length: page.buckets.length + 2 }, (_, at) =>
    at === place ? amount : null,
  )
  return {
    level: 1,
    cells: [party.code, party.name, number, issuedOn, dueOn, currency, ...spread, amount],
  }
}

/** Of all rows those with a document, in one currency. */
function totalRow(total: Ageing['totals'][number], last: number, language: Language): SheetRow {
  const { currency, customers } = total
  const range = (column: string) => `${column}2:${column}${last}`
  const formula = `SUMIFS(${range('{column}')},${range('F')},"${currency}",${range('C')},"<>")`
  return {
    strong: true,
    cells: [
      language === 'zh' ? `合计 ${currency}` : `Total ${currency}`,
      language === 'zh' ? `${customers} 户` : `${customers} customers`,
      ...[null, null, null, currency as Currency],
      ...amountCells(total, formula),
    ],
  }
}
