import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import type { CreatedPerson, NewPerson } from '#contract/user.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'
import { PersonItems } from './person-items.tsx'

/** Their first password is made by the server and told once. */
export function NewPersonDialog(of: {
  readonly isOpen: boolean
  readonly close: () => void
  readonly created: (person: CreatedPerson) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<NewPerson, CreatedPerson>
      {...{ isOpen: of.isOpen, close: of.close, onDone: of.created }}
      title={say('people.new')}
      submit={say('people.new')}
      send={(fields, key) => send('POST', '/api/persons', { body: withoutEmpty(fields), key })}
      done={(words) => words('people.added')}
    >
      <Form.Item
        name="login"
        label={say('user.login')}
        extra={say('people.login.hint')}
        rules={[
          { required: true, message: say('ui.required') },
          { pattern: /^[\p{L}\p{N}._@-]{2,60}$/u, message: say('people.login.wrong') },
        ]}
      >
        <Input maxLength={60} autoComplete="off" autoFocus />
      </Form.Item>
      <PersonItems isNew />
      <p className="quiet">{say('people.new.note')}</p>
    </ActDialog>
  )
}

function withoutEmpty(fields: NewPerson): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  )
}
