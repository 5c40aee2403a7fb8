import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Ageing } from '#contract/ageing.ts'
import { useCompany } from '../company/use-company.ts'
import { pathWith, type Query } from '../ui/api.ts'
import { Explained } from '../ui/explained.tsx'
import { ListTable } from '../ui/list-table.tsx'
import { EmptyState, Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { UnitSwitch } from '../ui/unit-switch.tsx'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { ageingColumns, ageingSummary } from './ageing-columns.tsx'
import { AgeingControls } from './ageing-controls.tsx'
import { AgeingItems, type Drill } from './ageing-items.tsx'
import { ageingQuery } from './ageing-question.ts'
import { customerKey, type Line, useAgeing } from './use-ageing.ts'

/** Who owes how much since when: customers, below each its documents, totals and shares in sight. */
export function AgeingPage(): ReactNode {
  const company = useCompany({ staleTime: 60_000 })
  const { say } = useWords()
  if (company.data) return <AgeingTable base={company.data.baseCurrency} />
  return (
    <Page title={say('ageing.title')}>
      {company.error && <ProblemNote error={company.error} retry={company.refetch} />}
    </Page>
  )
}

function AgeingTable({ base }: { base: string }): ReactNode {
  const words = useWords()
  const { say } = words
  const url = useUrlState()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [drilled, setDrilled] = useState<Drill | null>(null)
  const asked = ageingQuery(url.values, base)
  const book = useAgeing(asked, opened)
  const toggle = (key: string) =>
    setOpened((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  const open = (line: Line) => {
    if (line.kind === 'customer') toggle(customerKey(line.row))
    if (line.kind !== 'item') return
    const place = line.item.kind === 'invoice' ? 'invoices' : 'receipts'
    navigate(`/${place}/${line.item.partyId}/${line.item.id}`)
  }
  const drill = (column: string, currency: string, children: ReactNode) => (
    <button type="button" className="drill" onClick={() => setDrilled({ column, currency })}>
      {children}
    </button>
  )
  return (
    <Page
      title={say('ageing.title')}
      note={<AgeingNote ageing={book.first} />}
      actions={<Actions asked={asked} />}
    >
      <AgeingControls values={url.values} set={url.set} base={base} asOf={book.first?.asOf} />
      {book.error && <ProblemNote error={book.error} retry={book.refetch} />}
      <ListTable<Line>
        rows={book.lines}
        columns={ageingColumns({ ageing: book.first, opened, toggle, words })}
        rowKey={({ key }) => key}
        sort={url.values.sort ?? '-balance'}
        setSort={(sort) => url.set({ sort: sort === '-balance' ? null : sort })}
        open={open}
        isLoading={book.isPending}
        isStale={book.isStale}
        more={book.more}
        summary={ageingSummary(book.first, words, drill)}
        empty={<EmptyState title={say('ageing.empty')} text={say('ageing.empty.text')} />}
      />
      <p className="list-foot">
        <span>{say('ui.shown', { count: book.customers.length })}</span>
        {book.more && (
          <Button type="link" onClick={book.more}>
            {say('ui.loadMore')}
          </Button>
        )}
      </p>
      <AgeingItems
        asked={asked}
        ageing={book.first}
        drill={drilled}
        close={() => setDrilled(null)}
      />
    </Page>
  )
}

function Actions({ asked }: { asked: Query }): ReactNode {
  const { say } = useWords()
  return (
    <>
      <UnitSwitch />
      <Button
        href={pathWith('/api/ageing.xlsx', { ...asked, convertTo: null })}
        title={say('ageing.each')}
      >
        {say('ui.export')}
      </Button>
      <Button onClick={() => window.print()}>{say('ageing.print')}</Button>
    </>
  )
}

/** Of which day, counted how, and by which rates it was converted. */
function AgeingNote({ ageing }: { ageing: Ageing | undefined }): ReactNode {
  const { say } = useWords()
  if (!ageing) return <span>&nbsp;</span>
  const { asOf, by, rates } = ageing
  const told = `${asOf} · ${say(`ageing.by.${by}`)}`
  const inputs = rates.map(
    ({ from, rate, rateOn, to }) => [`1 ${from}`, `${rate} ${to} (${rateOn})`] as const,
  )
  const short = rates.map(({ from, rate }) => `${from} ${rate.slice(0, -4)}`).join(', ')
  return (
    <>
      <Explained by={{ formula: say('ageing.formula'), asOf }}>{told}</Explained>
      {inputs.length > 0 && (
        <>
          {' · '}
          <Explained by={{ formula: say('ageing.rates.none'), inputs, asOf }}>
            {say('ageing.rates')} {short}
          </Explained>
        </>
      )}
    </>
  )
}
