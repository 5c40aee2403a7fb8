import { Form, Radio } from 'antd'
import type { ReactNode } from 'react'
import type { CustomerLine } from '#contract/customer.ts'
import type { CreditAccount } from '#contract/exposure.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { get, ProblemError, send } from '../ui/api.ts'
import { NotDone, type Undone } from '../ui/not-done.tsx'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useWords } from '../ui/use-words.ts'

type Fields = { readonly status: 'open' | 'watch'; readonly reason: string }

/** Watches customers more closely, or no longer; each by itself, for one reason. */
export function StatusDialog(of: {
  readonly isOpen: boolean
  readonly close: () => void
  readonly customers: readonly CustomerLine[]
}): ReactNode {
  const { say } = useWords()
  const { customers } = of
  const setEach = async (fields: Fields, key: string) => {
    const undone: Undone[] = []
    for (const { name, partyId } of customers) {
      try {
        const path = await accountPath(partyId)
        if (path) await send('PUT', `${path}/status`, { body: fields, key: `${key} ${partyId}` })
        else undone.push({ name, problem: say('customer.setStatus.noAccount') })
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status === 0) throw error
        undone.push({ name, problem: `${error.title}: ${error.message}` })
      }
    }
    return undone
  }
  return (
    <ActDialog<Fields, Undone[]>
      {...{ isOpen: of.isOpen, close: of.close, send: setEach }}
      title={say('customer.setStatus.title', { count: customers.length })}
      submit={say('customer.setStatus')}
      initial={{ status: 'watch' }}
      done={(words, undone) =>
        words('customer.setStatus.done', { count: customers.length - undone.length })
      }
      left={(undone) => (undone.length > 0 ? <NotDone undone={undone} /> : null)}
    >
      <Form.Item name="status" label={say('customer.status')}>
        <Radio.Group
          options={(['watch', 'open'] as const).map((value) => ({
            value,
            label: say(`customer.status.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={say('ui.reason')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <ReasonInput
          phrases={['customer.phrase.late', 'customer.phrase.news', 'customer.phrase.cleared']}
        />
      </Form.Item>
    </ActDialog>
  )
}

async function accountPath(partyId: string): Promise<string | undefined> {
  const { items } = await get<{ readonly items: readonly CreditAccount[] }>(
    `/api/parties/${partyId}/credit-accounts`,
  )
  const account = items.find(({ level }) => level === 'party')
  return account && `/api/credit-accounts/${partyId}/${account.id}`
}
