import type { ReactNode } from 'react'
import type { GroupComparison } from '#contract/pilot.ts'
import { amountText } from '../ui/amount-text.ts'
import { Mark } from '../ui/mark.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import type { WordKey } from '../words.ts'

type Figure = GroupComparison['figures'][number]
type Names = { readonly champion: WordKey; readonly challenger: WordKey }

/** Whether more than chance sets the groups apart. */
export function isDifferent({ verdict }: Pick<Figure, 'verdict'>): boolean {
  return verdict === 'higher' || verdict === 'lower'
}

/** Two groups of customers held against each other, with what chance alone may make of it. */
export function Comparison(of: {
  readonly comparison: GroupComparison
  readonly names: Names
  /** Whether what is seen is a result. */
  readonly isResult: boolean
}): ReactNode {
  const { say } = useWords()
  const { comparison, isResult, names } = of
  const { before, challengers, champions, figures, from, lateDays, through } = comparison
  return (
    <>
      <p>
        {say('pilot.groups', {
          ...{ from, through, champions, challengers },
          ...{ champion: say(names.champion), challenger: say(names.challenger) },
        })}
      </p>
      <Figures {...{ comparison, figures, names, isResult }} />
      <p className="quiet">{say('pilot.method', { days: lateDays })}</p>
      <details>
        <summary>{say('pilot.before')}</summary>
        <p className="quiet">{say('pilot.before.note')}</p>
        <Figures {...{ comparison, figures: before, names, isResult: true }} />
      </details>
    </>
  )
}

function Figures(of: {
  readonly comparison: GroupComparison
  readonly figures: readonly Figure[]
  readonly names: Names
  readonly isResult: boolean
}): ReactNode {
  const { say } = useWords()
  const currency = of.comparison.baseCurrency
  return (
    <PlainTable
      titles={[
        'pilot.figure',
        `>${of.names.champion}`,
        `>${of.names.challenger}`,
        ...(['>pilot.difference', 'pilot.interval', 'pilot.verdict'] as const),
      ]}
    >
      {of.figures.map((figure) => {
        const { challenger, champion, difference, high, low } = figure
        const text = (value: string | null) => valueText(value, figure, currency)
        const gap = (value: string | null) => differenceText(value, figure, { currency, say })
        return (
          <tr key={figure.id}>
            <th scope="row">{figureName(figure.id, of.comparison, say)}</th>
            <td className="right">{text(champion)}</td>
            <td className="right">{text(challenger)}</td>
            <td className="right">{gap(difference)}</td>
            <td>{low !== null && say('pilot.between', { low: gap(low), high: gap(high) })}</td>
            <td>
              {of.isResult ? (
                <Mark tone={isDifferent(figure) ? 'warn' : 'plain'}>
                  {say(`pilot.verdict.${figure.verdict}`, { detectable: gap(figure.detectable) })}
                </Mark>
              ) : (
                '-'
              )}
            </td>
          </tr>
        )
      })}
    </PlainTable>
  )
}

/** What a figure of a comparison is called. */
export function figureName(id: string, { lateDays }: GroupComparison, say: Say): string {
  return say(`pilot.figure.${id}` as WordKey, { days: lateDays })
}

function valueText(value: string | null, { unit }: Figure, currency: string): string {
  if (value === null) return '-'
  if (unit === 'percent') return `${value}%`
  return unit === 'amount' ? `${amountText(value)} ${currency}` : value
}

function differenceText(
  value: string | null,
  figure: Figure,
  { currency, say }: { readonly currency: string; readonly say: Say },
): string {
  if (value === null) return '-'
  const sign = value.startsWith('-') ? '' : '+'
  return figure.unit === 'percent'
    ? say('pilot.points', { value: `${sign}${value}` })
    : `${sign}${valueText(value, figure, currency)}`
}
