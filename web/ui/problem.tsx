import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { ProblemError } from './api.ts'
import { currentLanguage, type Say, useWords } from './use-words.ts'

/** What went wrong, what to do, and the request id by which the administrator finds it. */
export function ProblemNote({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const { say } = useWords()
  const { detail, instance, title } = problemTexts(error, say)
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={title}
      description={
        <>
          <div>{detail}</div>
          {instance && <div className="quiet">{say('ui.requestId', { id: instance })}</div>}
        </>
      }
      action={retry && <Button onClick={retry}>{say('ui.retry')}</Button>}
    />
  )
}

export function problemTexts(error: unknown, say: Say) {
  if (!(error instanceof ProblemError)) {
    return { title: say('ui.broken'), detail: String(error), instance: undefined }
  }
  if (error.kind === 'offline') {
    return { title: say('ui.offline'), detail: say('ui.offline.detail'), instance: undefined }
  }
  const { zh } = error.facts
  const detail = currentLanguage() === 'zh-CN' && typeof zh === 'string' ? zh : error.message
  return { title: error.title, detail, instance: error.instance }
}
