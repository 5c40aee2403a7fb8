import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PolicyWithDocument } from '#contract/policy.ts'
import type { IndicatorFormulas } from '#kernel/indicator/indicator-formulas.ts'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** Indicators that formulas define, each with its formula in the reader's words. */
export function IndicatorFormulasView(of: {
  readonly document: IndicatorFormulas
  readonly formulas: PolicyWithDocument['formulas']
}): ReactNode {
  const { pick, say } = useWords()
  return (
    <Card title={pick(of.document.label)}>
      <PlainTable
        titles={['policy.characteristic', 'formula.unit', 'formula.field', 'policy.meaning']}
      >
        {of.document.definitions.map(({ formula, id, label, meaning, unit }) => {
          const told = of.formulas?.[id]
          const text = told ? pick(told) : formula
          return (
            <tr key={id}>
              <th scope="row">{pick(label)}</th>
              <td>{say(`formula.unit.${unit}`)}</td>
              <td>
                <Link to={`/formulas?${new URLSearchParams({ formula: text, unit })}`}>
                  <code>{text}</code>
                </Link>
              </td>
              <td>{pick(meaning)}</td>
            </tr>
          )
        })}
      </PlainTable>
    </Card>
  )
}
