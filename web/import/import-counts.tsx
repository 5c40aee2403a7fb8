import { Alert } from 'antd'
import type { ReactNode } from 'react'
import type { ImportCounts, ImportNote, ImportSum } from '#contract/import.ts'
import { Money } from '../ui/money.tsx'
import { Card, Descriptions } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'

const ofRows = ['good', 'updated', 'unchanged', 'repeated', 'bad', 'total'] as const
const ofThings = [
  'invoices',
  'creditNotes',
  'receipts',
  'statements',
  'newParties',
  'updated',
  'newNames',
  'disputes',
] as const

/** Rows by what becomes of them; good and bad ones always, others where there are any. */
export function Counts({ counts }: { counts: ImportCounts }): ReactNode {
  const { say } = useWords()
  const shown = ofRows.filter(
    (name) => name === 'good' || name === 'unchanged' || name === 'bad' || counts[name] > 0,
  )
  return (
    <dl className="count-row">
      {shown.map((name) => (
        <div key={name} className={`count-${name} ${counts[name] > 0 ? 'is-some' : ''}`}>
          <dt>{say(`import.count.${name}`)}</dt>
          <dd>{counts[name].toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The documents and customers that the good rows bring. */
export function Brings({ counts, title }: { counts: ImportCounts; title: string }): ReactNode {
  const { say } = useWords()
  const shown = thingsIn(counts)
  if (shown.length === 0) return null
  return (
    <Card title={title}>
      <Descriptions
        items={shown.map(({ count, name }) => [
          say(`import.of.${name}`),
          <span key={name} className="figure">
            {count.toLocaleString('en')}
          </span>,
        ])}
      />
    </Card>
  )
}

export function thingsIn(counts: ImportCounts) {
  return ofThings.flatMap((name) => (counts[name] > 0 ? [{ name, count: counts[name] }] : []))
}

export function Sums({ sums }: { sums: readonly ImportSum[] }): ReactNode {
  const { say } = useWords()
  if (sums.length === 0) return null
  return (
    <Card title={say('import.sums')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('ui.currency')}</th>
            <th scope="col" className="right">
              {say('import.documents')}
            </th>
            <th scope="col" className="right">
              {say('ui.amount')}
            </th>
            <th scope="col" className="right">
              {say('import.openAmount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sums.map(({ amount, currency, documents, open }) => (
            <tr key={currency}>
              <th scope="row">{currency}</th>
              <td className="right">{documents.toLocaleString('en')}</td>
              <td className="right">
                <Money amount={amount} currency={currency} />
              </td>
              <td className="right">
                <Money amount={open} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** What a person should know before the rows are taken. */
export function ImportNotes({ notes }: { notes: readonly ImportNote[] }): ReactNode {
  const { pick, say } = useWords()
  if (notes.length === 0) return null
  return (
    <Alert
      className="import-note"
      type="info"
      showIcon
      title={say('import.notes')}
      description={
        <ul className="questions">
          {notes.map((note) => (
            <li key={note.en}>{pick(note)}</li>
          ))}
        </ul>
      }
    />
  )
}
