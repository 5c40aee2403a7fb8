import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { FormulaChecked } from '#contract/formula.ts'
import { DayText } from '../ui/money.tsx'
import { Card, Descriptions } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** What a formula is, how its values spread, and what it gives for single customers. */
export function FormulaAnswer({ checked }: { readonly checked: FormulaChecked }): ReactNode {
  const { language, pick, say } = useWords()
  const { formula, sample, spread, type } = checked
  if (!formula || !type) return null
  const { customers = 0, lines = [], missing = 0 } = spread ?? {}
  return (
    <>
      <Card
        title={say('formula.gives', { type: pick(type.name) })}
        extra={
          customers > 0 && (
            <span className="quiet">{say('formula.spread', { customers, missing })}</span>
          )
        }
      >
        <p className="formula-written">
          <span className="quiet">{say('formula.written')}</span>{' '}
          <code>{language === 'en' ? formula.en : formula.zh}</code>
        </p>
        <Descriptions
          items={lines.map(({ at, count, shown }) => [
            at ? pick(at) : pick(shown),
            <span className="figure" key="value">
              {count === null ? pick(shown) : say('formula.count', { count })}
            </span>,
          ])}
        />
      </Card>
      {sample && <Sample sample={sample} />}
    </>
  )
}

function Sample(of: { readonly sample: NonNullable<FormulaChecked['sample']> }): ReactNode {
  const { pick, say } = useWords()
  return (
    <Card title={say('formula.sample')}>
      {of.sample.length === 0 && <p className="quiet">{say('formula.noCustomers')}</p>}
      <PlainTable titles={['ui.customer', '>formula.value', 'formula.why', 'ui.asOf']}>
        {of.sample.map(({ asOf, because, code, name, partyId, shown, value }) => (
          <tr key={partyId}>
            <th scope="row">
              <Link to={`/customers/${partyId}`}>{name}</Link> <span className="quiet">{code}</span>
            </th>
            <td className={value === null ? 'right quiet' : 'right figure'}>{pick(shown)}</td>
            <td>{pick(because)}</td>
            <td>
              <DayText day={asOf} />
            </td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}
