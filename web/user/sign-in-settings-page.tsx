import { useQuery } from '@tanstack/react-query'
import { Button, Form, InputNumber, Switch } from 'antd'
import type { ReactNode } from 'react'
import { guardedPermissions } from '#contract/role.ts'
import type { SignInSettings } from '#contract/sign-in.ts'
import { get, send } from '../ui/api.ts'
import { Card, Loaded, Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { UserTabs } from './user-tabs.tsx'

const path = '/api/sign-in-settings'

/** Who needs a second factor, and how long one stays signed in. */
export function SignInSettingsPage(): ReactNode {
  const { say } = useWords()
  const settings = useQuery({ queryKey: [path], queryFn: () => get<SignInSettings>(path) })
  return (
    <Page title={say('shell.users')} name={say('people.signIn')} note={<UserTabs />}>
      <Card title={say('people.signIn')}>
        <Loaded query={settings}>{(now) => <SettingsForm settings={now} />}</Loaded>
      </Card>
    </Page>
  )
}

function SettingsForm({ settings }: { settings: SignInSettings }): ReactNode {
  const { say } = useWords()
  const change = useAct<SignInSettings, SignInSettings>({
    send: (body, key) => send('PUT', path, { body, key }),
    isProblemShown: true,
    done: (words) => words('account.saved'),
    touches: [path, '/api/me'],
  })
  const guarded = guardedPermissions.map((each) => say(`permission.${each}`)).join(', ')
  const required = [{ required: true, message: say('ui.required') }]
  return (
    <Form layout="vertical" requiredMark={false} initialValues={settings} onFinish={change.mutate}>
      <Form.Item
        name="secondFactorDemanded"
        label={say('signIn.demanded')}
        extra={say('signIn.demanded.hint', { permissions: guarded })}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <div className="form-grid">
        <Form.Item
          name="sessionIdleMinutes"
          label={say('signIn.idle')}
          extra={say('signIn.idle.hint')}
          rules={required}
        >
          <InputNumber min={5} max={10_080} precision={0} suffix={say('signIn.minutes')} />
        </Form.Item>
        <Form.Item
          name="sessionHours"
          label={say('signIn.hours')}
          extra={say('signIn.hours.hint')}
          rules={required}
        >
          <InputNumber min={1} max={720} precision={0} suffix={say('signIn.hoursUnit')} />
        </Form.Item>
      </div>
      {change.error && <ProblemNote error={change.error} />}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {say('ui.save')}
      </Button>
    </Form>
  )
}
