import type { ReactNode } from 'react'
import type { Monitoring } from '#contract/monitoring.ts'
import { Chart } from '../ui/chart.tsx'
import { Mark, type Tone } from '../ui/mark.tsx'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

type Verdict = Monitoring['score']['verdict'] | Monitoring['calibration']['verdict']

const tones: Readonly<Record<Verdict, Tone>> = {
  stable: 'good',
  watch: 'warn',
  shifted: 'bad',
  'too-few': 'plain',
  'as-told': 'good',
  worse: 'bad',
  better: 'warn',
}

export function verdictTone(verdict: Verdict): Tone {
  return tones[verdict]
}

/** Whether customers fall elsewhere than when the card began: by grade, and by characteristic. */
export function ShiftedCard({ latest }: { latest: Monitoring }): ReactNode {
  const { pick, say } = useWords()
  const { characteristics, customers, score } = latest
  const share = (count: number, of: number) => (of === 0 ? '0' : ((count / of) * 100).toFixed(1))
  const text = (value: string) => `${value}%`
  return (
    <Card title={say('monitor.shift')}>
      <p>
        {say('monitor.psi.score', { psi: score.psi.toFixed(3) })}{' '}
        <Mark tone={verdictTone(score.verdict)}>{say(`monitor.verdict.${score.verdict}`)}</Mark>
      </p>
      <Chart
        label={say('monitor.grades')}
        categoryName={say('impact.grade')}
        categories={score.grades.map(({ grade }) => grade)}
        series={[
          {
            ...{ name: say('monitor.before'), kind: 'bar', tone: 'quiet', text },
            values: score.grades.map(({ before }) => share(before, customers.before)),
          },
          {
            ...{ name: say('monitor.now'), kind: 'bar', tone: 'accent', text },
            values: score.grades.map(({ now }) => share(now, customers.now)),
          },
        ]}
      />
      <p className="quiet">{say('monitor.shift.note')}</p>
      <PlainTable
        titles={[
          ...(['monitor.characteristic', '>monitor.psi', '>monitor.byChance'] as const),
          'monitor.verdict',
        ]}
      >
        {[...characteristics]
          .sort((a, b) => b.psi - a.psi)
          .map(({ byChance, id, label, psi, verdict }) => (
            <tr key={id}>
              <th scope="row">{pick(label)}</th>
              <td className="right">{psi.toFixed(3)}</td>
              <td className="right">{byChance.toFixed(3)}</td>
              <td>
                <Mark tone={verdictTone(verdict)}>{say(`monitor.verdict.${verdict}`)}</Mark>
              </td>
            </tr>
          ))}
      </PlainTable>
    </Card>
  )
}
