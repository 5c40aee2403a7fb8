import type { Command } from 'commander'
import type { Ageing, ReceivableMetrics } from '#contract/ageing.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'
import { measureReceivables } from '#server/receivable/measure-receivables.ts'
import { showAgeing } from '#server/receivable/show-ageing.ts'

type AgeingOptions = {
  by?: 'due' | 'invoice'
  buckets?: string
  currency?: string
  party?: string
  sort?: string
  limit: string
}

export function addAgeingCommand(program: Command, run: Run): void {
  program
    .command('ageing')
    .description('who owes how much since when, as of today or --as-of')
    .option('--by <day>', 'age from the due day (due) or the invoice day (invoice)', 'due')
    .option('--buckets <list>', 'such as 1-30,31-60,61- or years')
    .option('--currency <code>')
    .option('--party <key>', 'one customer: code, name, credit code or id')
    .option(
      '--sort <column>',
      'such as balance, overdue or oldest; -balance: largest first',
      '-balance',
    )
    .option('--limit <n>', 'how many customers', '30')
    .action(({ limit, ...options }: AgeingOptions) =>
      run((context) => showAgeing(context, { ...options, limit: Number(limit) }), printAgeing),
    )
}

export function addMetricsCommand(receivable: Command, run: Run): void {
  receivable
    .command('metrics')
    .description('DSO, days delinquent and collection of the book, by currency')
    .option('--months <n>', 'length of the period', '3')
    .action(({ months }: { months: string }) =>
      run((context) => measureReceivables(context, { months: Number(months) }), printMetrics),
    )
}

/** Customers, then the totals and the shares of each currency, as accountants lay it out. */
function printAgeing(ageing: Ageing, output: Output): void {
  const header = [
    'customer',
    'name',
    'cur',
    'not due',
    ...ageing.buckets.map((bucket) => bucketTitle(bucket, ageing.unit)),
    'unapplied',
    'balance',
    'share',
  ]
  const customers = ageing.rows.map((row) => [
    row.party.code,
    row.party.name,
    row.currency,
    ...[row.notDue, ...row.buckets, row.unappliedCredits, row.balance].map(grouped),
    percent(row.share),
  ])
  const totals = ageing.totals.flatMap((total) => [
    [
      'Total',
      `${total.customers} customers`,
      total.currency,
      ...[total.notDue, ...total.buckets, total.unappliedCredits, total.balance].map(grouped),
      '100.00%',
    ],
    [
      '',
      'share',
      total.currency,
      percent(total.shares.notDue),
      ...total.shares.buckets.map(percent),
      percent(total.shares.unappliedCredits),
      '100.00%',
      '',
    ],
  ])
  const unit = ageing.unit === 'years' ? 'years' : 'days'
  const from = ageing.by === 'due' ? 'the due day' : 'the invoice day'
  output.say(`Ageing as of ${ageing.asOf}, in ${unit} from ${from}`)
  output.table(header, [...customers, ...totals])
  if (ageing.next) output.say(`The largest ${ageing.rows.length} customers; --limit shows more.`)
}

/** Days from and to; of years, which count as started, the full years before: 0-1 is 1年以内. */
function bucketTitle({ from, to }: Ageing['buckets'][number], unit: Ageing['unit']): string {
  const first = unit === 'years' ? from - 1 : from
  return to === null ? `${first}+` : `${first}-${to}`
}

function printMetrics(metrics: ReceivableMetrics, output: Output): void {
  output.say(`${metrics.days} days from ${metrics.after} (not included) to ${metrics.asOf}`)
  output.table(
    ['', ...metrics.items.map((item) => item.currency)],
    measures.map(([title, value]) => [title, ...metrics.items.map(value)]),
  )
}

type Item = ReceivableMetrics['items'][number]

const measures: readonly (readonly [string, (item: Item) => string])[] = [
  ['opening balance', (item) => grouped(item.opening)],
  ['sales', (item) => grouped(item.sales)],
  ['collected', (item) => grouped(item.collected)],
  ['closing balance', (item) => grouped(item.closing)],
  ['overdue', (item) => grouped(item.overdue)],
  ['overdue share', (item) => (item.overdueShare === null ? '-' : percent(item.overdueShare))],
  ['DSO, days', (item) => item.dso ?? '-'],
  ['count-back DSO, days', (item) => item.countBackDso ?? '-'],
  ['best possible DSO, days', (item) => item.bestPossibleDso ?? '-'],
  ['average days delinquent', (item) => item.averageDaysDelinquent ?? '-'],
  [
    'collection effectiveness',
    ({ collectionEffectiveness: index }) => (index === null ? '-' : percent(index)),
  ],
]

/** `0.1234` as `12.34%`; the fraction has four decimals. */
function percent(fraction: string): string {
  const [whole = '0', decimals = '0000'] = fraction.replace('-', '').split('.')
  const sign = fraction.startsWith('-') ? '-' : ''
  return `${sign}${Number(whole + decimals.slice(0, 2))}.${decimals.slice(2, 4)}%`
}
