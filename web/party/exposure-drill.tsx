import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { ExposureAccount } from '#contract/credit-file.ts'
import type { LedgerPage } from '#contract/exposure.ts'
import { type Stage, stageLabels } from '#kernel/exposure/stage.ts'
import { DrillDrawer } from '../ui/drill-drawer.tsx'
import type { Column } from '../ui/list-column.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { PagedTable } from '../ui/paged-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { OpenItems } from './open-items-tab.tsx'

export type StageDrill = {
  readonly account: ExposureAccount
  readonly stage: Stage
  readonly currency: string
}

type Entry = LedgerPage['items'][number]

/** What a stage of the exposure is made of: open documents where there are, and every entry. */
export function ExposureDrill(of: {
  readonly drill: StageDrill | null
  readonly asOf: string
  readonly close: () => void
}): ReactNode {
  const { pick, say } = useWords()
  const { drill } = of
  return (
    <DrillDrawer
      title={
        drill &&
        say('file.drill', { stage: pick(stageLabels[drill.stage]), name: drill.account.name })
      }
      isOpen={drill !== null}
      close={of.close}
      width={940}
    >
      {drill && <Behind drill={drill} asOf={of.asOf} />}
    </DrillDrawer>
  )
}

function Behind({ asOf, drill }: { asOf: string; drill: StageDrill }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const columns = useColumns()
  const { account, currency, stage } = drill
  const hasItems = stage === 'invoiced' && account.isOwn && account.segment === ''
  return (
    <>
      {hasItems && (
        <>
          <h3 className="drill-head">{say('file.drill.items')}</h3>
          <OpenItems partyId={account.partyId} query={{ asOf, currency }} height={260} />
        </>
      )}
      <h3 className="drill-head">{say('file.drill.entries')}</h3>
      <PagedTable<Entry>
        name={say('file.drill.entries')}
        path={`/api/credit-accounts/${account.partyId}/${account.id}/entries`}
        query={{ stage }}
        columns={columns}
        rowKey={({ id }) => id}
        open={(entry) => {
          const path = documentPath(entry)
          if (path) navigate(path)
        }}
        height={hasItems ? 300 : 560}
      />
    </>
  )
}

function documentPath({ documentId, documentKind, partyId }: Entry): string | null {
  if (documentKind === 'order') return `/orders/${documentId}`
  if (documentKind === 'invoice') return `/invoices/${partyId}/${documentId}`
  return documentKind === 'credit' ? `/receipts/${partyId}/${documentId}` : null
}

function useColumns(): readonly Column<Entry>[] {
  const { known, say } = useWords()
  return [
    {
      ...{ key: 'number', title: 'file.drill.number', width: 170, isFixed: true },
      // An opening or an import has no number of a document, but what it was.
      render: ({ number }) => known(`file.cause.${number}`) ?? number,
    },
    {
      ...{ key: 'on', title: 'file.day', width: 110 },
      render: ({ effectiveOn }) => <DayText day={effectiveOn} />,
    },
    {
      ...{ key: 'cause', title: 'file.drill.cause', width: 130 },
      render: ({ cause }) => known(`file.cause.${cause}`) ?? say('file.cause.other'),
    },
    {
      ...{ key: 'amount', title: 'ui.amount', width: 180, isRight: true },
      render: ({ amount, currency }) => <Money {...{ amount, currency }} />,
    },
  ]
}
