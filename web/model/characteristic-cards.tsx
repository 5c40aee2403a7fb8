import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { ModelResult } from '#contract/model.ts'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { percentText } from './figure-text.ts'
import { canMerge, type Part, type Staged, stagedParts } from './staged-changes.ts'
import { usePartText } from './use-part-text.ts'

type Of = {
  readonly result: ModelResult
  readonly staged: Staged
  readonly stage: (staged: Staged) => void
}

/** Each characteristic with its bins; neighbouring ones may be merged, and all of it left out. */
export function CharacteristicCards(of: Of): ReactNode {
  return of.result.characteristics.map((each) => (
    <CharacteristicCard key={each.id} {...of} characteristic={each} />
  ))
}

function CharacteristicCard(
  of: Of & { readonly characteristic: ModelResult['characteristics'][number] },
): ReactNode {
  const { pick, say } = useWords()
  const { characteristic, stage, staged } = of
  const { direction, id, iv, label } = characteristic
  const name = pick(label)
  const parts = stagedParts(characteristic, staged)
  const most = Math.max(...characteristic.parts.map(({ points }) => points ?? 0))
  const isOut = staged.without.includes(id)
  const leaveOut = () =>
    stage({
      merges: staged.merges.filter((merge) => merge.id !== id),
      without: [...staged.without, id],
    })
  return (
    <Card
      title={name}
      extra={
        <span className="acts">
          <span className="quiet">
            {say('model.iv')} {iv.toFixed(3)} · {say(`model.direction.${direction}`)}
            {most > 0 && ` · ${say('model.mostPoints', { points: most.toFixed(2) })}`}
          </span>
          <Button
            size="small"
            disabled={isOut}
            aria-label={say('model.leaveOut.of', { name })}
            onClick={leaveOut}
          >
            {say('model.leaveOut')}
          </Button>
        </span>
      }
    >
      {!isOut && (
        <Bins
          name={name}
          unit={characteristic.unit}
          parts={parts}
          merge={(bin) => stage({ ...staged, merges: [...staged.merges, { id, bin }] })}
        />
      )}
    </Card>
  )
}

function Bins(of: {
  readonly name: string
  readonly unit: string
  readonly parts: readonly Part[]
  readonly merge: (bin: number) => void
}): ReactNode {
  const { say } = useWords()
  const textOf = usePartText(of.unit)
  const rateOf = ({ bad, good }: Part) => (bad + good === 0 ? 0 : bad / (bad + good))
  const most = Math.max(...of.parts.map(rateOf), 0.0001)
  const all = of.parts.reduce((sum, { bad, good }) => sum + bad + good, 0)
  return (
    <PlainTable
      className="bins"
      titles={[
        'model.bin',
        ...(['>model.cases', '>model.bad'] as const),
        'model.badRate',
        ...(['>model.woe', '>model.points', '~model.merge'] as const),
      ]}
    >
      {of.parts.map((part, at) => {
        const { bad, good, points, woe } = part
        const bin = textOf(part)
        const isEmpty = bad + good === 0
        return (
          <tr key={bin}>
            <th scope="row">{bin}</th>
            <td className="right">
              {good + bad} <span className="quiet">{percentText((good + bad) / all)}</span>
            </td>
            <td className="right">{bad}</td>
            <td>
              {isEmpty ? (
                <span className="quiet">{say('model.empty')}</span>
              ) : (
                <span className="rate">
                  <span className="rate-bar" aria-hidden="true">
                    <span
                      className="rate-part"
                      style={{ width: `${(100 * rateOf(part)) / most}%` }}
                    />
                  </span>
                  {percentText(rateOf(part))}
                </span>
              )}
            </td>
            <td className="right">{woe.toFixed(3)}</td>
            <td className="right">{points?.toFixed(2) ?? '-'}</td>
            <td className="right">
              {canMerge(of.parts, at) && (
                <Button
                  size="small"
                  aria-label={say('model.merge.of', { name: of.name, bin })}
                  onClick={() => of.merge(at)}
                >
                  {say('model.merge')}
                </Button>
              )}
            </td>
          </tr>
        )
      })}
    </PlainTable>
  )
}
