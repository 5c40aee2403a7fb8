import type { ReactNode } from 'react'
import type { ModelResult } from '#contract/model.ts'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { type Say, useWords } from '../ui/use-words.ts'

/** With too few bad customers: how the weights of the card in force were moved. */
export function WeightsCard({ result }: { result: ModelResult }): ReactNode {
  const { pick, say } = useWords()
  return (
    <Card title={say('model.weights')}>
      <p className="quiet card-note">{say('model.weights.note')}</p>
      <PlainTable titles={['model.characteristics', 'model.weight']}>
        {result.characteristics.map(({ coefficient, id, label }) => (
          <tr key={id}>
            <th scope="row">{pick(label)}</th>
            <td>{moveText(coefficient, say)}</td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}

function moveText(factor: number, say: Say): string {
  const percent = Math.round(100 * factor) - 100
  if (percent === 0) return say('model.weight.same')
  return percent > 0
    ? say('model.weight.up', { percent })
    : say('model.weight.down', { percent: -percent })
}
