import { Checkbox, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import type { Contact, NewContact } from '#contract/party.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'

/** Adds somebody to talk to, or writes one anew. */
export function ContactDialog(of: {
  readonly partyId: string
  readonly contact: Contact | 'new' | null
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const before = of.contact === 'new' ? null : of.contact
  const path = `/api/parties/${of.partyId}/contacts`
  const save = (typed: NewContact, key: string) => {
    const body = {
      ...{ name: typed.name.trim(), isForDunning: typed.isForDunning ?? false },
      title: typed.title?.trim() || null,
      phone: typed.phone?.trim() || null,
      email: typed.email?.trim() || null,
    }
    return before
      ? send('PUT', `${path}/${before.id}`, { body, key })
      : send('POST', path, { body, key })
  }
  return (
    <ActDialog<NewContact, unknown>
      {...{ isOpen: of.contact !== null, close: of.close, send: save }}
      title={say(before ? 'file.contact.edit' : 'file.contact.add')}
      submit={say('ui.save')}
      initial={before ?? {}}
      done={(words) => words('file.contact.saved')}
    >
      <Form.Item
        name="name"
        label={say('file.contact.name')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="title" label={say('file.contact.title')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="phone" label={say('file.contact.phone')}>
        <Input maxLength={60} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="email"
        label={say('file.contact.email')}
        rules={[{ pattern: /^[^@\s]+@[^@\s]+$/, message: say('file.contact.email.wrong') }]}
      >
        <Input maxLength={200} inputMode="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="isForDunning" valuePropName="checked">
        <Checkbox>{say('file.contact.dunning')}</Checkbox>
      </Form.Item>
    </ActDialog>
  )
}
