import { Modal } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { gaveUpSession, onSessionEnd, signedInAgain } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'
import { LazySignInForm } from '../user/lazy-sign-in-form.tsx'

/** Asks to sign in again over the page, whose forms keep what was typed. */
export function SessionEnd({ login }: { login: string }): ReactNode {
  const { say } = useWords()
  const [isEnded, setEnded] = useState(false)
  useEffect(() => onSessionEnd(setEnded), [])
  return (
    <Modal
      open={isEnded}
      title={say('ui.sessionEnded')}
      footer={null}
      mask={{ closable: false }}
      onCancel={gaveUpSession}
      destroyOnHidden
    >
      <p>{say('ui.sessionEnded.detail')}</p>
      <LazySignInForm login={login} done={signedInAgain} />
    </Modal>
  )
}
