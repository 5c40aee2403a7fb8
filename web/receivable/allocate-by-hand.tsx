import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { Allocation, CreditFile } from '#contract/receivable.ts'
import type { InvoicePage } from '#contract/receivable-list.ts'
import { ActButton } from '../ui/act-button.tsx'
import { signOf } from '../ui/amount-text.ts'
import { get, send } from '../ui/api.ts'
import { DayText, Money } from '../ui/money.tsx'
import { Card, Loaded } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import {
  type Draft,
  type DraftReading,
  filledDraft,
  readDraft,
  ticked,
} from './allocation-draft.ts'

type OpenRow = InvoicePage['items'][number]

const mostInvoices = 500

/** The customer's open invoices in the money's currency: typed or ticked, then set in one act. */
export function AllocateByHand({ credit }: { credit: CreditFile }): ReactNode {
  const { say } = useWords()
  const { currency, partyId } = credit
  const asked = { party: partyId, state: 'open', currency, limit: mostInvoices }
  const [just, setJust] = useState<readonly Allocation[]>([])
  const query = useQuery({
    queryKey: ['/api/invoices', asked],
    queryFn: () => get<InvoicePage>('/api/invoices', asked),
  })
  return (
    <Card title={say('credit.open')}>
      <JustDone credit={credit} allocations={just} forget={() => setJust([])} />
      <Loaded query={query}>
        {({ items, next }) => (
          <Form
            credit={credit}
            // What belongs to a merged duplicate is set against that one's own money.
            invoices={items.filter((invoice) => invoice.partyId === partyId)}
            isCut={next !== null}
            done={setJust}
          />
        )}
      </Loaded>
    </Card>
  )
}

type FormOf = {
  readonly credit: CreditFile
  readonly invoices: readonly OpenRow[]
  readonly isCut: boolean
  readonly done: (allocations: readonly Allocation[]) => void
}

function Form({ credit, done, invoices, isCut }: FormOf): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const [draft, setDraft] = useState<Draft>({})
  const reading = readDraft(draft, invoices, credit.unapplied)
  const before = new Set(credit.allocations.map(({ id }) => id))
  const act = useAct<DraftReading['lines'], CreditFile>({
    send: (allocate, key) =>
      send('POST', `/api/credits/${credit.partyId}/${credit.id}/allocations`, {
        body: { allocate },
        key,
      }),
    onDone: ({ allocations }) => {
      setDraft({})
      done(allocations.filter(({ id }) => !before.has(id)))
    },
  })
  if (signOf(credit.unapplied) === 0) return <p className="quiet">{say('credit.usedUp')}</p>
  if (invoices.length === 0) return <p className="quiet">{say('credit.open.none')}</p>
  const wrong = Object.keys(reading.problems).length > 0 || signOf(reading.left) < 0
  const reason =
    mayNot('receivable:write') ??
    (wrong ? say('credit.allocate.wrong') : null) ??
    (reading.lines.length === 0 ? say('credit.allocate.nothing') : null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (reason === null && !act.isPending) act.mutate(reading.lines)
      }}
    >
      <div className="act-bar-plain">
        <Button onClick={() => setDraft(filledDraft(invoices, credit.unapplied))}>
          {say('credit.fill')}
        </Button>
        <Button disabled={Object.keys(draft).length === 0} onClick={() => setDraft({})}>
          {say('credit.clear')}
        </Button>
        {isCut && <span className="quiet">{say('credit.open.many', { count: mostInvoices })}</span>}
      </div>
      <InvoiceLines {...{ draft, invoices, reading, setDraft }} />
      <div className="allocate-foot" aria-live="polite">
        <span>
          {say('credit.chosen')} <Money amount={reading.chosen} currency={credit.currency} />
        </span>
        <span>
          {say('credit.left')}{' '}
          <strong>
            <Money amount={reading.left} currency={credit.currency} />
          </strong>
          {signOf(reading.left) < 0 && <span className="negative"> {say('credit.overspent')}</span>}
        </span>
        <ActButton type="primary" htmlType="submit" reason={reason} loading={act.isPending}>
          {say('credit.allocate')}
        </ActButton>
      </div>
    </form>
  )
}

function InvoiceLines(of: {
  readonly invoices: readonly OpenRow[]
  readonly draft: Draft
  readonly reading: DraftReading
  readonly setDraft: (draft: Draft) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <div className="table-scroll allocate-lines">
      <table className="plain-table">
        <thead>
          <tr>
            <th aria-label={say('credit.take')} />
            <th>{say('invoice.number')}</th>
            <th>{say('invoice.dueOn')}</th>
            <th className="right">{say('invoice.pastDue')}</th>
            <th className="right">{say('invoice.open')}</th>
            <th className="right">{say('credit.take')}</th>
          </tr>
        </thead>
        <tbody>
          {of.invoices.map((invoice) => (
            <InvoiceLine key={invoice.id} invoice={invoice} {...of} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function InvoiceLine(of: {
  readonly invoice: OpenRow
  readonly draft: Draft
  readonly reading: DraftReading
  readonly setDraft: (draft: Draft) => void
}): ReactNode {
  const { say } = useWords()
  const { draft, invoice, reading, setDraft } = of
  const { currency, daysPastDue, dueOn, id, number, open, partyId } = invoice
  const typed = draft[id] ?? ''
  const problem = reading.problems[id]
  return (
    <tr>
      <td>
        <Checkbox
          aria-label={say('credit.tick', { number })}
          checked={typed !== ''}
          disabled={typed === '' && signOf(reading.left) <= 0}
          onChange={() => setDraft(ticked(draft, invoice, reading))}
        />
      </td>
      <td>
        <Link to={`/invoices/${partyId}/${id}`}>{number}</Link>
      </td>
      <td>
        <DayText day={dueOn} />
      </td>
      <td className="right">
        <span className={daysPastDue > 90 ? 'figure negative' : 'figure'}>
          {daysPastDue || '-'}
        </span>
      </td>
      <td className="right">
        <Money amount={open} currency={currency} />
      </td>
      <td className="right">
        <Input
          className="amount-input"
          aria-label={say('credit.take.of', { number })}
          aria-invalid={problem !== undefined}
          {...(problem !== undefined && { status: 'error' as const })}
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={(event) => setDraft(withTyped(draft, id, event.target.value))}
        />
        {problem && <div className="negative">{say(`credit.${problem}`)}</div>}
      </td>
    </tr>
  )
}

function withTyped(draft: Draft, id: string, typed: string): Draft {
  const { [id]: _before, ...others } = draft
  return typed === '' ? others : { ...others, [id]: typed }
}

/** What was just done can be taken back in one act. */
function JustDone(of: {
  readonly credit: CreditFile
  readonly allocations: readonly Allocation[]
  readonly forget: () => void
}): ReactNode {
  const { say } = useWords()
  const { allocations, credit } = of
  const undo = useAct<void, void>({
    send: async () => {
      for (const { id } of allocations) {
        await send('POST', `/api/allocations/${credit.partyId}/${id}/reverse`, {
          body: { reason: say('ui.undo') },
        })
      }
    },
    done: (words) => words('credit.undone'),
    onDone: of.forget,
  })
  if (allocations.length === 0) return null
  return (
    <Alert
      role="status"
      type="success"
      showIcon
      className="just-done"
      title={say('credit.just', { count: allocations.length })}
      action={
        <Button autoFocus loading={undo.isPending} onClick={() => undo.mutate()}>
          {say('ui.undo')}
        </Button>
      }
    />
  )
}
