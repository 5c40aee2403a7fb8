import { Alert, Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { useWords } from '../ui/use-words.ts'

/** A password or token that is told this once. */
function SecretOnce(of: { readonly name: string; readonly secret: string }): ReactNode {
  const { say } = useWords()
  return (
    <Alert
      type="warning"
      title={of.name}
      description={
        <>
          <p className="secret">
            <code>{of.secret}</code> <CopyButton text={of.secret} />
          </p>
          <p>{say('user.once')}</p>
        </>
      }
    />
  )
}

/** The same over the page that asked for it. */
export function SecretDialog(of: {
  readonly title: string
  readonly told: { readonly name: string; readonly secret: string } | null
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  return (
    <Modal
      open={of.told !== null}
      title={of.title}
      onCancel={of.close}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={of.close}>
          {say('user.once.kept')}
        </Button>
      }
    >
      {of.told && <SecretOnce {...of.told} />}
    </Modal>
  )
}
