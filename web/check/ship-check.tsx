import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { CreditCheckReply } from '#contract/check.ts'
import { useBaseCurrency } from '../company/use-company.ts'
import { send } from '../ui/api.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { CustomerChoice } from '../ui/customer-choice.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { readAmount } from '../ui/read-amount.ts'
import { useWords } from '../ui/use-words.ts'
import type { FoundCustomer } from './recent-customers.ts'
import { ShipAnswer, type ShipQuestion } from './ship-answer.tsx'

type Of = {
  readonly party?: string
  /** Chosen before: only the amount is asked for. */
  readonly customer?: FoundCustomer
  readonly back?: () => void
}

/** Customer and amount in, the answer with its reasons out; nothing is kept by asking. */
export function ShipCheck(of: Of): ReactNode {
  const party = of.customer?.partyId ?? of.party
  const { say } = useWords()
  const [form] = Form.useForm<ShipQuestion>()
  const base = useBaseCurrency()
  const [asked, setAsked] = useState<ShipQuestion>()
  const amount = useRef<HTMLDivElement>(null)
  const check = useMutation({
    mutationFn: (question: ShipQuestion) =>
      send<CreditCheckReply>('POST', '/api/credit-checks', {
        body: { ...question, mode: 'check' },
      }),
  })
  const ask = (fields: ShipQuestion) => {
    const question = { ...fields, amount: readAmount(fields.amount) ?? '' }
    setAsked(question)
    check.mutate(question)
  }
  useEffect(() => {
    if (!form.isFieldTouched('currency')) form.setFieldValue('currency', base)
  }, [form, base])
  const currencies = [...new Set([base, ...commonCurrencies])]
  return (
    <div className="ship-check">
      <Form<ShipQuestion>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={ask}
        initialValues={{ party, currency: base }}
      >
        <Who
          {...of}
          isAsked={party === undefined}
          chosen={() => amount.current?.querySelector('input')?.focus()}
        />
        <div className="ship-check-amount" ref={amount}>
          <Form.Item
            name="amount"
            label={say('check.amount')}
            rules={[
              {
                validator: async (_rule, typed = '') => {
                  if (readAmount(typed) === undefined) throw new Error(say('check.amount.wrong'))
                },
              },
            ]}
          >
            <Input
              autoFocus={party !== undefined}
              inputMode="decimal"
              placeholder={say('check.amount.hint')}
              autoComplete="off"
            />
          </Form.Item>
          <Form.Item name="currency" label={say('ui.currency')}>
            <Select options={currencies.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={check.isPending}>
            {say('check.ask')}
          </Button>
        </div>
      </Form>
      {check.error && <ProblemNote error={check.error} />}
      {check.data && asked && <ShipAnswer answer={check.data} question={asked} />}
    </div>
  )
}

function Who(of: Of & { readonly isAsked: boolean; readonly chosen: () => void }): ReactNode {
  const { say } = useWords()
  if (of.customer) {
    return (
      <>
        <Chosen customer={of.customer} back={of.back} />
        <Form.Item name="party" hidden>
          <Input />
        </Form.Item>
      </>
    )
  }
  return (
    <Form.Item
      name="party"
      label={say('check.customer')}
      rules={[{ required: true, message: say('ui.required') }]}
    >
      <CustomerChoice autoFocus={of.isAsked} chosen={of.chosen} />
    </Form.Item>
  )
}

function Chosen(of: {
  readonly customer: FoundCustomer
  readonly back: (() => void) | undefined
}): ReactNode {
  const { say } = useWords()
  const { back, customer } = of
  return (
    <p className="chosen-customer">
      <strong>{customer.name}</strong> <span className="quiet">{customer.code}</span>
      <Link to={`/customers/${customer.partyId}`}>{say('check.openFile')}</Link>
      {back && (
        <Button type="link" onClick={back}>
          {say('check.otherCustomer')}
        </Button>
      )}
    </p>
  )
}
