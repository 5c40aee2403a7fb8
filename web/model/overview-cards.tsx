import { Alert } from 'antd'
import type { ReactNode } from 'react'
import type { ModelResult } from '#contract/model.ts'
import { Chart } from '../ui/chart.tsx'
import { Figures } from '../ui/figures.tsx'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { percentText, rangeText } from './figure-text.ts'

/** What it was learned from, how well it tells, and what it cannot tell: above all else. */
export function OverviewCards({ result }: { result: ModelResult }): ReactNode {
  const { pick, say } = useWords()
  const { badCustomers, bads, cases, customers, inSample, outOfTime } = result
  const told = inSample?.quality
  const isOfMonths = result.months.length > 0
  const later = outOfTime?.quality
  // Of an updated card the first tells why it is no model.
  const [first, ...others] = result.limits
  const isUpdated = result.kind === 'expert-updated' && first !== undefined
  const limits = isUpdated ? others : result.limits
  return (
    <>
      {isUpdated && (
        <Alert type="warning" showIcon title={pick(first)} className="model-fallback" />
      )}
      <Card>
        <Figures
          items={[
            {
              name: say('model.cases'),
              value: cases,
              ...(isOfMonths && { note: say('model.cases.note', { count: customers }) }),
            },
            {
              name: say('model.bads'),
              value: bads,
              ...(isOfMonths && { note: say('model.bads.note', { count: badCustomers }) }),
            },
            ...(told
              ? [
                  {
                    name: say('model.auc.in'),
                    value: told.auc.value.toFixed(3),
                    note: rangeText(told.auc),
                  },
                  {
                    name: say('model.auc.out'),
                    value: later ? later.auc.value.toFixed(3) : '-',
                    ...(later && { note: rangeText(later.auc) }),
                    ...(!later && isOfMonths && { note: say('model.auc.none') }),
                  },
                ]
              : []),
            {
              name: say('model.characteristics'),
              value: result.characteristics.length,
              ...(result.leftOut.length > 0 && {
                note: say('model.characteristics.note', { count: result.leftOut.length }),
              }),
            },
          ]}
        />
        <h3>{say('model.limits')}</h3>
        <ul className="changes">
          {limits.map((limit) => (
            <li key={limit.en}>{pick(limit)}</li>
          ))}
        </ul>
      </Card>
      {isOfMonths && <MonthsCard months={result.months} />}
    </>
  )
}

function MonthsCard({ months }: Pick<ModelResult, 'months'>): ReactNode {
  const { say } = useWords()
  const whole = (value: string) => value
  return (
    <Card title={say('model.byMonth')}>
      <Chart
        label={say('model.byMonth')}
        height={200}
        categoryName={say('model.month')}
        categories={months.map(({ asOf }) => asOf.slice(0, 7))}
        series={[
          {
            ...{ name: say('model.good'), kind: 'bar', tone: 'quiet', stack: 'cases', text: whole },
            values: months.map(({ bads, cases }) => String(cases - bads)),
          },
          {
            ...{ name: say('model.bads'), kind: 'bar', tone: 'bad', stack: 'cases', text: whole },
            values: months.map(({ bads }) => String(bads)),
          },
          {
            ...{ name: say('model.badRate'), kind: 'line', tone: 'accent', isRight: true },
            text: (value) => `${value}%`,
            values: months.map(({ bads, cases }) => percentText(bads / cases, '')),
          },
        ]}
      />
    </Card>
  )
}
