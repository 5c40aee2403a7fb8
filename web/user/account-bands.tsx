import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Me } from '#contract/user.ts'
import { send } from '../ui/api.ts'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { codeOf } from './code-item.tsx'

/** What is missing of one's account stands above every page, with the way to it. */
export function AccountBands({ me }: { me: Me }): ReactNode {
  const { say } = useWords()
  const { passwordIsInitial, secondFactor } = me
  return (
    <>
      {passwordIsInitial && (
        <div className="band" role="status">
          {say('account.band.password')} <Link to="/account">{say('account.password.change')}</Link>
        </div>
      )}
      {secondFactor?.missing &&
        (secondFactor.enrolledAt === null ? (
          <div className="band" role="status">
            {say('account.band.factor')} <Link to="/account">{say('factor.setUp')}</Link>
          </div>
        ) : (
          <ProveBand />
        ))}
    </>
  )
}

/** Another system opened this session; its second step is made here. */
function ProveBand(): ReactNode {
  const { say } = useWords()
  const prove = useAct<{ readonly code: string }, unknown>({
    send: (fields, key) =>
      send('POST', '/api/session/second-factor', { body: codeOf(fields), key }),
    done: (words) => words('ui.done'),
  })
  return (
    <div className="band">
      <Form layout="inline" onFinish={prove.mutate}>
        <Form.Item
          name="code"
          label={say('account.band.code')}
          rules={[{ required: true, min: 6, message: say('factor.code.short') }]}
        >
          <Input autoComplete="one-time-code" maxLength={40} style={{ width: 160 }} />
        </Form.Item>
        <Button htmlType="submit" loading={prove.isPending}>
          {say('ui.confirm')}
        </Button>
      </Form>
    </div>
  )
}
