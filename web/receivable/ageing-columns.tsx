import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Ageing } from '#contract/ageing.ts'
import type { Column, SummaryRow } from '../ui/list-column.tsx'
import { Money, Share } from '../ui/money.tsx'
import { ShareBar } from '../ui/share-bar.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import { type CustomerRow, customerKey, type Line } from './use-ageing.ts'

type Words = ReturnType<typeof useWords>

type Of = {
  readonly ageing: Ageing | undefined
  readonly opened: ReadonlySet<string>
  readonly toggle: (key: string) => void
  readonly words: Words
}

/** Customer, the columns of the ageing, balance, oldest and how the balance is made up. */
export function ageingColumns({ ageing, opened, toggle, words }: Of): readonly Column<Line>[] {
  const { pick, say } = words
  const buckets = ageing?.buckets ?? []
  const amount = (
    key: string,
    of: (row: CustomerRow) => string | undefined,
  ): Omit<Column<Line>, 'title'> => ({
    ...{ key, width: 122, isRight: true, sort: key },
    render: (line) => amountOf(line, key, of),
  })
  return [
    {
      ...{ key: 'customer', title: 'ageing.customer', width: 270, isFixed: true, sort: 'customer' },
      render: (line) => <FirstCell line={line} opened={opened} toggle={toggle} />,
    },
    {
      ...{ key: 'currency', title: 'ui.currency', width: 64 },
      render: (line) => ('item' in line ? line.item.currency : line.row.currency),
    },
    { ...amount('not-due', (row) => row.notDue), title: 'ageing.notDue' },
    ...buckets.map((bucket, index) => ({
      ...amount(String(index + 1), (row) => row.buckets[index]),
      title: 'ageing.bucket' as const,
      heading: pick(bucket.label),
    })),
    { ...amount('unapplied-credits', (row) => row.unappliedCredits), title: 'ageing.credits' },
    { ...amount('balance', (row) => row.balance), title: 'ageing.balance', isFixedRight: true },
    {
      ...{ key: 'oldest', title: 'ageing.oldest', width: 96, isRight: true, sort: 'oldest' },
      isFixedRight: true,
      render: (line) => <Oldest line={line} />,
    },
    {
      ...{ key: 'shape', title: 'ageing.shape', width: 100, isFixedRight: true },
      render: (line) =>
        line.kind === 'customer' && <Shape row={line.row} ageing={ageing} say={say} pick={pick} />,
    },
  ]
}

function amountOf(
  line: Line,
  key: string,
  of: (row: CustomerRow) => string | undefined,
): ReactNode {
  if (line.kind === 'customer') {
    const amount = of(line.row) ?? null
    if (amount !== null && /^[0.]*$/.test(amount)) return <span className="quiet">-</span>
    return <Money amount={amount} currency={line.row.currency} isBare />
  }
  if (line.kind !== 'item') return null
  const isHere = key === 'balance' || line.item.column === key
  return isHere && <Money amount={line.item.open} currency={line.item.currency} isBare />
}

function FirstCell(of: {
  readonly line: Line
  readonly opened: ReadonlySet<string>
  readonly toggle: (key: string) => void
}): ReactNode {
  const { say } = useWords()
  const { line } = of
  switch (line.kind) {
    case 'customer': {
      const key = customerKey(line.row)
      const isOpen = of.opened.has(key)
      const { code, name } = line.row.party
      return (
        <span className="tree-cell">
          <button
            type="button"
            className="tree-toggle"
            aria-expanded={isOpen}
            aria-label={say(isOpen ? 'ageing.collapse' : 'ageing.expand', { name })}
            onClick={(event) => {
              event.stopPropagation()
              of.toggle(key)
            }}
          />
          <Link to={`/customers/${line.row.party.id}`} title={`${name} ${code}`}>
            {name}
          </Link>
        </span>
      )
    }
    case 'item': {
      const { dueOn, id, kind, number, partyId } = line.item
      const place = kind === 'invoice' ? 'invoices' : 'receipts'
      return (
        <span className="tree-cell tree-below">
          <Link to={`/${place}/${partyId}/${id}`}>{number}</Link>
          {dueOn && <span className="quiet">{dueOn}</span>}
        </span>
      )
    }
    case 'waiting':
      return <span className="tree-cell tree-below quiet">{say('ui.loading')}</span>
    case 'more':
      return (
        <Link className="tree-cell tree-below" to={`/invoices?party=${line.row.party.id}`}>
          {say('ageing.moreItems')}
        </Link>
      )
  }
}

function Oldest({ line }: { line: Line }): ReactNode {
  const { say } = useWords()
  if (line.kind !== 'customer' && line.kind !== 'item') return null
  const days = line.kind === 'customer' ? line.row.oldestDays : line.item.daysPastDue
  if (days === 0) return <span className="quiet">-</span>
  return (
    <span className={days > 90 ? 'figure negative' : 'figure'}>
      {say('ageing.days', { count: days })}
    </span>
  )
}

function Shape(of: {
  readonly row: CustomerRow
  readonly ageing: Ageing | undefined
  readonly say: Say
  readonly pick: Words['pick']
}): ReactNode {
  const { ageing, pick, row, say } = of
  const buckets = ageing?.buckets ?? []
  const last = Math.max(1, buckets.length)
  return (
    <ShareBar
      label={say('ageing.shape')}
      parts={[
        { name: say('ageing.notDue'), amount: row.notDue, tone: 0 },
        ...buckets.map(({ label }, index) => ({
          name: pick(label),
          amount: row.buckets[index] ?? '0',
          tone: Math.round(((index + 1) * 6) / last),
        })),
      ]}
    />
  )
}

/** The totals of each currency and below them what share of its balance each column is. */
export function ageingSummary(
  ageing: Ageing | undefined,
  { say }: Words,
  drill: (column: string, currency: string, children: ReactNode) => ReactNode,
): readonly SummaryRow[] {
  return (ageing?.totals ?? []).flatMap((total) => {
    const { currency } = total
    const amount = (column: string, of: string) =>
      drill(column, currency, <Money amount={of} currency={currency} isBare />)
    const share = (fraction: string) => <Share bps={Math.round(Number(fraction) * 10_000)} />
    const cells = (of: (key: string, amount: string, share: string) => ReactNode) => ({
      'not-due': of('not-due', total.notDue, total.shares.notDue),
      ...Object.fromEntries(
        total.buckets.map((each, index) => {
          const key = String(index + 1)
          return [key, of(key, each, total.shares.buckets[index] ?? '0')]
        }),
      ),
      'unapplied-credits': of(
        'unapplied-credits',
        total.unappliedCredits,
        total.shares.unappliedCredits,
      ),
    })
    const customers = say('ageing.customers', { count: total.customers })
    return [
      {
        label: (
          <>
            {say('ui.total')} <span className="quiet">{customers}</span>
          </>
        ),
        cells: {
          ...cells((key, of) => amount(key, of)),
          currency,
          balance: amount('', total.balance),
          oldest: say('ageing.days', { count: total.oldestDays }),
        },
      },
      { label: say('ageing.share'), cells: cells((_key, _of, fraction) => share(fraction)) },
    ]
  })
}
