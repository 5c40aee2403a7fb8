import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { roles } from '#contract/role.ts'
import type { OidcSettings, OidcSettingsChange } from '#contract/sign-in.ts'
import { get, send } from '../ui/api.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Card, Loaded, Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useRoleName } from './use-role-name.ts'
import { UserTabs } from './user-tabs.tsx'

const path = '/api/oidc-settings'

/** The company's own sign-in, at which people sign in here as well. */
export function OidcPage(): ReactNode {
  const { say } = useWords()
  const settings = useQuery({ queryKey: [path], queryFn: () => get<OidcSettings>(path) })
  return (
    <Page title={say('shell.users')} name={say('people.oidc')} note={<UserTabs />}>
      <Loaded query={settings}>
        {(now) => (
          <>
            <Card title={say('oidc.redirect')}>
              <p className="secret">
                <code>{now.redirectUri}</code> <CopyButton text={now.redirectUri} />
              </p>
              <p className="quiet">{say('oidc.redirect.note')}</p>
            </Card>
            <Card title={say('people.oidc')}>
              <OidcForm settings={now.settings} />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const first: OidcSettingsChange = {
  enabled: false,
  label: '',
  issuer: '',
  clientId: '',
  matchBy: 'email',
  loginClaim: 'preferred_username',
  emailsTrusted: false,
  secondFactorTrusted: false,
  createWithRole: null,
}

function OidcForm({ settings }: { settings: OidcSettings['settings'] }): ReactNode {
  const { say } = useWords()
  const [form] = Form.useForm<OidcSettingsChange>()
  const put = (query?: { 'dry-run': boolean }) => (body: object, key: string) =>
    send('PUT', path, { body, key, ...(query && { query }) })
  const save = useAct<object, unknown>({
    send: put(),
    isProblemShown: true,
    done: (words) => words('account.saved'),
    touches: [path, '/api/session/options'],
  })
  // Switched on and kept nowhere: the server then asks the provider for its discovery document.
  const probe = useAct<object, unknown>({
    send: put({ 'dry-run': true }),
    isProblemShown: true,
    touches: [],
  })
  const test = async () => {
    const fields = await form.validateFields()
    probe.mutate({ ...bodyOf(fields), enabled: true })
  }
  return (
    <Form<OidcSettingsChange>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={settings ?? first}
      onFinish={(fields) => save.mutate(bodyOf(fields))}
      onValuesChange={() => probe.reset()}
    >
      <Provider hasSecret={settings?.hasClientSecret ?? false} />
      <Trust />
      {probe.isSuccess && <Alert role="status" type="success" showIcon title={say('oidc.works')} />}
      {(save.error ?? probe.error) && <ProblemNote error={save.error ?? probe.error} />}
      <div className="choices">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {say('ui.save')}
        </Button>
        <Button onClick={test} loading={probe.isPending}>
          {say('oidc.test')}
        </Button>
      </div>
    </Form>
  )
}

function bodyOf(fields: OidcSettingsChange): object {
  const { clientSecret, createWithRole, loginClaim, ...rest } = fields
  return {
    ...rest,
    loginClaim: loginClaim || first.loginClaim,
    createWithRole: createWithRole ?? null,
    // What is left empty stays as it was.
    ...(clientSecret && { clientSecret }),
  }
}

function Provider({ hasSecret }: { hasSecret: boolean }): ReactNode {
  const { say } = useWords()
  const required = { required: true, message: say('ui.required') }
  return (
    <>
      <Form.Item name="enabled" label={say('oidc.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <div className="form-grid">
        <Form.Item
          name="issuer"
          label={say('oidc.issuer')}
          rules={[required, { pattern: /^https?:\/\/\S+$/, message: say('oidc.issuer.wrong') }]}
        >
          <Input maxLength={500} placeholder="https://login.example.com" />
        </Form.Item>
        <Form.Item name="clientId" label={say('oidc.clientId')} rules={[required]}>
          <Input maxLength={300} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="clientSecret"
          label={say('oidc.clientSecret')}
          extra={hasSecret ? say('oidc.clientSecret.kept') : say('oidc.clientSecret.hint')}
        >
          <Input.Password maxLength={1000} autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="label" label={say('oidc.label')} rules={[required]}>
          <Input maxLength={60} placeholder={say('oidc.label.hint')} />
        </Form.Item>
      </div>
    </>
  )
}

function Trust(): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  return (
    <>
      <div className="form-grid">
        <Form.Item name="matchBy" label={say('oidc.matchBy')}>
          <Select
            options={(['email', 'login'] as const).map((value) => ({
              value,
              label: say(`oidc.matchBy.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="loginClaim" label={say('oidc.loginClaim')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="createWithRole" label={say('oidc.create')}>
          <Select
            allowClear
            placeholder={say('oidc.create.nobody')}
            options={roles.map((value) => ({ value, label: roleName(value) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="emailsTrusted" valuePropName="checked">
        <Checkbox>{say('oidc.emailsTrusted')}</Checkbox>
      </Form.Item>
      <Form.Item name="secondFactorTrusted" valuePropName="checked">
        <Checkbox>{say('oidc.factorTrusted')}</Checkbox>
      </Form.Item>
    </>
  )
}
