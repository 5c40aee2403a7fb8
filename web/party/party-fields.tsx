import { DatePicker, Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { partyRoles } from '#contract/party.ts'
import { formatTerms } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { CustomerChoice } from '../ui/customer-choice.tsx'
import { useWords } from '../ui/use-words.ts'
import type { WordKey } from '../words.ts'

/** The fields of a party in a form, judged as they are typed. */
export function PartyFields({ partyId }: { partyId: string }): ReactNode {
  const { say } = useWords()
  return (
    <div className="form-grid">
      <TextField name="name" length={200} isRequired isWide />
      <TextField name="code" length={60} isRequired />
      <TextField name="shortName" length={100} />
      <Form.Item
        name="roles"
        label={say('file.roles')}
        rules={[{ required: true, message: say('ui.required') }]}
      >
        <Select
          mode="multiple"
          options={partyRoles.map((value) => ({ value, label: say(`file.role.${value}`) }))}
        />
      </Form.Item>
      <TextField name="industry" length={100} />
      <TextField name="region" length={100} />
      <PatternField name="country" pattern={/^[A-Z]{2}$/} wrong="file.edit.country.wrong" />
      <TextField name="department" length={100} />
      <TextField name="salesperson" length={100} />
      <PatternField name="currency" pattern={/^[A-Z]{3}$/} wrong="file.edit.currency.wrong" />
      <TermsField />
      <DayField name="sinceOn" />
      <DayField name="foundedOn" />
      <DayField name="closedOn" />
      <LinkField name="groupParentId" label="file.groupParent" partyId={partyId} />
      <LinkField name="payerId" label="file.payer" partyId={partyId} />
      <Form.Item name="note" label={say('file.note')} className="wide">
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </div>
  )
}

type TextName = 'name' | 'code' | 'shortName' | 'industry' | 'region' | 'department' | 'salesperson'

function TextField(of: {
  readonly name: TextName
  readonly length: number
  readonly isRequired?: boolean
  readonly isWide?: boolean
}): ReactNode {
  const { say } = useWords()
  const label = say(`file.${of.name}`)
  return (
    <Form.Item
      name={of.name}
      label={label}
      className={of.isWide ? 'wide' : ''}
      rules={[
        ...(of.isRequired
          ? [{ required: true, whitespace: true, message: say('ui.required') }]
          : []),
        { max: of.length, message: say('file.edit.long', { count: of.length }) },
      ]}
    >
      <Input autoComplete="off" />
    </Form.Item>
  )
}

function PatternField(of: {
  readonly name: 'country' | 'currency'
  readonly pattern: RegExp
  readonly wrong: WordKey
}): ReactNode {
  const { say } = useWords()
  return (
    <Form.Item
      name={of.name}
      label={say(`file.${of.name}`)}
      normalize={(typed: string) => typed.toUpperCase().trim()}
      rules={[{ pattern: of.pattern, message: say(of.wrong) }]}
    >
      <Input autoComplete="off" maxLength={3} />
    </Form.Item>
  )
}

function TermsField(): ReactNode {
  const { language, say } = useWords()
  const judge = async (_rule: unknown, typed = '') => {
    const reading = typed.trim() === '' ? null : parseTerms(typed)
    if (reading === null || reading.kind === 'terms') return
    if (reading.kind === 'not-terms') throw new Error(say('file.edit.terms.wrong'))
    const choices = reading.candidates
      .map((terms) => formatTerms(terms, language === 'en' ? 'en' : 'zh'))
      .join(' / ')
    throw new Error(say('file.edit.terms.which', { choices }))
  }
  return (
    <Form.Item name="terms" label={say('file.terms')} rules={[{ validator: judge }]}>
      <Input autoComplete="off" maxLength={200} placeholder={say('file.edit.terms.hint')} />
    </Form.Item>
  )
}

function DayField({ name }: { name: 'sinceOn' | 'foundedOn' | 'closedOn' }): ReactNode {
  const { say } = useWords()
  return (
    <Form.Item name={name} label={say(`file.${name}`)}>
      <DatePicker />
    </Form.Item>
  )
}

function LinkField(of: {
  readonly name: string
  readonly label: WordKey
  readonly partyId: string
}): ReactNode {
  const { say } = useWords()
  const form = Form.useFormInstance()
  const judge = async (_rule: unknown, chosen?: string) => {
    if (chosen === of.partyId) throw new Error(say('file.edit.own'))
  }
  return (
    <Form.Item name={of.name} label={say(of.label)} rules={[{ validator: judge }]}>
      <CustomerChoice clear={() => form.setFieldValue(of.name, undefined)} />
    </Form.Item>
  )
}
