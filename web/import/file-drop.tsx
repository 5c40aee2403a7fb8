import { Button, Select } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { type ImportBatch, importKinds } from '#contract/import.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { DropBox } from '../ui/drop-box.tsx'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'

const accepted = '.csv,.tsv,.txt,.xlsx,.xlsm,.gz'

/** Takes a file to the server, where it is looked at, and goes to its page. */
export function FileDrop(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const [kind, setKind] = useState('auto')
  const stop = useRef<AbortController>(undefined)
  const upload = useAct<File, ImportBatch>({
    send: (file, key) => {
      stop.current = new AbortController()
      const body = new FormData()
      if (kind !== 'auto') body.append('kind', kind)
      body.append('file', file)
      return send('POST', '/api/imports/uploads', { body, key, signal: stop.current.signal })
    },
    touches: ['/api/imports'],
    onDone: ({ id }) => navigate(`/imports/${id}`),
    isProblemShown: true,
  })
  const isStopped = upload.error?.name === 'AbortError'
  if (!may('import:write')) {
    const reason = say('ui.noPermission', { permission: 'import:write' })
    return (
      <Card>
        <ActButton reason={reason}>{say('import.drop')}</ActButton>
      </Card>
    )
  }
  return (
    <Card className="file-drop">
      <DropBox
        accept={accepted}
        isBusy={upload.isPending}
        take={upload.mutate}
        busyText={(file) => say('import.uploading', { file })}
      >
        <p className="file-drop-title">{say('import.drop')}</p>
        <p className="quiet">{say('import.drop.hint')}</p>
      </DropBox>
      <div className="button-row">
        <KindChoice kind={kind} choose={setKind} />
        {upload.isPending && (
          <Button onClick={() => stop.current?.abort()}>{say('ui.cancel')}</Button>
        )}
      </div>
      {upload.error && !isStopped && <ProblemNote error={upload.error} />}
    </Card>
  )
}

function KindChoice(of: {
  readonly kind: string
  readonly choose: (kind: string) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <>
      <span className="quiet" aria-hidden>
        {say('import.kind')}
      </span>
      <Select
        aria-label={say('import.kind')}
        value={of.kind}
        onChange={of.choose}
        popupMatchSelectWidth={false}
        style={{ minWidth: 180 }}
        options={['auto' as const, ...importKinds].map((value) => ({
          value,
          label: say(`import.kind.${value}`),
        }))}
      />
    </>
  )
}
