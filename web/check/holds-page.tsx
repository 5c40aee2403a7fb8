import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import type { HoldPage } from '#contract/hold.ts'
import type { Filter } from '../ui/filter-bar.tsx'
import type { Column } from '../ui/list-column.tsx'
import { ListPage, type RowAct } from '../ui/list-page.tsx'
import { Mark } from '../ui/mark.tsx'
import { MomentText, Money } from '../ui/money.tsx'
import { EmptyState } from '../ui/page.tsx'
import { Totals } from '../ui/totals.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { useRoleName } from '../user/use-role-name.ts'
import { RejectDialog } from './hold-dialogs.tsx'
import { BatchReleaseDialog } from './release-dialog.tsx'

type Row = HoldPage['items'][number]
type Chosen = { readonly act: 'release' | 'reject' | null; readonly rows: readonly Row[] }

/** The worklist of what waits for a release, the most urgent first. */
export function HoldsPage(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const filters = useFilters()
  const columns = useColumns()
  const may = useMay()
  const [chosen, setChosen] = useState<Chosen>({ act: null, rows: [] })
  const close = () => setChosen(({ rows }) => ({ act: null, rows }))
  const needs = (permission: 'hold:write' | 'hold:release') =>
    may(permission) ? null : say('ui.noPermission', { permission })
  const acts: readonly RowAct<Row>[] = [
    {
      ...{ key: 'r', name: 'hold.release', reason: needs('hold:release') },
      run: (rows) => setChosen({ act: 'release', rows }),
    },
    {
      ...{ key: 'd', name: 'hold.reject', reason: needs('hold:write') },
      run: (rows) => setChosen({ act: 'reject', rows }),
    },
  ]
  return (
    <>
      <ListPage<Row, HoldPage>
        title="shell.holds"
        path="/api/holds"
        viewsOf="holds"
        isInUnits
        {...{ filters, columns, acts }}
        rowKey={({ id }) => id}
        open={({ id, partyId }) => navigate(`/holds/${partyId}/${id}`)}
        count={({ totals }) => totals.reduce((sum, { count }) => sum + count, 0)}
        empty={<EmptyState title={say('hold.empty')} text={say('hold.empty.text')} />}
      />
      <BatchReleaseDialog isOpen={chosen.act === 'release'} close={close} holds={chosen.rows} />
      <RejectDialog isOpen={chosen.act === 'reject'} close={close} holds={chosen.rows} />
    </>
  )
}

function useFilters(): readonly Filter[] {
  const { say } = useWords()
  const roleName = useRoleName()
  return [
    {
      ...{ name: 'mine', label: 'hold.mine', kind: 'choice' },
      choices: [{ value: 'true', label: say('hold.mine.true') }],
    },
    { name: 'party', label: 'ui.customer', kind: 'customer' },
    { name: 'number', label: 'hold.number', kind: 'text' },
    {
      ...{ name: 'owner', label: 'hold.owner', kind: 'choice' },
      choices: (['credit-manager', 'sales', 'accountant', 'admin'] as const).map((value) => ({
        value,
        label: roleName(value),
      })),
    },
    {
      ...{ name: 'olderThan', label: 'hold.olderThan', kind: 'choice' },
      choices: [1, 3, 7, 30].map((count) => ({
        value: String(count),
        label: say('hold.days', { count }),
      })),
    },
  ]
}

function useColumns() {
  const { pick, say } = useWords()
  const roleName = useRoleName()
  return (first: HoldPage | undefined): readonly Column<Row>[] => [
    {
      ...{ key: 'number', title: 'hold.number', width: 150, isFixed: true },
      render: ({ number }) => <strong>{number}</strong>,
    },
    {
      ...{ key: 'customer', title: 'ui.customer', width: 210 },
      render: ({ party }) => <span title={`${party.name} ${party.code}`}>{party.name}</span>,
    },
    {
      ...{ key: 'amount', title: 'ui.amount', width: 170, isRight: true },
      render: ({ amount, currency }) => <Money {...{ amount, currency }} />,
      ...(first && { total: <Totals totals={first.totals} /> }),
    },
    {
      ...{ key: 'age', title: 'hold.age', width: 84, isRight: true },
      render: ({ ageDays }) => (
        <span className={ageDays >= 3 ? 'negative figure' : 'figure'}>{age(ageDays, say)}</span>
      ),
    },
    {
      ...{ key: 'reasons', title: 'hold.reasons', width: 380 },
      render: ({ reasons }) => {
        const told = reasons.map(pick)
        const more = told.length > 1 ? ` · ${say('hold.more', { count: told.length - 1 })}` : ''
        return <span title={told.join('\n')}>{`${told[0] ?? ''}${more}`}</span>
      },
    },
    {
      ...{ key: 'owner', title: 'hold.owner', width: 130 },
      render: ({ owner }) => roleName(owner),
    },
    {
      ...{ key: 'salesperson', title: 'hold.salesperson', width: 110 },
      render: ({ requestedBy, salesperson }) => salesperson ?? requestedBy,
    },
    {
      ...{ key: 'priority', title: 'hold.priority', width: 80, isRight: true },
      render: ({ priority }) => <span className="figure">{priority}</span>,
    },
    {
      ...{ key: 'state', title: 'hold.state', width: 96 },
      render: ({ state }) => (
        <Mark tone={state === 'asked' ? 'warn' : 'plain'}>{say(`hold.state.${state}`)}</Mark>
      ),
    },
    {
      ...{ key: 'checkpoint', title: 'hold.checkpoint', width: 100, isExtra: true },
      render: ({ checkpoint }) => say(`hold.checkpoint.${checkpoint}`),
    },
    {
      ...{ key: 'openedAt', title: 'hold.openedAt', width: 150, isExtra: true },
      render: ({ openedAt }) => <MomentText moment={openedAt} />,
    },
  ]
}

function age(days: number, say: Say): string {
  return days === 0 ? say('hold.today') : say('hold.days', { count: days })
}
