import { useQuery } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { PolicyExamples, PolicyWithDocument } from '#contract/policy.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { get, send } from '../ui/api.ts'
import { CustomerChoice } from '../ui/customer-choice.tsx'
import { Mark } from '../ui/mark.tsx'
import { Card, EmptyState, Loaded } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useAct } from '../ui/use-act.ts'
import { type Say, useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'

type Example = PolicyExamples['items'][number]

/** The cases that every version must pass, and what this one says to them. */
export function ExamplesCard({ version }: { version: PolicyWithDocument }): ReactNode {
  const { say } = useWords()
  const reason = useMayNot()('policy:write')
  const [isOpen, setOpen] = useState(false)
  const { id, kind } = version
  const query = { version: id }
  const examples = useQuery({
    queryKey: ['/api/policy-examples', query],
    queryFn: () => get<PolicyExamples>('/api/policy-examples', query),
  })
  // A check that is to be an example is kept on the page of its hold.
  const canAdd = kind === 'scorecard' || kind === 'limit-policy'
  return (
    <Card
      title={say('life.examples')}
      extra={
        canAdd && (
          <ActButton size="small" reason={reason} onClick={() => setOpen(true)}>
            {say('life.examples.add')}
          </ActButton>
        )
      }
    >
      <p className="quiet">{say('life.examples.note')}</p>
      <Loaded query={examples} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('life.examples.none')} text={say('life.examples.none.text')} />
          ) : (
            <PlainTable
              titles={[
                'life.examples.name',
                'life.examples.expected',
                'life.examples.result',
                '~life.examples.drop',
              ]}
            >
              {items.map((example) => (
                <ExampleRow key={example.id} example={example} reason={reason} />
              ))}
            </PlainTable>
          )
        }
      </Loaded>
      <KeepDialog kind={kind} isOpen={isOpen} close={() => setOpen(false)} />
    </Card>
  )
}

function ExampleRow(of: { readonly example: Example; readonly reason: string | null }): ReactNode {
  const { pick, say } = useWords()
  const { expected, id, name, partyId, run } = of.example
  const drop = useAct({
    send: (_: undefined, key) => send('DELETE', `/api/policy-examples/${id}`, { key }),
    done: (words) => words('life.examples.drop.done'),
  })
  return (
    <tr>
      <th scope="row">{partyId ? <Link to={`/customers/${partyId}`}>{name}</Link> : name}</th>
      <td>{expectedText(expected, say)}</td>
      <td>
        {run?.passed === true && <Mark tone="good">{say('life.examples.passed')}</Mark>}
        {run?.passed === false && (
          <Mark tone="bad">{say('life.examples.failed', { got: pick(run.got) })}</Mark>
        )}
      </td>
      <td>
        <ActButton
          size="small"
          reason={of.reason}
          loading={drop.isPending}
          onClick={() => drop.mutate(undefined)}
        >
          {say('life.examples.drop')}
        </ActButton>
      </td>
    </tr>
  )
}

function expectedText(expected: Example['expected'], say: Say): string {
  if ('grade' in expected) return say('life.examples.grade', expected)
  if ('amount' in expected) return say('life.examples.limit', expected)
  return say('life.examples.check', {
    outcome: say(`life.examples.outcome.${expected.outcome}`),
    rules: expected.rules.join(', '),
  })
}

type Fields = { readonly name: string; readonly party: string }

function KeepDialog(of: {
  readonly kind: PolicyWithDocument['kind']
  readonly isOpen: boolean
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const needed = [{ required: true, whitespace: true, message: say('ui.required') }]
  return (
    <ActDialog<Fields, unknown>
      {...{ isOpen: of.isOpen, close: of.close }}
      title={say('life.examples.add')}
      submit={say('life.examples.add')}
      send={(fields, key) =>
        send('POST', '/api/policy-examples', { body: { ...fields, kind: of.kind }, key })
      }
      done={(words) => words('life.examples.add.done')}
    >
      <p className="quiet">{say('life.examples.now')}</p>
      <Form.Item name="party" label={say('life.examples.customer')} rules={needed}>
        <CustomerChoice />
      </Form.Item>
      <Form.Item name="name" label={say('life.examples.name')} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
    </ActDialog>
  )
}
