import type { ReactNode } from 'react'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import type { Bounds, Condition } from '#kernel/scoring/scorecard.ts'
import { useWords } from '../ui/use-words.ts'

/** An indicator by its label; what it counts stands in its title. */
export function IndicatorName({ id }: { id: string }): ReactNode {
  const { pick } = useWords()
  const indicator = allIndicators.find((each) => each.id === id)
  if (!indicator) return <code>{id}</code>
  return <span title={`${id}: ${pick(indicator.meaning)}`}>{pick(indicator.label)}</span>
}

/** A range as it is written in a table: > 30, ≤ 60; empty where any value is meant. */
export function boundsText({ above, below, from, upTo }: Bounds): string {
  return [
    from === undefined ? '' : `≥ ${from}`,
    above === undefined ? '' : `> ${above}`,
    upTo === undefined ? '' : `≤ ${upTo}`,
    below === undefined ? '' : `< ${below}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** Conditions that must all hold. */
export function Conditions({ of }: { of: readonly Condition[] }): ReactNode {
  const { say } = useWords()
  return of.map((condition) => (
    <div key={`${condition.indicator} ${boundsText(condition)}`}>
      <IndicatorName id={condition.indicator} />{' '}
      {condition.is === undefined
        ? boundsText(condition)
        : `= ${condition.is === 'yes' || condition.is === 'no' ? say(`ui.${condition.is}`) : condition.is}`}
    </div>
  ))
}
