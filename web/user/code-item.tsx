import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../ui/use-words.ts'

/** Codes are shown, and typed, in groups. */
export function codeOf({ code }: { readonly code: string }) {
  return { code: code.replace(/\s/g, '') }
}

export function CodeItem({ hint }: { readonly hint?: string }): ReactNode {
  const { say } = useWords()
  return (
    <Form.Item
      name="code"
      label={say('user.code')}
      extra={hint ?? say('user.code.hint')}
      rules={[{ required: true, min: 6, message: say('factor.code.short') }]}
    >
      <Input autoComplete="one-time-code" autoFocus maxLength={40} />
    </Form.Item>
  )
}
