import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { ImportOptions } from '#contract/import.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import type { Describing } from './describing.ts'

/** The first rows under their columns; above each the field that it fills, and why. */
export function ColumnTable({ describe, detail, preview }: Describing): ReactNode {
  const { say } = useWords()
  const { headers } = preview.reading
  const indexes = Array.from({ length: preview.width }, (_, index) => index)
  return (
    <Card title={say('import.columns')}>
      <p className="quiet">{say('import.columns.note', { count: preview.rows.length })}</p>
      <section className="table-scroll column-table" aria-label={say('import.columns')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col" className="row-number">
                {say('import.rowNumber')}
              </th>
              {indexes.map((index) => (
                <th scope="col" key={index}>
                  <div className="column-header">
                    {headers[index] || say('import.column', { number: index + 1 })}
                  </div>
                  <FieldChoice index={index} {...{ describe, detail, preview }} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map(({ cells, row }) => (
              <tr key={row}>
                <th scope="row" className="row-number">
                  {row}
                </th>
                {indexes.map((index) => (
                  <td key={index} title={cells[index]}>
                    {cells[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  )
}

const leftOut = ''

function FieldChoice(of: Describing & { readonly index: number }): ReactNode {
  const { pick, say } = useWords()
  const { detail, index, preview } = of
  const { columns, headers } = preview.reading
  const guess = columns.find((column) => column.index === index)
  const options = fieldsOf(detail.kind).map((field) => {
    const other = columns.find((column) => column.field === field.id && column.index !== index)
    const label = field.required
      ? say('import.needed', { label: pick(field.label) })
      : pick(field.label)
    return {
      value: field.id,
      label: other ? say('import.usedBy', { label, number: other.index + 1 }) : label,
    }
  })
  const name = { number: index + 1, header: headers[index] ?? '' }
  return (
    <>
      <Select
        aria-label={say('import.columnOf', name)}
        size="small"
        className={guess ? 'field-choice' : 'field-choice field-none'}
        value={guess?.field ?? leftOut}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        options={[{ value: leftOut, label: say('import.leftOut') }, ...options]}
        onChange={(field: string) =>
          of.describe({ options: withColumn(detail.options, headers, { index, field }) })
        }
      />
      <div className="column-why">{guess && <Confidence {...guess} />}</div>
    </>
  )
}

function Confidence({ confidenceBps, why }: { confidenceBps: number; why: string }): ReactNode {
  const { say } = useWords()
  const tone = confidenceBps >= 9_000 ? 'mark-good' : confidenceBps >= 7_000 ? '' : 'mark-warn'
  return (
    <>
      <span className={`mark ${tone}`}>{Math.floor(confidenceBps / 100)}%</span>{' '}
      <span className="quiet">
        {say(`import.why.${why as 'header' | 'similar-header' | 'asked' | 'remembered'}`)}
      </span>
    </>
  )
}

/** The options with a column given to a field, or left out. */
function withColumn(
  options: ImportOptions,
  headers: readonly string[],
  { field, index }: { readonly field: string; readonly index: number },
): ImportOptions {
  const number = `#${index + 1}`
  const isOther = (told: string) =>
    told !== number && (headers[index] === '' || told !== headers[index])
  const { ignore = [], map = {}, ...others } = options
  const said = Object.entries(map).filter(([name, told]) => name !== field && isOther(told))
  const left = ignore.filter(isOther)
  if (field === leftOut) left.push(number)
  else said.push([field, number])
  return {
    ...others,
    ...(said.length > 0 && { map: Object.fromEntries(said) }),
    ...(left.length > 0 && { ignore: left }),
  }
}
