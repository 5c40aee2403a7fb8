import { AutoComplete, Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { NewParty } from '#contract/party.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { checkIdentifier } from '#kernel/party/check-identifier.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { useWords } from '../ui/use-words.ts'
import { SameCustomers } from './same-customers.tsx'
import { useCustomerChoices } from './use-customer-filters.ts'

type Described = 'shortName' | 'code' | 'industry' | 'region' | 'department' | 'salesperson'
type Fields = { readonly name: string } & {
  readonly [field in Described | 'uscc' | 'currency' | 'terms']?: string
}

/** Opens a credit file; says while one types who may be the same customer. */
export function NewCustomerDialog(of: {
  readonly isOpen: boolean
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  return (
    <ActDialog<Fields, { readonly id: string; readonly code: string }>
      {...{ isOpen: of.isOpen, close: of.close, width: 640 }}
      title={say('customer.new')}
      submit={say('customer.new')}
      send={(fields, key) => send('POST', '/api/parties', { body: partyOf(fields), key })}
      done={(words, { code }) => words('customer.new.done', { code })}
      onDone={({ id }) => navigate(`/customers/${id}`)}
    >
      <Form.Item
        name="name"
        label={say('customer.name')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <Input maxLength={200} autoFocus autoComplete="off" />
      </Form.Item>
      <SameCustomers />
      <div className="form-grid">
        <CodeItem />
        <TextItem name="code" hint={say('customer.new.code.hint')} />
        <TextItem name="shortName" />
        <TextItem name="salesperson" />
        <TextItem name="department" />
        <TextItem name="industry" />
        <TextItem name="region" />
        <TermsItem />
        <Form.Item name="currency" label={say('ui.currency')}>
          <Select allowClear options={commonCurrencies.map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
    </ActDialog>
  )
}

/** Fields that are left empty are left out. */
function partyOf({ uscc, ...fields }: Fields): NewParty {
  const filled = Object.entries(fields).flatMap(([name, value]) =>
    value?.trim() ? [[name, value.trim()]] : [],
  )
  const identifiers = uscc?.trim()
    ? [{ scheme: 'uscc' as const, value: uscc.trim().toUpperCase() }]
    : []
  return { ...Object.fromEntries(filled), name: fields.name.trim(), identifiers }
}

/** One's own word, or one that others have already. */
function TextItem({ name, hint }: { name: Described; hint?: string }): ReactNode {
  const { say } = useWords()
  const choices = useCustomerChoices()
  const known = name === 'code' || name === 'shortName' ? [] : choices[name]
  return (
    <Form.Item name={name} label={say(`customer.${name}`)}>
      <AutoComplete
        options={known.map((value) => ({ value }))}
        showSearch={{ filterOption: true }}
        maxLength={name === 'code' ? 60 : 100}
        placeholder={hint ?? ''}
      />
    </Form.Item>
  )
}

function CodeItem(): ReactNode {
  const { say } = useWords()
  const wrong = say('customer.new.uscc.wrong')
  return (
    <Form.Item
      name="uscc"
      label={say('customer.new.uscc')}
      validateTrigger="onBlur"
      rules={[
        {
          validator: async (_rule, typed = '') => {
            if (typed.trim() !== '' && checkIdentifier('uscc', typed).kind !== 'valid')
              throw new Error(wrong)
          },
        },
      ]}
    >
      <Input maxLength={24} autoComplete="off" />
    </Form.Item>
  )
}

function TermsItem(): ReactNode {
  const { say } = useWords()
  const wrong = say('customer.new.terms.wrong')
  return (
    <Form.Item
      name="terms"
      label={say('customer.new.terms')}
      validateTrigger="onBlur"
      rules={[
        {
          validator: async (_rule, typed = '') => {
            if (typed.trim() !== '' && parseTerms(typed).kind !== 'terms') throw new Error(wrong)
          },
        },
      ]}
    >
      <Input maxLength={60} placeholder={say('customer.new.terms.hint')} autoComplete="off" />
    </Form.Item>
  )
}
