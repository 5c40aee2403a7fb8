import type { ReactNode } from 'react'
import type { ModelResult } from '#contract/model.ts'
import { Chart } from '../ui/chart.tsx'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { changeText, percentText, rangeText } from './figure-text.ts'

const measures = ['auc', 'ks', 'brier'] as const

/** How well a model tells bad from good, how true its chances are, and what merging by hand cost. */
export function QualityCards({ result }: { result: ModelResult }): ReactNode {
  const { say } = useWords()
  const { inSample, outOfTime } = result
  return (
    <>
      <ByHandCard result={result} />
      <Card title={say('model.quality')}>
        <p className="quiet card-note">{say('model.quality.note')}</p>
        <PlainTable titles={['model.measure', '>model.in', '>model.out']}>
          {measures.map((measure) => (
            <tr key={measure}>
              <th scope="row">
                {say(`model.${measure}`)}
                <div className="quiet">{say(`model.${measure}.meaning`)}</div>
              </th>
              <Told of={inSample?.quality?.[measure]} />
              <Told of={outOfTime?.quality?.[measure]} />
            </tr>
          ))}
          <tr>
            <th scope="row">
              {say('model.slope')}
              <div className="quiet">{say('model.slope.meaning')}</div>
            </th>
            <td className="right">{inSample?.slope.toFixed(2)}</td>
            <td className="right quiet">-</td>
          </tr>
          <tr>
            <th scope="row">
              {say('model.psi')}
              <div className="quiet">
                {say('model.psi.meaning')}
                {outOfTime &&
                  ` · ${say('model.psi.chance', { value: outOfTime.psiByChance.toFixed(3) })}`}
              </div>
            </th>
            <td className="right quiet">-</td>
            <td className="right">{outOfTime ? outOfTime.psi.toFixed(3) : '-'}</td>
          </tr>
        </PlainTable>
        <div className="columns model-calibration">
          {inSample && (
            <Calibration title={say('model.calibration.in')} parts={inSample.calibration} />
          )}
          {outOfTime && (
            <Calibration title={say('model.calibration.out')} parts={outOfTime.calibration} />
          )}
        </div>
      </Card>
    </>
  )
}

type Interval = { readonly value: number; readonly low: number; readonly high: number }

function Told({ of }: { of: Interval | undefined }): ReactNode {
  if (!of) return <td className="right quiet">-</td>
  return (
    <td className="right">
      {of.value.toFixed(3)} <span className="quiet nowrap">{rangeText(of)}</span>
    </td>
  )
}

function Calibration(of: {
  readonly title: string
  readonly parts: NonNullable<ModelResult['inSample']>['calibration']
}): ReactNode {
  const { say } = useWords()
  const percent = (value: string) => `${value}%`
  return (
    <div>
      <h3>{of.title}</h3>
      <Chart
        label={of.title}
        height={200}
        categoryName={say('model.tenth')}
        categories={of.parts.map((_, part) => String(part + 1))}
        series={[
          {
            ...{ name: say('model.seen'), kind: 'bar', tone: 'bad', text: percent },
            values: of.parts.map(({ bads, cases }) => percentText(bads / cases, '')),
          },
          {
            ...{ name: say('model.told'), kind: 'line', tone: 'accent', text: percent },
            values: of.parts.map(({ told }) => percentText(told, '')),
          },
        ]}
      />
    </div>
  )
}

function ByHandCard({ result: { byHand, inSample } }: { result: ModelResult }): ReactNode {
  const { pick, say } = useWords()
  if (byHand === null) return null
  const after = inSample?.quality
  const rows = [
    ...(byHand.before && after
      ? measures.map((measure) => ({
          name: say(`model.${measure}`),
          before: byHand.before?.[measure].value ?? 0,
          after: after[measure].value,
        }))
      : []),
    ...byHand.characteristics.map(({ ivAfter, ivBefore, label }) => ({
      name: say('model.byHand.iv', { name: pick(label) }),
      before: ivBefore,
      after: ivAfter,
    })),
  ]
  return (
    <Card title={say('model.byHand')}>
      <p className="quiet card-note">{say('model.byHand.note')}</p>
      <PlainTable
        titles={[
          'model.measure',
          ...(['>model.byHand.before', '>model.byHand.after', '>model.byHand.change'] as const),
        ]}
      >
        {rows.map(({ after: then, before, name }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="right">{before.toFixed(3)}</td>
            <td className="right">{then.toFixed(3)}</td>
            <td className="right">{changeText(before, then)}</td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}
