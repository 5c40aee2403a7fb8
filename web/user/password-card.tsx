import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import type { PasswordChange } from '#contract/user.ts'
import { send } from '../ui/api.ts'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'

type Fields = PasswordChange & { readonly again: string }

const shortest = 10

/** All sessions end with the old password; this one begins anew with the new one. */
export function PasswordCard({ login }: { login: string }): ReactNode {
  const { say } = useWords()
  const [form] = Form.useForm<Fields>()
  const change = useAct<Fields, unknown>({
    send: async ({ current, next }, key) => {
      await send('PUT', '/api/me/password', { body: { current, next }, key })
      // Whoever has a second factor is asked for it, over this page.
      await send('POST', '/api/session', { body: { login, password: next }, isQuiet: true }).catch(
        () => undefined,
      )
    },
    isProblemShown: true,
    done: (words) => words('account.password.changed'),
    onDone: () => form.resetFields(),
  })
  const required = { required: true, message: say('ui.required') }
  return (
    <Card title={say('account.password')}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={change.mutate}>
        <Form.Item name="current" label={say('account.password.current')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <div className="form-grid">
          <Form.Item
            name="next"
            label={say('account.password.next')}
            extra={say('account.password.hint', { count: shortest })}
            rules={[
              required,
              { min: shortest, message: say('account.password.short', { count: shortest }) },
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={say('account.password.again')}
            dependencies={['next']}
            rules={[
              ({ getFieldValue }) => ({
                validator: async (_rule, typed) => {
                  if (typed !== getFieldValue('next'))
                    throw new Error(say('account.password.twice'))
                },
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
        {change.error && <ProblemNote error={change.error} />}
        <Button htmlType="submit" loading={change.isPending}>
          {say('account.password.change')}
        </Button>
      </Form>
    </Card>
  )
}
