import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PolicyReplay } from '#contract/replay.ts'
import { amountText } from '../ui/amount-text.ts'
import { Chart } from '../ui/chart.tsx'
import type { ChartSeries } from '../ui/chart-content.ts'
import { DayText, Money } from '../ui/money.tsx'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** Month by month, by industry, by rule and by customer. */
export function ReplayDetail({ result }: { result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  return (
    <>
      <Card title={say('replay.monthly')}>
        <Monthly result={result} />
      </Card>
      {result.named.length > 0 && (
        <Card title={say('replay.customers')}>
          <Customers result={result} />
        </Card>
      )}
      <Card title={say('replay.rules')}>
        <PlainTable titles={['replay.rule', '>replay.now', '>replay.after']}>
          {result.rules.map(({ held, heldAfter, rule }) => (
            <tr key={rule}>
              <th scope="row">{rule}</th>
              <td className="right">{held}</td>
              <td className="right">{heldAfter}</td>
            </tr>
          ))}
        </PlainTable>
      </Card>
      <Card title={say('replay.segments')}>
        <Segments result={result} />
      </Card>
    </>
  )
}

function Monthly({ result: { baseCurrency, monthly } }: { result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  const text = (value: string) => `${amountText(value)} ${baseCurrency}`
  const line = (
    name: string,
    tone: ChartSeries['tone'],
    values: readonly string[],
  ): ChartSeries => ({ name, kind: 'line', tone, values, text })
  return (
    <Chart
      label={say('replay.monthly')}
      categoryName={say('replay.month')}
      categories={monthly.map(({ month }) => month)}
      series={[
        line(
          say('replay.receivable'),
          'quiet',
          monthly.map((each) => each.receivable),
        ),
        line(
          say('replay.receivable.after'),
          'accent',
          monthly.map((each) => each.receivableAfter),
        ),
        line(
          say('replay.overdue.now'),
          'warn',
          monthly.map((each) => each.overdue),
        ),
        line(
          say('replay.overdue.after'),
          'bad',
          monthly.map((each) => each.overdueAfter),
        ),
      ]}
    />
  )
}

function Customers({ result: { baseCurrency, named } }: { result: PolicyReplay }): ReactNode {
  return (
    <PlainTable
      titles={[
        ...(['replay.customer', '>replay.held', 'replay.firstHeld', 'replay.firstLoss'] as const),
        ...(['>replay.lostSales', '>replay.avoided', '>replay.marginLost'] as const),
      ]}
    >
      {named.map((customer) => (
        <tr key={customer.partyId}>
          <th scope="row">
            <Link to={`/customers/${customer.partyId}`}>{customer.name}</Link>
          </th>
          <td className="right">{customer.held}</td>
          <td>
            <DayText day={customer.firstHeldOn} />
          </td>
          <td>
            <DayText day={customer.firstLossDueOn} />
          </td>
          {[customer.lostSales, customer.lossAvoided, customer.marginLost].map((amount, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: three columns that stay in place
            <td key={at} className="right">
              <Money amount={amount} currency={baseCurrency} isBare />
            </td>
          ))}
        </tr>
      ))}
    </PlainTable>
  )
}

function Segments({ result: { baseCurrency, segments } }: { result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  return (
    <PlainTable
      titles={[
        ...(['replay.segment', '>replay.sales', '>replay.heldMore', '>replay.lostSales'] as const),
        ...(['>replay.avoided', '>replay.marginLost', '>replay.net'] as const),
      ]}
    >
      {segments.map(({ effect, now, segment }) => (
        <tr key={segment ?? ''}>
          <th scope="row">{segment ?? say('replay.segment.none')}</th>
          <td className="right">
            <Money amount={now.sales} currency={baseCurrency} isBare />
          </td>
          <td className="right">{effect.held}</td>
          {[effect.lostSales, effect.lossAvoided, effect.marginLost, effect.net].map(
            (amount, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: four columns that stay in place
              <td key={at} className="right">
                <Money amount={amount} currency={baseCurrency} isBare />
              </td>
            ),
          )}
        </tr>
      ))}
    </PlainTable>
  )
}
