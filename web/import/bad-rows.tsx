import type { ReactNode } from 'react'
import type { ImportDetail, ImportedKind, ImportProblem } from '#contract/import.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'

/** Bad rows by what is wrong with them: one line for each reason, however many rows have it. */
export function ProblemGroups(of: {
  readonly problems: readonly ImportProblem[]
  readonly kind: ImportedKind
}): ReactNode {
  const { pick, say } = useWords()
  if (of.problems.length === 0) return null
  return (
    <Card title={say('import.problems')}>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col" className="right">
                {say('import.rows')}
              </th>
              <th scope="col">{say('import.problem')}</th>
              <th scope="col">{say('import.firstRow')}</th>
              <th scope="col">{say('import.remedy')}</th>
            </tr>
          </thead>
          <tbody>
            {of.problems.map((problem) => (
              <tr key={`${problem.code} ${problem.field}`}>
                <td className="right negative">{problem.count.toLocaleString('en')}</td>
                <td>{pick(problem)}</td>
                <td>{say('import.headerRow.at', { row: problem.firstRow })}</td>
                <td>{pick(problem.remedy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

/** The first bad rows one by one, each with the cell that is meant. */
export function BadRows({ detail }: { detail: ImportDetail }): ReactNode {
  const { pick, say } = useWords()
  if (detail.rejected.length === 0) return null
  const labelOf = (id: string) => {
    const label = fieldsOf(detail.kind).find((field) => field.id === id)?.label
    return label ? pick(label) : ''
  }
  return (
    <Card title={say('import.badRows', { count: detail.rejected.length })}>
      <div className="table-scroll">
        <table className="plain-table bad-rows">
          <thead>
            <tr>
              <th scope="col">{say('import.rowNumber')}</th>
              <th scope="col">{say('import.field')}</th>
              <th scope="col">{say('import.value')}</th>
              <th scope="col">{say('import.problem')}</th>
              <th scope="col">{say('import.remedy')}</th>
            </tr>
          </thead>
          <tbody>
            {detail.rejected.flatMap(({ problems, row }) =>
              problems.map((problem, at) => (
                <tr key={`${row} ${problem.code} ${problem.field}`}>
                  <th scope="row">{at === 0 ? row : ''}</th>
                  <td>{labelOf(problem.field)}</td>
                  <td className="bad-cell">{problem.value}</td>
                  <td>{pick(problem)}</td>
                  <td>{pick(problem.remedy)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
