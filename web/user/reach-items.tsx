import { AutoComplete, Form, Select } from 'antd'
import type { ReactNode } from 'react'
import type { DataScope } from '#contract/user.ts'
import { useWords } from '../ui/use-words.ts'
import { useDepartments } from './use-departments.ts'

/** Whose customers are seen, and the department that is meant by it. */
export function ReachItems(of: {
  readonly scopes: readonly DataScope[]
  readonly hint?: string
}): ReactNode {
  const { say } = useWords()
  const { data } = useDepartments()
  const paths = data?.items.map(({ path }) => path) ?? []
  return (
    <>
      <Form.Item name="scope" label={say('people.scope')} extra={of.hint}>
        <Select
          allowClear={of.hint !== undefined}
          options={of.scopes.map((value) => ({ value, label: say(`people.scope.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="department"
        label={say('user.department')}
        dependencies={['scope']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_rule, typed = '') => {
              const isNeeded = getFieldValue('scope') === 'department'
              if (isNeeded && !paths.includes(typed)) throw new Error(say('people.scope.needs'))
            },
          }),
        ]}
      >
        <AutoComplete
          maxLength={200}
          allowClear
          options={paths.map((value) => ({ value }))}
          showSearch={{
            filterOption: (typed, option) => option?.value.includes(typed.trim()) ?? false,
          }}
        />
      </Form.Item>
    </>
  )
}
