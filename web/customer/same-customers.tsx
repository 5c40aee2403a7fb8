import { useQuery } from '@tanstack/react-query'
import { Form } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { DuplicateSuggestion } from '#contract/party.ts'
import { checkIdentifier } from '#kernel/party/check-identifier.ts'
import { ProblemError, send } from '../ui/api.ts'
import { useSettled } from '../ui/use-settled.ts'
import { useWords } from '../ui/use-words.ts'

const most = 5
type Same = Pick<DuplicateSuggestion, 'id' | 'name' | 'kind' | 'similarityBps'>

/** Who of the book may be the customer of this form: asked by a dry run, which keeps nothing. */
export function SameCustomers(): ReactNode {
  const { say } = useWords()
  const form = Form.useFormInstance()
  const name = useSettled(String(Form.useWatch('name', form) ?? '').trim(), 350)
  const uscc = useSettled(String(Form.useWatch('uscc', form) ?? '').trim(), 350)
  const same = useQuery({
    queryKey: ['/api/parties', 'same', name, uscc],
    queryFn: ({ signal }) => sameAs(name, uscc, signal),
    enabled: name.length > 1,
    placeholderData: (before) => before,
  })
  const found = name.length > 1 ? (same.data ?? []) : []
  if (found.length === 0) return null
  return (
    <div role="status" className="same-customers">
      <strong>{say('customer.new.same')}</strong>
      <ul className="plain-list">
        {found.slice(0, most).map((one) => (
          <li key={one.id}>
            <Link to={`/customers/${one.id}`}>{one.name}</Link>{' '}
            <span className="quiet">
              {one.kind === 'same-code'
                ? say('customer.new.same.code')
                : say('customer.new.same.name', { percent: Math.round(one.similarityBps / 100) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

async function sameAs(name: string, uscc: string, signal: AbortSignal): Promise<readonly Same[]> {
  const isCode = uscc !== '' && checkIdentifier('uscc', uscc).kind === 'valid'
  const identifiers = isCode ? [{ scheme: 'uscc', value: uscc }] : []
  const reply = await send<{ duplicates: readonly Same[] }>('POST', '/api/parties', {
    // A code that is taken is told among the others, not refused.
    body: { name, identifiers, acceptDuplicate: true },
    query: { 'dry-run': true },
    signal,
  }).catch((error) => {
    if (error instanceof ProblemError && error.status !== 0) return { duplicates: [] }
    throw error
  })
  return reply.duplicates
}
