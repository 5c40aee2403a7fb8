import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PolicyWithDocument } from '#contract/policy.ts'
import type { IndicatorFormulas } from '#kernel/indicator/indicator-formulas.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'

/** Indicators that formulas define, each with its formula in the reader's words. */
export function IndicatorFormulasView(of: {
  readonly document: IndicatorFormulas
  readonly formulas: PolicyWithDocument['formulas']
}): ReactNode {
  const { pick, say } = useWords()
  return (
    <Card title={pick(of.document.label)}>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{say('policy.characteristic')}</th>
              <th scope="col">{say('formula.unit')}</th>
              <th scope="col">{say('formula.field')}</th>
              <th scope="col">{say('policy.meaning')}</th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
    </Card>
  )
}
