import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { useWords } from '../ui/use-words.ts'

/** A password or token that is told this once. */
export function SecretOnce(of: {
  readonly name: string
  readonly secret: string
  readonly note?: ReactNode
}): ReactNode {
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
          <p>{of.note ?? say('user.once')}</p>
        </>
      }
    />
  )
}
