import { Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import type { CreditFileShown, PaidMonth } from '#contract/credit-file.ts'
import { amountText } from '../ui/amount-text.ts'
import { Chart } from '../ui/chart.tsx'
import { Explained } from '../ui/explained.tsx'
import { Money } from '../ui/money.tsx'
import { Card, Descriptions, EmptyState } from '../ui/page.tsx'
import { useSource } from '../ui/use-source.ts'
import { useWords } from '../ui/use-words.ts'

type Payment = CreditFileShown['payment']

/** How much was paid in each month and how late, with the last year in figures. */
export function PaymentCard({ payment }: { payment: Payment }): ReactNode {
  const { say } = useWords()
  const source = useSource()
  const currencies = [...new Set(payment.months.map(({ currency }) => currency))]
  const [chosen, setChosen] = useState<string>()
  const currency = currencies.find((each) => each === chosen) ?? currencies[0]
  const title = <Explained by={source(payment.provenance)}>{say('file.payment')}</Explained>
  if (currency === undefined) {
    return (
      <Card title={title}>
        <EmptyState title={say('file.payment.none')} />
      </Card>
    )
  }
  const choice = currencies.length > 1 && (
    <Segmented
      aria-label={say('ui.currency')}
      options={currencies}
      value={currency}
      onChange={setChosen}
    />
  )
  return (
    <Card title={title} extra={choice}>
      <Year total={payment.totals.find((total) => total.currency === currency)} />
      <MonthChart months={payment.months.filter((month) => month.currency === currency)} />
    </Card>
  )
}

function Year({ total }: { total: Payment['totals'][number] | undefined }): ReactNode {
  const { say } = useWords()
  if (!total) return null
  return (
    <Descriptions
      items={[
        [
          say('file.payment.year'),
          <Money key="paid" amount={total.paid} currency={total.currency} />,
        ],
        [say('file.payment.toPay'), say('file.days', { count: total.averageDaysToPay })],
        [say('file.payment.late'), say('file.days', { count: total.averageDaysLate })],
        [say('file.payment.lateShare'), percentText(total.lateShare)],
      ]}
    />
  )
}

/** A fraction with four decimals as percent with one. */
function percentText(fraction: string): string {
  return `${(Number(fraction) * 100).toFixed(1)} %`
}

function MonthChart({ months }: { months: readonly PaidMonth[] }): ReactNode {
  const { say } = useWords()
  const byMonth = new Map(months.map((month) => [month.month, month]))
  const names = monthsBetween(months[0]?.month, months.at(-1)?.month)
  const currency = months[0]?.currency ?? ''
  return (
    <Chart
      label={say('file.payment.label')}
      categoryName={say('file.payment.month')}
      categories={names}
      series={[
        {
          ...{ name: say('file.payment.paid'), kind: 'bar', tone: 'accent' },
          values: names.map((name) => byMonth.get(name)?.paid ?? null),
          text: (value) => `${amountText(value)} ${currency}`,
        },
        {
          ...{ name: say('file.payment.late'), kind: 'line', tone: 'warn', isRight: true },
          values: names.map((name) => byMonth.get(name)?.averageDaysLate ?? null),
          text: (value) => say('file.days', { count: value }),
        },
      ]}
    />
  )
}

/** Every month from one to another, those without a payment too. */
function monthsBetween(from: string | undefined, to: string | undefined): string[] {
  const months: string[] = []
  for (let month = from; month !== undefined && to !== undefined && month <= to; ) {
    months.push(month)
    const [year = 0, place = 0] = month.split('-').map(Number)
    month = place === 12 ? `${year + 1}-01` : `${year}-${String(place + 1).padStart(2, '0')}`
  }
  return months
}
