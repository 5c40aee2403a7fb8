import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { CreditFile } from '#contract/receivable.ts'
import { ActButton } from '../ui/act-button.tsx'
import { signOf } from '../ui/amount-text.ts'
import { get, send } from '../ui/api.ts'
import { DayText, MomentText, Money } from '../ui/money.tsx'
import { Card, Descriptions, Loaded, Page } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { AllocateByHand } from './allocate-by-hand.tsx'
import { AllocationTable } from './allocation-table.tsx'
import { VoidCreditDialog } from './document-acts.tsx'
import { CreditMark } from './invoice-state.tsx'

/** Money on the left, what it may pay on the right. */
export function ReceiptPage(): ReactNode {
  const { id, partyId } = useParams()
  const { say } = useWords()
  const path = `/api/credits/${partyId}/${id}`
  const query = useQuery({ queryKey: [path], queryFn: () => get<CreditFile>(path) })
  const credit = query.data
  return (
    <Page
      title={
        credit ? (
          <>
            {credit.number} <CreditMark credit={credit} />
          </>
        ) : (
          say('credit.title')
        )
      }
      name={credit?.number ?? say('credit.title')}
      back={{ to: '/receipts', name: say('credit.title') }}
      note={credit && <Link to={`/customers/${credit.partyId}`}>{credit.party.name}</Link>}
      actions={credit && <Acts credit={credit} />}
    >
      <Loaded query={query} rows={10}>
        {(loaded) => (
          <div className="split">
            <div>
              <Figures credit={loaded} />
              <Card title={say('credit.done')}>
                {loaded.allocations.length === 0 ? (
                  <p className="quiet">{say('credit.done.none')}</p>
                ) : (
                  <AllocationTable {...loaded} of="credit" />
                )}
              </Card>
            </div>
            {loaded.voidedOn === null && loaded.kind !== 'write-off' && (
              <AllocateByHand key={loaded.id} credit={loaded} />
            )}
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Acts({ credit }: { credit: CreditFile }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const [isVoiding, setVoiding] = useState(false)
  const may = mayNot('receivable:write')
  const isVoid = credit.voidedOn ? say('credit.void.is') : null
  const collect = useAct<void, CreditFile>({
    send: (_input, key) =>
      send('POST', `/api/credits/${credit.partyId}/${credit.id}/collection`, { body: {}, key }),
    done: (words) => words('credit.collect.done'),
  })
  return (
    <>
      {credit.kind === 'bill' && credit.collectedOn === null && (
        <ActButton
          reason={may ?? isVoid}
          loading={collect.isPending}
          onClick={() => collect.mutate()}
        >
          {say('credit.collect')}
        </ActButton>
      )}
      <ActButton danger reason={may ?? isVoid} onClick={() => setVoiding(true)}>
        {say('credit.void')}
      </ActButton>
      <VoidCreditDialog credit={credit} isOpen={isVoiding} close={() => setVoiding(false)} />
    </>
  )
}

function Figures({ credit }: { credit: CreditFile }): ReactNode {
  const { say } = useWords()
  const { currency } = credit
  return (
    <Card>
      <Descriptions
        items={[
          [
            say('credit.unapplied'),
            <strong key="unapplied" className="big-figure">
              <Money amount={credit.unapplied} currency={currency} />
            </strong>,
          ],
          [say('credit.amount'), <Money key="amount" amount={credit.amount} currency={currency} />],
          [say('credit.kind'), say(`credit.kind.${credit.kind}`)],
          [say('credit.on'), <DayText key="on" day={credit.effectiveOn} />],
          credit.dueOn ? [say('credit.dueOn'), <DayText key="due" day={credit.dueOn} />] : null,
          credit.collectedOn
            ? [say('credit.collectedOn'), <DayText key="collected" day={credit.collectedOn} />]
            : null,
          [say('invoice.recordedAt'), <MomentText key="at" moment={credit.recordedAt} />],
          credit.voidedOn
            ? [say('invoice.state'), say('invoice.isVoid', { day: credit.voidedOn })]
            : null,
          credit.note ? [say('invoice.note'), credit.note] : null,
          signOf(credit.unapplied) === 0 && !credit.voidedOn
            ? [say('invoice.state'), say('credit.usedUp')]
            : null,
        ]}
      />
    </Card>
  )
}
