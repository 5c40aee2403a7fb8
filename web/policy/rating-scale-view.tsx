import type { ReactNode } from 'react'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'

export function RatingScaleView({ scale }: { scale: RatingScale }): ReactNode {
  const { pick, say } = useWords()
  return (
    <Card title={pick(scale.label)}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{say('policy.grade')}</th>
            <th>{say('policy.meaning')}</th>
            <th className="right">{say('policy.minimumScore')}</th>
            <th className="right">{say('policy.default')}</th>
          </tr>
        </thead>
        <tbody>
          {scale.grades.map((grade) => (
            <tr key={grade.code}>
              <th scope="row">
                <strong>{grade.code}</strong>
              </th>
              <td>{pick(grade.label)}</td>
              <td className="right">{grade.minimumScore}</td>
              <td className="right">{grade.defaultProbability ?? '-'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
