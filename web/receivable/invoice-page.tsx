import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { Dispute, InvoiceFile } from '#contract/receivable.ts'
import { ActButton } from '../ui/act-button.tsx'
import { signOf } from '../ui/amount-text.ts'
import { get, send } from '../ui/api.ts'
import { Explained } from '../ui/explained.tsx'
import { DayText, MomentText, Money } from '../ui/money.tsx'
import { Card, Descriptions, Loaded, Page } from '../ui/page.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { AllocationTable } from './allocation-table.tsx'
import {
  DisputeDialog,
  PromiseDialog,
  VoidInvoiceDialog,
  WriteOffDialog,
} from './document-acts.tsx'
import { daysPastDue, InvoiceMark } from './invoice-state.tsx'

/** An invoice: what is open of it and why, what was set against it, what is contested. */
export function InvoicePage(): ReactNode {
  const { id, partyId } = useParams()
  const { say } = useWords()
  const path = `/api/invoices/${partyId}/${id}`
  const query = useQuery({ queryKey: [path], queryFn: () => get<InvoiceFile>(path) })
  const file = query.data
  return (
    <Page
      title={
        file ? (
          <>
            {file.number} <InvoiceMark invoice={file} />
          </>
        ) : (
          say('invoice.title')
        )
      }
      name={file?.number ?? say('invoice.title')}
      back={{ to: '/invoices', name: say('invoice.title') }}
      note={file && <Link to={`/customers/${file.partyId}`}>{file.party.name}</Link>}
      actions={file && <Acts file={file} />}
    >
      <Loaded query={query} rows={10}>
        {(loaded) => (
          <>
            <Figures file={loaded} />
            <Card title={say('invoice.allocations')}>
              {loaded.allocations.length === 0 ? (
                <p className="quiet">{say('invoice.allocations.none')}</p>
              ) : (
                <AllocationTable {...loaded} of="invoice" />
              )}
            </Card>
            <Disputes file={loaded} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Acts({ file }: { file: InvoiceFile }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const [open, setOpen] = useState<'dispute' | 'promise' | 'write-off' | 'void' | null>(null)
  const may = mayNot('receivable:write')
  const isVoid = file.voidedOn ? say('invoice.isVoid', { day: file.voidedOn }) : null
  const settled = signOf(file.open) === 0 ? say('invoice.nothingOpen') : null
  const isDisputed = file.disputes.some(({ closedOn }) => closedOn === null)
  const isAllocated = file.allocations.some(({ reversedOn }) => reversedOn === null)
  const disputed = isDisputed ? say('invoice.dispute.is') : null
  const allocated = isAllocated ? say('invoice.void.allocated') : null
  const dialog = (name: typeof open) => ({
    ...{ invoice: file, isOpen: open === name, close: () => setOpen(null) },
  })
  return (
    <>
      <ActButton reason={may ?? isVoid ?? settled ?? disputed} onClick={() => setOpen('dispute')}>
        {say('invoice.dispute.open')}
      </ActButton>
      <ActButton reason={may ?? isVoid ?? settled} onClick={() => setOpen('promise')}>
        {say('invoice.promise')}
      </ActButton>
      <ActButton reason={may ?? isVoid ?? settled} onClick={() => setOpen('write-off')}>
        {say('invoice.writeOff')}
      </ActButton>
      <ActButton danger reason={may ?? isVoid ?? allocated} onClick={() => setOpen('void')}>
        {say('invoice.void')}
      </ActButton>
      <DisputeDialog {...dialog('dispute')} />
      <PromiseDialog {...dialog('promise')} />
      <WriteOffDialog {...dialog('write-off')} />
      <VoidInvoiceDialog {...dialog('void')} />
    </>
  )
}

function Figures({ file }: { file: InvoiceFile }): ReactNode {
  const { say } = useWords()
  const { currency } = file
  const inForce = file.allocations.filter(({ reversedOn }) => reversedOn === null)
  const past = daysPastDue(file)
  const due =
    signOf(file.open) === 0
      ? null
      : past > 0
        ? say('invoice.overdueBy', { count: past })
        : say('invoice.dueIn', { count: -past })
  const inputs = [
    [
      say('invoice.amount'),
      <Money key="amount" amount={file.amount} currency={currency} />,
    ] as const,
    ...inForce.map(
      ({ amount, creditNumber, id }) =>
        [creditNumber, <Money key={id} amount={`-${amount}`} currency={currency} />] as const,
    ),
  ]
  return (
    <Card>
      <Descriptions
        items={[
          [
            say('invoice.open'),
            <Explained key="open" by={{ formula: say('invoice.openFormula'), inputs }}>
              <strong className="big-figure">
                <Money amount={file.open} currency={currency} />
              </strong>
            </Explained>,
          ],
          [say('invoice.amount'), <Money key="amount" amount={file.amount} currency={currency} />],
          [say('invoice.issuedOn'), <DayText key="issued" day={file.issuedOn} />],
          [
            say('invoice.dueOn'),
            <span key="due">
              <DayText day={file.dueOn} />{' '}
              {due && <span className={past > 0 ? 'negative' : 'quiet'}>{due}</span>}
            </span>,
          ],
          [say('invoice.terms'), <TermsText key="terms" terms={file.terms} />],
          [say('invoice.orderNumber'), file.orderNumber],
          [say('invoice.segment'), file.segment],
          [say('ageing.department'), file.department],
          [say('ageing.salesperson'), file.salesperson],
          [say('invoice.recordedAt'), <MomentText key="at" moment={file.recordedAt} />],
          file.voidedOn
            ? [say('invoice.state'), say('invoice.isVoid', { day: file.voidedOn })]
            : null,
          file.note ? [say('invoice.note'), file.note] : null,
        ]}
      />
    </Card>
  )
}

function Disputes({ file }: { file: InvoiceFile }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const close = useAct<Dispute, Dispute>({
    send: ({ id, partyId }, key) =>
      send('POST', `/api/disputes/${partyId}/${id}/close`, { body: {}, key }),
    done: (words) => words('invoice.dispute.closed'),
  })
  return (
    <Card title={say('invoice.disputes')}>
      {file.disputes.length === 0 && <p className="quiet">{say('invoice.disputes.none')}</p>}
      <ul className="plain-list">
        {file.disputes.map((dispute) => (
          <li key={dispute.id}>
            <span>{dispute.reason}</span>{' '}
            <span className="quiet">
              {dispute.closedOn
                ? say('invoice.dispute.until', { from: dispute.openedOn, to: dispute.closedOn })
                : say('invoice.dispute.since', { day: dispute.openedOn })}
            </span>{' '}
            {dispute.closedOn === null && (
              <ActButton
                size="small"
                reason={mayNot('receivable:write')}
                loading={close.isPending}
                onClick={() => close.mutate(dispute)}
              >
                {say('invoice.dispute.close')}
              </ActButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
