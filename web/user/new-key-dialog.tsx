import { DatePicker, Form, Input, Radio, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { type Permission, permissions, type Role, roles } from '#contract/role.ts'
import type { CreatedApiKey } from '#contract/user.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'
import { ReachItems } from './reach-items.tsx'
import { useMe } from './use-me.ts'
import { useRoleName } from './use-role-name.ts'

type Fields = {
  readonly name: string
  readonly by: 'permissions' | 'roles'
  readonly permissions?: readonly Permission[]
  readonly roles?: readonly Role[]
  readonly scope: 'all' | 'department'
  readonly department?: string
  readonly expiresOn?: Dayjs | null
}

/** Exactly what the other program needs, or all that a role may; never more than its maker may. */
export function NewKeyDialog(of: {
  readonly isOpen: boolean
  readonly close: () => void
  readonly made: (key: CreatedApiKey) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<Fields, CreatedApiKey>
      {...{ isOpen: of.isOpen, close: of.close, onDone: of.made }}
      title={say('key.new')}
      submit={say('key.new')}
      initial={{ by: 'permissions', scope: 'all' }}
      send={(fields, key) => send('POST', '/api/keys', { body: bodyOf(fields), key })}
      done={(words) => words('key.made')}
    >
      <Form.Item
        name="name"
        label={say('key.name')}
        extra={say('key.name.hint')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <Input maxLength={60} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="by" label={say('key.may')}>
        <Radio.Group
          options={[
            { value: 'permissions', label: say('key.by.permissions') },
            { value: 'roles', label: say('key.by.roles') },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['by']}>
        {({ getFieldValue }) =>
          getFieldValue('by') === 'roles' ? <RolesItem /> : <PermissionsItem />
        }
      </Form.Item>
      <ReachItems scopes={['all', 'department']} />
      <Form.Item name="expiresOn" label={say('key.expires')} extra={say('key.expires.hint')}>
        <DatePicker minDate={dayjs().add(1, 'day')} />
      </Form.Item>
    </ActDialog>
  )
}

function PermissionsItem(): ReactNode {
  const { say } = useWords()
  const { data: me } = useMe()
  const held = permissions.filter(
    (permission) => permission !== 'user:admin' && me?.permissions.includes(permission),
  )
  return (
    <Form.Item
      name="permissions"
      label={say('people.permission')}
      rules={[{ required: true, message: say('ui.required') }]}
    >
      <Select
        mode="multiple"
        optionFilterProp="label"
        options={held.map((value) => ({ value, label: `${say(`permission.${value}`)} ${value}` }))}
      />
    </Form.Item>
  )
}

function RolesItem(): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  return (
    <Form.Item
      name="roles"
      label={say('user.roles')}
      rules={[{ required: true, message: say('ui.required') }]}
    >
      <Select
        mode="multiple"
        optionFilterProp="label"
        options={roles.map((value) => ({ value, label: roleName(value) }))}
      />
    </Form.Item>
  )
}

function bodyOf({ by, department, expiresOn, name, scope, ...given }: Fields): object {
  return {
    name,
    scope,
    ...(department && { department }),
    [by]: given[by],
    ...(expiresOn && { expiresOn: expiresOn.format('YYYY-MM-DD') }),
  }
}
