import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { readAmount } from './read-amount.ts'
import { useWords } from './use-words.ts'

/** The field `amount` of a form, typed with its commas or without, and told at once when it is none. */
export function AmountItem(of: {
  readonly label: string
  readonly isOptional?: boolean
  readonly placeholder?: string
}): ReactNode {
  const { say } = useWords()
  const isAmount = {
    validator: async (_rule: unknown, typed = '') => {
      if (of.isOptional && typed.trim() === '') return
      if (readAmount(typed) === undefined) throw new Error(say('ui.amount.wrong'))
    },
  }
  return (
    <Form.Item name="amount" label={of.label} rules={[isAmount]}>
      <Input inputMode="decimal" autoComplete="off" placeholder={of.placeholder} />
    </Form.Item>
  )
}
