import { Button, Form, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { encode } from 'uqr'
import type { EnrolledSecret, RecoveryCodes } from '#contract/sign-in.ts'
import { send } from '../ui/api.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { CodeItem, codeOf } from './code-item.tsx'

type Of = {
  readonly isOpen: boolean
  readonly close: () => void
  readonly done: (codes: RecoveryCodes) => void
  readonly isByPassword: boolean
}

/** Password first, then the secret for the app, then a first code that proves it. */
export function SecondFactorSetup(of: Of): ReactNode {
  const { say } = useWords()
  return (
    <Modal
      open={of.isOpen}
      onCancel={of.close}
      title={say('factor.setUp')}
      footer={null}
      width={480}
      destroyOnHidden
    >
      <Steps {...of} />
    </Modal>
  )
}

function Steps(of: Of): ReactNode {
  const [enrolled, setEnrolled] = useState<EnrolledSecret>()
  if (enrolled) return <FirstCode enrolled={enrolled} done={of.done} />
  return <Begin isByPassword={of.isByPassword} done={setEnrolled} />
}

function Begin(of: {
  readonly isByPassword: boolean
  readonly done: (enrolled: EnrolledSecret) => void
}): ReactNode {
  const { say } = useWords()
  const begin = useAct<{ readonly password?: string }, EnrolledSecret>({
    send: (body, key) => send('POST', '/api/me/second-factor', { body, key }),
    isProblemShown: true,
    touches: [],
    onDone: of.done,
  })
  return (
    <Form layout="vertical" requiredMark={false} onFinish={begin.mutate}>
      <p className="card-note">{say('factor.begin')}</p>
      {of.isByPassword && (
        <Form.Item
          name="password"
          label={say('account.password.current')}
          rules={[{ required: true, message: say('ui.required') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
      )}
      {begin.error && <ProblemNote error={begin.error} />}
      <div className="dialog-foot">
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {say('factor.next')}
        </Button>
      </div>
    </Form>
  )
}

function FirstCode(of: {
  readonly enrolled: EnrolledSecret
  readonly done: (codes: RecoveryCodes) => void
}): ReactNode {
  const { say } = useWords()
  const { secret, uri } = of.enrolled
  const confirm = useAct<{ readonly code: string }, RecoveryCodes>({
    send: (fields, key) =>
      send('POST', '/api/me/second-factor/confirmation', { body: codeOf(fields), key }),
    isProblemShown: true,
    done: (words) => words('factor.done'),
    onDone: of.done,
  })
  return (
    <Form layout="vertical" requiredMark={false} onFinish={confirm.mutate}>
      <p>{say('factor.scan')}</p>
      <QrCode text={uri} />
      <p className="quiet">{say('factor.byHand')}</p>
      <p className="secret card-note">
        <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code> <CopyButton text={secret} />
      </p>
      <CodeItem hint={say('factor.firstCode')} />
      {confirm.error && <ProblemNote error={confirm.error} />}
      <div className="dialog-foot">
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {say('ui.confirm')}
        </Button>
      </div>
    </Form>
  )
}

/** Dark on light in both themes: many cameras read it only so. */
function QrCode({ text }: { text: string }): ReactNode {
  const { say } = useWords()
  const { data, size } = encode(text, { border: 3 })
  const dark = data.flatMap((row, y) =>
    row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')),
  )
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={say('factor.qr')}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  )
}
