import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Figure, Figures } from '#contract/report.ts'
import { signOf } from '../ui/amount-text.ts'
import { get } from '../ui/api.ts'
import { unitChoice } from '../ui/appearance.ts'
import { Explained } from '../ui/explained.tsx'
import { momentText } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { Sparkline } from '../ui/sparkline.tsx'
import { useWords } from '../ui/use-words.ts'
import { changeText, figureText, newsOf } from './figure-text.ts'

/** The list behind a figure, where there is one. */
const lists: Partial<Record<Figure['id'], string>> = {
  'overdue-share': '/invoices?state=overdue',
  dso: '/ageing',
  utilisation: '/customers?sort=-utilisation',
  'orders-held': '/holds',
}

/** Stands in the card of another: the two are one question. */
const beside: Partial<Record<Figure['id'], Figure['id']>> = {
  'hold-hours-median': 'hold-hours-p90',
}
const expected = 6

/** The figures of the company with what became of them in a month and in a year. */
export function FigureCards(): ReactNode {
  const { say } = useWords()
  const path = '/api/figures'
  const figures = useQuery({ queryKey: [path], queryFn: () => get<Figures>(path) })
  const { data } = figures
  if (data?.asOf === null) {
    return (
      <Card>
        <EmptyState title={say('figure.none')} text={say('figure.none.text')} />
      </Card>
    )
  }
  if (!data && figures.error) {
    return <ProblemNote error={figures.error} retry={() => figures.refetch()} />
  }
  return (
    <section aria-label={say('today.figures')}>
      <div className="figure-cards">
        {data
          ? data.items
              .filter(({ id }) => !Object.values(beside).includes(id))
              .map((figure) => <FigureCard key={figure.id} figure={figure} of={data} />)
          : Array.from({ length: expected }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
              <section key={at} className="card figure-card">
                <Skeleton active title={false} paragraph={{ rows: 3 }} />
              </section>
            ))}
      </div>
      <p className="quiet figure-note">
        {data?.recordedAt && say('figure.recorded', { moment: momentText(data.recordedAt) })}{' '}
        {data && data.unvaluedCurrencies.length > 0 && (
          <span>{say('figure.unvalued', { currencies: data.unvaluedCurrencies.join(', ') })}</span>
        )}
      </p>
    </section>
  )
}

function FigureCard({ figure, of }: { figure: Figure; of: Figures }): ReactNode {
  const { pick } = useWords()
  const list = lists[figure.id]
  const label = pick(figure.label)
  const second = of.items.find(({ id }) => id === beside[figure.id])
  return (
    <section className="card figure-card">
      <h2>{list ? <Link to={list}>{label}</Link> : label}</h2>
      <p className="figure-value">
        <Value figure={figure} of={of} />
      </p>
      <Change figure={figure} />
      {second && (
        <p className="figure-change">
          {pick(second.label)}{' '}
          <strong>
            <Value figure={second} of={of} />
          </strong>
        </p>
      )}
      <Trend figure={figure} label={label} />
    </section>
  )
}

/** The value, which tells its formula and inputs when one points at it. */
function Value({ figure, of }: { figure: Figure; of: Figures }): ReactNode {
  const { pick, say } = useWords()
  const unit = unitChoice.use()
  const textOf = (one: Pick<Figure, 'unit' | 'currency' | 'value'>) => {
    const text = figureText(one.value, one, say)
    return one.currency && one.value !== null ? `${text} ${one.currency}` : text
  }
  const before = { ...figure, value: figure.monthAgo }
  const inputs = figure.inputs.map((input) => [pick(input.label), textOf(input)] as const)
  if (of.monthAgoOn !== null) {
    inputs.push([say('figure.monthAgo', { day: of.monthAgoOn }), textOf(before)])
  }
  const asOf = of.recordedAt ?? of.asOf
  return (
    <Explained by={{ formula: pick(figure.formula), inputs, ...(asOf && { asOf }) }}>
      {figureText(figure.value, figure, say, unit)}
      {figure.currency && <span className="currency"> {figure.currency}</span>}
    </Explained>
  )
}

/** The change in a month: an arrow, how much, and in a word whether that is good. */
function Change({ figure }: { figure: Figure }): ReactNode {
  const { say } = useWords()
  const unit = unitChoice.use()
  const { change } = figure
  if (change === null) return <p className="figure-change">{say('figure.noMonthAgo')}</p>
  const news = newsOf(figure)
  if (news === 'same') return <p className="figure-change">{say('figure.same')}</p>
  return (
    <p className={`figure-change news-${news}`}>
      <span aria-hidden="true">{signOf(change) > 0 ? '▲' : '▼'}</span>
      <span className="sr-only">{signOf(change) > 0 ? '+' : '-'}</span>{' '}
      {changeText(change, figure, say, unit)}{' '}
      <span>{say(news === 'neither' ? 'figure.changed' : `figure.${news}`)}</span>
    </p>
  )
}

function Trend({ figure, label }: { figure: Figure; label: string }): ReactNode {
  const { say } = useWords()
  const known = figure.points.filter(({ value }) => value !== null)
  const [first, last] = [known[0], known.at(-1)]
  const text =
    first && last && known.length > 1
      ? say('figure.trend', {
          label,
          ...{ from: first.on, first: figureText(first.value, figure, say) },
          ...{ to: last.on, last: figureText(last.value, figure, say) },
        })
      : say('figure.trend.none', { label })
  return (
    <Sparkline
      label={text}
      values={figure.points.map(({ value }) => (value === null ? null : Number(value)))}
    />
  )
}
