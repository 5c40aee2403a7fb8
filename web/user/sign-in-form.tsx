import { Button, Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { ProblemError, send } from '../ui/api.ts'
import { ProblemNote } from '../ui/problem.tsx'
import { useWords } from '../ui/use-words.ts'

type Fields = { readonly login: string; readonly password: string; readonly code?: string }

/** The sign-in, on its page and over a page whose session has ended. */
export function SignInForm(of: { readonly login?: string; readonly done: () => void }): ReactNode {
  const { say } = useWords()
  const [problem, setProblem] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const [needsCode, setNeedsCode] = useState(false)
  const signIn = async (fields: Fields) => {
    setSending(true)
    try {
      await send('POST', '/api/session', { body: fields, isQuiet: true })
      setProblem(undefined)
      of.done()
    } catch (error) {
      const isFirstStep = error instanceof ProblemError && error.kind === 'second-factor-needed'
      setNeedsCode(isFirstStep || needsCode)
      setProblem(isFirstStep ? undefined : error)
    } finally {
      setSending(false)
    }
  }
  const required = [{ required: true, message: say('ui.required') }]
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      onFinish={signIn}
      initialValues={{ login: of.login ?? '' }}
    >
      <Form.Item name="login" label={say('user.login')} rules={required}>
        <Input autoComplete="username" autoFocus={!of.login} disabled={!!of.login} />
      </Form.Item>
      <Form.Item name="password" label={say('user.password')} rules={required}>
        <Input.Password autoComplete="current-password" autoFocus={!!of.login} />
      </Form.Item>
      {needsCode && (
        <Form.Item
          name="code"
          label={say('user.code')}
          extra={say('user.code.hint')}
          rules={required}
        >
          <Input autoComplete="one-time-code" autoFocus />
        </Form.Item>
      )}
      {problem !== undefined && <ProblemNote error={problem} />}
      <Button type="primary" htmlType="submit" block loading={isSending} className="sign-in-button">
        {say('user.signIn')}
      </Button>
    </Form>
  )
}
