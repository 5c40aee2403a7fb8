import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { type ImportBatch, type ImportPage as Imports, importKinds } from '#contract/import.ts'
import type { Column } from '../ui/list-column.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { FileDrop } from './file-drop.tsx'
import { StateMark } from './state-mark.tsx'

/** A place to drop a file, and what was brought in before. */
export function ImportsPage(): ReactNode {
  const { language, say } = useWords()
  const navigate = useNavigate()
  return (
    <ListPage<ImportBatch, Imports>
      title="import.title"
      path="/api/imports"
      filters={[]}
      columns={() => columns(say)}
      rowKey={({ id }) => id}
      open={({ id }) => navigate(`/imports/${id}`)}
      aside={
        <>
          <FileDrop />
          <Card title={say('import.templates')} className="import-templates">
            <div className="button-row">
              {importKinds.map((kind) => (
                <Button
                  key={kind}
                  href={`/api/import-templates/${kind}?language=${language === 'en' ? 'en' : 'zh'}`}
                >
                  {say(`import.kind.${kind}`)}
                </Button>
              ))}
            </div>
          </Card>
          <h2 className="section-title">{say('import.history')}</h2>
        </>
      }
      empty={<EmptyState title={say('import.empty')} text={say('import.empty.text')} />}
    />
  )
}

function columns(say: ReturnType<typeof useWords>['say']): readonly Column<ImportBatch>[] {
  return [
    {
      key: 'file',
      title: 'import.file',
      width: 260,
      isFixed: true,
      render: ({ fileName }) => <span title={fileName}>{fileName}</span>,
    },
    {
      key: 'kind',
      title: 'import.kind',
      width: 150,
      render: ({ kind }) => say(`import.kind.${kind}`),
    },
    {
      key: 'state',
      title: 'import.state',
      width: 140,
      render: ({ state }) => <StateMark state={state} />,
    },
    { key: 'rows', title: 'import.rows', width: 90, isRight: true, render: rowsOf },
    { key: 'taken', title: 'import.taken', width: 90, isRight: true, render: takenOf },
    {
      key: 'bad',
      title: 'import.bad',
      width: 80,
      isRight: true,
      render: ({ counts, state }) => (
        <span className={counts.bad > 0 ? 'figure negative' : 'figure'}>
          {state === 'uploaded' ? '' : counts.bad.toLocaleString('en')}
        </span>
      ),
    },
    { key: 'by', title: 'import.by', width: 120, render: ({ createdBy }) => createdBy },
    {
      key: 'at',
      title: 'import.at',
      width: 150,
      render: ({ createdAt }) => <MomentText moment={createdAt} />,
    },
    {
      key: 'applied',
      title: 'import.appliedAt',
      width: 150,
      render: ({ appliedAt }) => <MomentText moment={appliedAt} />,
    },
    {
      key: 'undone',
      title: 'import.undone',
      width: 230,
      render: ({ undoneAt, undoneBy }) =>
        undoneAt ? (
          <>
            <MomentText moment={undoneAt} /> {undoneBy}
          </>
        ) : (
          ''
        ),
    },
  ]
}

function rowsOf({ counts, state }: ImportBatch): ReactNode {
  return (
    <span className="figure">{state === 'uploaded' ? '' : counts.rows.toLocaleString('en')}</span>
  )
}

function takenOf({ counts, state }: ImportBatch): ReactNode {
  const taken = counts.good + counts.updated
  const isTaken = state === 'applied' || state === 'undone'
  return <span className="figure">{isTaken ? taken.toLocaleString('en') : ''}</span>
}
