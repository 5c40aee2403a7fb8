import { Alert, Radio } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ImportDetail, ImportPreview, OpenDates } from '#contract/import.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { ProblemError } from '../ui/api.ts'
import { momentText } from '../ui/money.tsx'
import { useWords } from '../ui/use-words.ts'
import type { Describing } from './describing.ts'

/** What the program cannot know, asked plainly. */
export function OpenQuestions(
  of: Describing & { readonly refused: ProblemError | null },
): ReactNode {
  const { pick, say } = useWords()
  const { describe, detail, preview, refused } = of
  const { missing, notDates, takenBefore } = preview
  const openDates = openDatesIn({ detail, preview, refused })
  const labelOf = (id: string) => {
    const label = fieldsOf(detail.kind).find((field) => field.id === id)?.label
    return label ? pick(label) : id
  }
  const hasQuestions = missing.length + notDates.length + openDates.length > 0
  return (
    <>
      {takenBefore && (
        <Alert
          className="import-note"
          type="warning"
          showIcon
          title={
            <Link to={`/imports/${takenBefore.id}`}>
              {say('import.takenBefore', {
                by: takenBefore.by,
                at: momentText(takenBefore.appliedAt ?? ''),
              })}
            </Link>
          }
        />
      )}
      {hasQuestions && (
        <Alert
          className="import-note"
          type="warning"
          showIcon
          title={say('import.open')}
          description={
            <ul className="questions">
              {missing.map((ids) => (
                <li key={ids.join()}>
                  {say('import.missing', {
                    fields: ids.map(labelOf).join(` ${say('import.or')} `),
                  })}
                </li>
              ))}
              {notDates.map((field) => (
                <li key={field}>{say('import.notDates', { field: labelOf(field) })}</li>
              ))}
              {openDates.slice(0, 1).map((dates) => (
                <li key={dates.field}>
                  <WhichDay
                    dates={dates}
                    answer={(dateOrder) => describe({ options: { ...detail.options, dateOrder } })}
                  />
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  )
}

/** Of dates the first rows ask, or all rows at the last check. */
function openDatesIn(of: {
  readonly detail: ImportDetail
  readonly preview: ImportPreview
  readonly refused: ProblemError | null
}): readonly OpenDates[] {
  if (of.preview.openDates.length > 0) return of.preview.openDates
  if (of.detail.openDates) return [of.detail.openDates]
  const {
    example = null,
    field,
    question,
    readings = [],
  } = (of.refused?.facts ?? {}) as Partial<OpenDates> & { question?: string }
  if (question !== 'date-order' || of.detail.options.dateOrder || !field) return []
  const label = fieldsOf(of.detail.kind).find(({ id }) => id === field)?.label
  return [{ field, label: label ?? { zh: field, en: field }, example, readings }]
}

const orders = ['dmy', 'mdy', 'ymd'] as const
type Order = (typeof orders)[number]
const orderOfShape: Readonly<Record<string, Order>> = {
  'day-first': 'dmy',
  'month-first': 'mdy',
  'year-first': 'ymd',
  'short-year-first': 'ymd',
}

function WhichDay({
  answer,
  dates,
}: {
  dates: OpenDates
  answer: (order: Order) => void
}): ReactNode {
  const { pick, say } = useWords()
  const field = pick(dates.label)
  const { example, readings } = dates
  const question = example
    ? say('import.whichDay', { field, text: example.text, row: example.row })
    : say('import.mixedDates', { field })
  const choices = example
    ? readings.map(({ day, shape }) => {
        const order = orderOfShape[shape] ?? 'ymd'
        return { value: order, label: `${day} (${say(`import.dateOrder.${order}`)})` }
      })
    : orders.map((order) => ({ value: order, label: say(`import.dateOrder.${order}`) }))
  return (
    <>
      <div>{question}</div>
      <Radio.Group
        aria-label={question}
        options={choices}
        onChange={({ target }) => answer(target.value as Order)}
      />
    </>
  )
}
