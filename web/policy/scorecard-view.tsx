import type { ReactNode } from 'react'
import type { Characteristic, Condition, Scorecard } from '#kernel/scoring/scorecard.ts'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { boundsText, Conditions, IndicatorName } from './condition-text.tsx'
import { VariantsView } from './variants-view.tsx'

/** A scorecard: each question with its answers and points, then what points alone do not give. */
export function ScorecardView({ card }: { card: Scorecard }): ReactNode {
  const { pick } = useWords()
  return (
    <>
      {card.dimensions.map(({ id, label }) => (
        <Card key={id} title={pick(label)}>
          <PlainTable
            titles={['policy.characteristic', 'policy.points', '>policy.most', '>policy.missing']}
          >
            {card.characteristics
              .filter(({ dimension }) => dimension === id)
              .map((each) => (
                <CharacteristicRow key={each.id ?? each.indicator} of={each} />
              ))}
          </PlainTable>
        </Card>
      ))}
      <Grades
        title="policy.requirements"
        note="policy.requirements.note"
        rows={(card.requirements ?? []).map(({ grade, needs, reason }) => ({
          ...{ grade, when: needs, reason },
        }))}
      />
      <Grades title="policy.floors" note="policy.floors.note" rows={card.floors ?? []} />
      <Grades
        title="policy.knockOuts"
        note="policy.knockOuts.note"
        rows={(card.knockOuts ?? []).map(({ cap, reason, when }) => ({ grade: cap, when, reason }))}
      />
      <VariantsView policy={card} show={(merged) => <ScorecardView card={merged} />} />
    </>
  )
}

function CharacteristicRow({ of }: { of: Characteristic }): ReactNode {
  const { pick, say } = useWords()
  const answers = useAnswers(of)
  const most = answers.map(([, points]) => points).reduce(larger, '0')
  return (
    <tr>
      <th scope="row">{of.label ? pick(of.label) : <IndicatorName id={of.indicator} />}</th>
      <td>
        <div className="answers">
          {answers.map(([answer, points]) => (
            <span key={answer} className="mark">
              {answer}: <strong>{points}</strong>
            </span>
          ))}
        </div>
        {of.curve && <div className="quiet">{say('policy.curve')}</div>}
      </td>
      <td className="right">{most}</td>
      <td className="right">
        {of.missing === 'neutral' ? (
          <span title={say('policy.neutral.note')}>{say('policy.neutral')}</span>
        ) : (
          of.missing
        )}
      </td>
    </tr>
  )
}

function useAnswers(of: Characteristic): readonly (readonly [answer: string, points: string])[] {
  const { pick, say } = useWords()
  const { bins, choices, curve } = of
  if (curve) return curve.map(({ at, points }) => [at, points])
  if (choices) {
    return choices.map(({ is, label, points }) => [
      label ? pick(label) : is === 'yes' || is === 'no' ? say(`ui.${is}`) : is,
      points,
    ])
  }
  return (bins ?? []).map((bin) => [
    bin.label ? pick(bin.label) : boundsText(bin) || say('policy.otherwise'),
    bin.points,
  ])
}

/** Points are small decimals without meaning as money. */
function larger(one: string, other: string): string {
  return Number(other) > Number(one) ? other : one
}

function Grades(of: {
  readonly title: 'policy.requirements' | 'policy.floors' | 'policy.knockOuts'
  readonly note: 'policy.requirements.note' | 'policy.floors.note' | 'policy.knockOuts.note'
  readonly rows: readonly {
    readonly grade: string
    readonly when: readonly Condition[]
    readonly reason: { readonly zh: string; readonly en: string }
  }[]
}): ReactNode {
  const { pick, say } = useWords()
  if (of.rows.length === 0) return null
  return (
    <Card title={say(of.title)}>
      <p className="quiet card-note">{say(of.note)}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{say('policy.grade')}</th>
            <th>{say('policy.when')}</th>
            <th>{say('ui.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {of.rows.map(({ grade, reason, when }) => (
            <tr key={reason.en}>
              <th scope="row">{grade}</th>
              <td>
                <Conditions of={when} />
              </td>
              <td>{pick(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
