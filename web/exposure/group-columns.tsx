import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CreditAccount } from '#contract/exposure.ts'
import { negated, shareBps, signOf, sumAmounts } from '../ui/amount-text.ts'
import { Explained } from '../ui/explained.tsx'
import type { Column } from '../ui/list-column.tsx'
import { Mark, type Tone } from '../ui/mark.tsx'
import { DayText, Money, Share } from '../ui/money.tsx'
import { ShareBar } from '../ui/share-bar.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import type { TreeLine } from './use-account-tree.ts'

type Of = {
  readonly opened: ReadonlySet<string>
  readonly toggle: (id: string) => void
  readonly words: ReturnType<typeof useWords>
}

const tones: Readonly<Record<CreditAccount['status'], Tone>> = {
  open: 'good',
  watch: 'warn',
  blocked: 'bad',
  frozen: 'bad',
}
const atRisk = ['order', 'delivered', 'invoiced', 'bill'] as const
const secured = ['prepayment', 'letter-of-credit', 'insured', 'collateral'] as const

export function groupColumns({ opened, toggle, words: { say } }: Of): readonly Column<TreeLine>[] {
  const of = (render: (account: CreditAccount) => ReactNode) => (line: TreeLine) =>
    line.kind === 'account' ? render(line.account) : null
  return [
    {
      ...{ key: 'name', title: 'exposure.name', width: 320, isFixed: true },
      render: (line) => <NameCell line={line} opened={opened} toggle={toggle} />,
    },
    {
      ...{ key: 'status', title: 'exposure.status', width: 90 },
      render: of(({ status, statusReason }) => (
        <span title={statusReason ?? ''}>
          <Mark tone={tones[status]}>{say(`exposure.status.${status}`)}</Mark>
        </span>
      )),
    },
    { ...{ key: 'grade', title: 'exposure.grade', width: 64 }, render: of(({ grade }) => grade) },
    {
      ...{ key: 'limit', title: 'exposure.limit', width: 160, isRight: true },
      render: of(({ currency, limit }) =>
        limit === null ? (
          <span className="quiet">{say('exposure.noLimit')}</span>
        ) : (
          <Money amount={limit} currency={currency} />
        ),
      ),
    },
    {
      ...{ key: 'net', title: 'exposure.net', width: 160, isRight: true },
      render: of((account) => <InUse account={account} />),
    },
    {
      ...{ key: 'utilisation', title: 'exposure.utilisation', width: 84, isRight: true },
      render: of((account) => <Utilisation account={account} />),
    },
    {
      ...{ key: 'available', title: 'exposure.available', width: 160, isRight: true },
      render: of(({ available, currency }) => <Money amount={available} currency={currency} />),
    },
    {
      ...{ key: 'shape', title: 'exposure.shape', width: 110 },
      render: of((account) => <Shape account={account} say={say} />),
    },
    ...atRisk.map(
      (stage): Column<TreeLine> => ({
        ...{ key: stage, title: `exposure.${stage}`, width: 150, isRight: true },
        render: of((account) => <StageAmounts account={account} stages={[stage]} />),
      }),
    ),
    {
      ...{ key: 'secured', title: 'exposure.secured', width: 150, isRight: true },
      render: of((account) => <StageAmounts account={account} stages={secured} isLess />),
    },
    {
      ...{ key: 'toOn', title: 'exposure.toOn', width: 110 },
      render: of(({ limitToOn }) => <DayText day={limitToOn} />),
    },
  ]
}

function NameCell(of: {
  readonly line: TreeLine
  readonly opened: ReadonlySet<string>
  readonly toggle: (id: string) => void
}): ReactNode {
  const { say } = useWords()
  const { account, depth, kind } = of.line
  const indent = { paddingLeft: depth * 20 }
  if (kind === 'more') {
    return (
      <Link className="tree-cell" style={indent} to={`/customers?group=${account.partyId}`}>
        {say('exposure.more')}
      </Link>
    )
  }
  if (kind !== 'account') {
    return (
      <span className="tree-cell quiet" style={indent}>
        {say(kind === 'waiting' ? 'ui.loading' : 'exposure.none')}
      </span>
    )
  }
  const isOpen = of.opened.has(account.id)
  const { code, id, level, name, partyId, segment } = account
  return (
    <span className="tree-cell" style={indent}>
      {level === 'segment' ? (
        <span className="tree-leaf" />
      ) : (
        <button
          type="button"
          className="tree-toggle"
          aria-expanded={isOpen}
          aria-label={say(isOpen ? 'exposure.collapse' : 'exposure.expand', { name })}
          onClick={(event) => {
            event.stopPropagation()
            of.toggle(id)
          }}
        />
      )}
      <Link to={`/customers/${partyId}`} title={`${name} ${code}`}>
        {segment || name}
      </Link>
      <span className="quiet">{say(`exposure.level.${level}`)}</span>
    </span>
  )
}

function InUse({ account }: { account: CreditAccount }): ReactNode {
  const { say } = useWords()
  const { balances, currency, exposure } = account
  if (exposure === null) return <span className="quiet">{say('exposure.rateMissing')}</span>
  const inputs = balances.map(
    (balance) =>
      [
        balance.currency,
        <Money key={balance.currency} amount={balance.net} currency={balance.currency} />,
      ] as const,
  )
  return (
    <Explained by={{ formula: say('exposure.formula'), inputs }}>
      <Money amount={exposure} currency={currency} />
    </Explained>
  )
}

function Utilisation({ account }: { account: CreditAccount }): ReactNode {
  const { exposure, limit } = account
  const bps = exposure === null || limit === null ? null : shareBps(exposure, limit)
  return (
    <span className={bps !== null && bps > 10_000 ? 'negative' : ''}>
      <Share bps={bps} />
    </span>
  )
}

/** Of some stages together, one amount a currency. */
function StageAmounts(of: {
  readonly account: CreditAccount
  readonly stages: readonly string[]
  readonly isLess?: boolean
}): ReactNode {
  const amounts = of.account.balances.flatMap(({ currency, stages }) => {
    const present = of.stages.flatMap((stage) => stages[stage] ?? [])
    const amount = sumAmounts(present)
    if (present.length === 0 || signOf(amount) === 0) return []
    return [{ currency, amount: of.isLess ? negated(amount) : amount }]
  })
  if (amounts.length === 0) return <span className="quiet">-</span>
  return amounts.map(({ amount, currency }) => (
    <div key={currency}>
      <Money amount={amount} currency={currency} />
    </div>
  ))
}

function Shape({ account, say }: { account: CreditAccount; say: Say }): ReactNode {
  const own = account.balances.find(({ currency }) => currency === account.currency)
  return (
    <ShareBar
      label={say('exposure.shape')}
      parts={atRisk.map((stage) => ({
        name: say(`exposure.${stage}`),
        amount: own?.stages[stage] ?? '0',
        tone: stage,
      }))}
    />
  )
}
