import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { useWords } from '../ui/use-words.ts'

/** Told this once: to be printed or kept where passwords are. */
export function RecoveryCodesDialog(of: {
  readonly codes: readonly string[]
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  return (
    <Modal
      open={of.codes.length > 0}
      title={say('factor.codes')}
      onCancel={of.close}
      mask={{ closable: false }}
      width={460}
      footer={
        <Button type="primary" onClick={of.close}>
          {say('factor.codes.kept')}
        </Button>
      }
    >
      <p>{say('factor.codes.note')}</p>
      <ul className="recovery-codes">
        {of.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="choices">
        <CopyButton text={of.codes.join('\n')} />
        <Button size="small" onClick={() => window.print()}>
          {say('ui.print')}
        </Button>
      </div>
    </Modal>
  )
}
