import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { TrainingTable } from '#contract/training-table.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { DropBox } from '../ui/drop-box.tsx'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'

/** Takes a table to the server, where its columns are looked at, and goes to its page. */
export function TableDrop({ reason }: { reason: string | null }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const upload = useAct<File, TrainingTable>({
    send: (file, key) => {
      const body = new FormData()
      body.append('file', file)
      return send('POST', '/api/model-tables', { body, key })
    },
    touches: [],
    onDone: ({ id }) => navigate(`/policies/models/tables/${id}`),
    isProblemShown: true,
  })
  return (
    <Card title={say('model.table')} className="file-drop">
      <p className="quiet">{say('model.table.note')}</p>
      {reason === null ? (
        <DropBox
          accept=".csv,.tsv,.txt,.xlsx,.gz"
          isBusy={upload.isPending}
          take={upload.mutate}
          busyText={(file) => say('model.table.uploading', { file })}
        >
          <p>{say('model.table.drop')}</p>
        </DropBox>
      ) : (
        <ActButton reason={reason}>{say('model.table.drop')}</ActButton>
      )}
      {upload.error && <ProblemNote error={upload.error} />}
    </Card>
  )
}
