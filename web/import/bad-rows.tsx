import type { ReactNode } from 'react'
import type { ImportDetail, ImportedKind, ImportProblem } from '#contract/import.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
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
      <PlainTable titles={['>import.rows', 'import.problem', 'import.firstRow', 'import.remedy']}>
        {of.problems.map((problem) => (
          <tr key={`${problem.code} ${problem.field}`}>
            <td className="right negative">{problem.count.toLocaleString('en')}</td>
            <td>{pick(problem)}</td>
            <td>{say('import.headerRow.at', { row: problem.firstRow })}</td>
            <td>{pick(problem.remedy)}</td>
          </tr>
        ))}
      </PlainTable>
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
      <PlainTable
        className="bad-rows"
        titles={[
          'import.rowNumber',
          'import.field',
          'import.value',
          'import.problem',
          'import.remedy',
        ]}
      >
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
      </PlainTable>
    </Card>
  )
}
