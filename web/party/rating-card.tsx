import type { ReactNode } from 'react'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { signOf } from '../ui/amount-text.ts'
import { Chart } from '../ui/chart.tsx'
import { Explained } from '../ui/explained.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useSource } from '../ui/use-source.ts'
import { useWords } from '../ui/use-words.ts'

type Rating = NonNullable<CreditFileShown['rating']>
type History = CreditFileShown['ratingHistory']

/** The grade with the points of each characteristic against what is possible, and how it went. */
export function RatingCard(of: { rating: Rating | null; history: History }): ReactNode {
  const { pick, say } = useWords()
  const source = useSource()
  const { history, rating } = of
  if (!rating) {
    return (
      <Card title={say('file.rating')}>
        <EmptyState title={say('file.rating.none')} text={say('file.rating.none.text')} />
      </Card>
    )
  }
  const [first] = rating.explanation
  return (
    <Card title={say('file.rating')} extra={<DayText day={rating.asOf} />}>
      <p className="rating-line">
        <Explained by={source(rating.provenance)}>
          <strong className="grade">{rating.grade}</strong>
        </Explained>
        <span>{first && pick(first)}</span>
        {rating.variant && (
          <Mark tone="plain">{say('variant.under', { name: pick(rating.variant) })}</Mark>
        )}
      </p>
      <Points rating={rating} />
      <details className="in-words">
        <summary>{say('file.rating.why')}</summary>
        <ul>
          {rating.explanation.map((sentence) => (
            <li key={sentence.en}>{pick(sentence)}</li>
          ))}
        </ul>
      </details>
      {history.length > 1 && <RatingHistory history={history} />}
    </Card>
  )
}

function Points({ rating }: { rating: Rating }): ReactNode {
  const { pick, say } = useWords()
  return (
    <PlainTable
      className="points"
      titles={['file.rating.item', '>file.rating.value', 'file.rating.points']}
    >
      {rating.points.map(({ characteristic, label, maximum, points, shown, value, why }) => (
        <tr key={characteristic}>
          <th scope="row">{pick(label)}</th>
          <td className="right">
            {why ? (
              <Explained by={{ formula: pick(why.formula), inputs: [['', pick(why.because)]] }}>
                {pick(shown)}
              </Explained>
            ) : (
              pick(shown)
            )}
          </td>
          <td>
            {value === null && signOf(maximum) === 0 ? (
              <span className="quiet">{say('file.rating.unknown')}</span>
            ) : (
              <PointBar points={points} maximum={maximum} />
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}

/** As long as the maximum weighs, filled as far as the points go. */
function PointBar({ maximum, points }: { maximum: string; points: string }): ReactNode {
  return (
    <span className="point-bar">
      <meter min={0} max={Number(maximum)} value={Number(points)} aria-hidden />
      <span className="figure">
        {points.replace(/\.00$/, '')} / {maximum.replace(/\.00$/, '')}
      </span>
    </span>
  )
}

function RatingHistory({ history }: { history: History }): ReactNode {
  const { say } = useWords()
  const from = history[0]
  const to = history.at(-1)
  if (!from || !to) return null
  const grades = new Map(history.map(({ grade, score }) => [score, grade]))
  return (
    <>
      <h3>{say('file.rating.history')}</h3>
      <Chart
        height={140}
        label={say('file.rating.history.label', {
          from: `${from.grade} ${from.score}`,
          to: `${to.grade} ${to.score}`,
        })}
        categoryName={say('file.day')}
        categories={history.map(({ on }) => on)}
        series={[
          {
            ...{ name: say('file.rating.score'), kind: 'line', tone: 'accent', isFloating: true },
            values: history.map(({ score }) => score),
            text: (score) => `${score} ${grades.get(score) ?? ''}`,
          },
        ]}
      />
    </>
  )
}
