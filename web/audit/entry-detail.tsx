import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { AuditEntry, RowChange, RowChanges } from '#contract/audit.ts'
import { get } from '../ui/api.ts'
import { MomentText } from '../ui/money.tsx'
import { Card, Descriptions, Loaded } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** One entry: who, what was asked, and every row that changed by it. */
export function EntryDetail({ entry }: { entry: AuditEntry }): ReactNode {
  const { say } = useWords()
  const path = `/api/audit/entries/${entry.id}/changes`
  const changes = useQuery({ queryKey: [path], queryFn: () => get<RowChanges>(path) })
  return (
    <>
      <Card>
        <Descriptions
          items={[
            [say('audit.who'), entry.actorName],
            [say('audit.at'), <MomentText key="at" moment={entry.recordedAt} />],
            [say('audit.command'), <code key="command">{entry.command}</code>],
            [say('audit.subject'), entry.subject && <Subject entry={entry} />],
            [say('audit.request'), entry.requestId],
            [say('audit.entry'), entry.id],
          ]}
        />
      </Card>
      <Card title={say('audit.asked')}>
        <pre className="source-text">{JSON.stringify(entry.details, null, 2)}</pre>
      </Card>
      <Card title={say('audit.changes')}>
        <Loaded query={changes} rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="quiet">{say('audit.changes.none')}</p>
            ) : (
              items.map((change) => (
                <Change
                  key={`${change.relation} ${change.operation} ${change.rowIds[0]}`}
                  change={change}
                />
              ))
            )
          }
        </Loaded>
      </Card>
    </>
  )
}

/** Leads to everything else that was done to the same thing. */
function Subject({ entry }: { entry: AuditEntry }): ReactNode {
  return (
    <Link to={`/audit?subject=${encodeURIComponent(entry.subject ?? '')}`}>{entry.subject}</Link>
  )
}

function Change({ change }: { change: RowChange }): ReactNode {
  const { say } = useWords()
  const { differences, operation, relation, rowCount } = change
  return (
    <>
      <h3>
        {relation} · {say(`audit.operation.${operation as 'insert' | 'update' | 'delete'}`)} ·{' '}
        {say('audit.rows', { count: rowCount })}
      </h3>
      {differences && <Differences of={differences} />}
    </>
  )
}

function Differences({ of }: { of: NonNullable<RowChange['differences']> }): ReactNode {
  return (
    <PlainTable titles={['audit.field', 'audit.before', 'audit.after']}>
      {Object.entries(of).flatMap(([rowId, columns]) =>
        Object.entries(columns).map(([column, [before, after]]) => (
          <tr key={`${rowId} ${column}`}>
            <th scope="row" title={rowId}>
              {column}
            </th>
            <td>{valueText(before)}</td>
            <td>{valueText(after)}</td>
          </tr>
        )),
      )}
    </PlainTable>
  )
}

function valueText(value: unknown): ReactNode {
  if (value === null) return <span className="quiet">-</span>
  return typeof value === 'string' ? value : JSON.stringify(value)
}
