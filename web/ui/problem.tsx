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
  const isTold = currentLanguage() === 'zh-CN' && typeof zh === 'string'
  const detail = isTold ? zh : (usualDetail(error, say) ?? inEnglish(error))
  return { title: error.title, detail, instance: error.instance }
}

function inEnglish({ facts, message }: ProblemError): string {
  return typeof facts.detail === 'string' ? facts.detail : message
}

/** What somebody meets who follows an old address or lacks a permission, in the language of the page. */
function usualDetail(error: ProblemError, say: Say): string | undefined {
  const { facts, kind } = error
  const message = inEnglish(error)
  if (kind === 'not-found' && /^(There is|This party has) no(thing)? [^:"]+\.$/.test(message)) {
    return say('ui.notThere.detail')
  }
  if (kind === 'forbidden' && typeof facts.permission === 'string') {
    return say('ui.noPermission', { permission: facts.permission })
  }
  if (kind === 'invalid-input' && /^((^|; )\w*[iI]d: must match format "uuid")+\.$/.test(message)) {
    return say('ui.badAddress.detail')
  }
  return undefined
}
