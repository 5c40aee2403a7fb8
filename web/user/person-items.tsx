import { Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { roles } from '#contract/role.ts'
import { dataScopes, emailPattern } from '#contract/user.ts'
import { useWords } from '../ui/use-words.ts'
import { ReachItems } from './reach-items.tsx'
import { useRoleName } from './use-role-name.ts'

/** What is kept of a person, new or known. */
export function PersonItems(of: { readonly isNew?: boolean }): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  const required = { required: true, message: say('ui.required') }
  return (
    <>
      <Form.Item name="name" label={say('user.name')} rules={[{ ...required, whitespace: true }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="roles" label={say('user.roles')} rules={[required]}>
        <Select
          mode="multiple"
          options={roles.map((value) => ({ value, label: roleName(value) }))}
          optionFilterProp="label"
        />
      </Form.Item>
      <Form.Item
        name="email"
        label={say('user.email')}
        extra={say('people.email.hint')}
        rules={[{ pattern: new RegExp(emailPattern, 'u'), message: say('people.email.wrong') }]}
      >
        <Input maxLength={254} type="email" autoComplete="off" />
      </Form.Item>
      <ReachItems scopes={dataScopes} {...(of.isNew && { hint: say('people.scope.hint') })} />
    </>
  )
}
