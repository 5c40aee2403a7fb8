import { Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'

/** Keeps a credit check as a case that check rules must go on answering alike. */
export function KeepCheckExample(of: {
  readonly partyId: string
  readonly checkId: string
  readonly name: string
}): ReactNode {
  const { say } = useWords()
  const reason = useMayNot()('policy:write')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ActButton size="small" reason={reason} onClick={() => setOpen(true)}>
        {say('hold.example')}
      </ActButton>
      <ActDialog<{ name: string }, unknown>
        {...{ isOpen, close: () => setOpen(false), initial: { name: of.name } }}
        title={say('hold.example')}
        submit={say('hold.example')}
        send={({ name }, key) =>
          send('POST', '/api/policy-examples', {
            body: { kind: 'check-rules', name, party: of.partyId, check: of.checkId },
            key,
          })
        }
        done={(words) => words('life.examples.add.done')}
      >
        <p className="quiet">{say('hold.example.note')}</p>
        <Form.Item
          name="name"
          label={say('life.examples.name')}
          rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
        >
          <Input maxLength={80} />
        </Form.Item>
      </ActDialog>
    </>
  )
}
