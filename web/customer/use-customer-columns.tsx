import type { ReactNode } from 'react'
import type { CustomerColumn, CustomerLine, CustomerPage } from '#contract/customer.ts'
import { signOf } from '../ui/amount-text.ts'
import { Explained } from '../ui/explained.tsx'
import type { Column } from '../ui/list-column.tsx'
import { Mark, type Tone } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Progress } from '../ui/progress.tsx'
import { useWords } from '../ui/use-words.ts'
import { useCustomerChoices } from './use-customer-filters.ts'

const statusTones = { open: 'good', watch: 'warn', blocked: 'bad', frozen: 'bad' } as const
const amounts = ['limit', 'exposure', 'available', 'open', 'overdue'] as const
type Amount = (typeof amounts)[number]
type Of = Column<CustomerLine> & { readonly key: CustomerColumn }

/** The columns of the list; one is named as its file names it, and can be sorted by but for roles. */
export function useCustomerColumns() {
  const { say } = useWords()
  const grades = useCustomerChoices().grades.map(({ code }) => code)
  return (first: CustomerPage | undefined): readonly Column<CustomerLine>[] => {
    const totals = first?.totals ?? null
    const amount = (key: Amount) => amountColumn(key, totals)
    return [
      {
        ...named('name', 230),
        isFixed: true,
        render: ({ closedOn, name }) => (
          <span title={name} className={closedOn ? 'quiet' : ''}>
            {name}
            {closedOn && ` · ${say('customer.closed')}`}
          </span>
        ),
      },
      { ...named('code', 96), render: ({ code }) => code },
      textColumn('shortName', 110, true),
      {
        ...named('grade', 92),
        render: ({ grade }) => grade && <Mark tone={gradeTone(grade, grades)}>{grade}</Mark>,
      },
      {
        ...named('status', 96),
        render: ({ status }) => (
          <Mark tone={statusTones[status]}>{say(`customer.status.${status}`)}</Mark>
        ),
      },
      amount('limit'),
      amount('exposure'),
      amount('available'),
      {
        ...named('utilisation', 124),
        isRight: true,
        render: (line) => <Utilisation of={line} />,
      },
      amount('open'),
      amount('overdue'),
      { ...countColumn('daysOverdue', 116) },
      { ...countColumn('openHolds', 96), total: totals?.openHolds },
      textColumn('salesperson', 100),
      textColumn('department', 120, true),
      textColumn('industry', 140, true),
      textColumn('region', 100, true),
      {
        ...{ key: 'roles', title: 'customer.roles', width: 120, isExtra: true },
        render: ({ roles }) => roles.map((role) => say(`customer.role.${role}`)).join(', '),
      },
      {
        ...{ ...named('score', 80), isRight: true, isExtra: true },
        render: ({ score }) => <span className="figure">{score}</span>,
      },
      dayColumn('ratedOn'),
      textColumn('currency', 80, true),
      {
        ...dayColumn('limitToOn'),
        render: ({ limitExpired, limitToOn }) =>
          limitExpired ? (
            <span className="negative" title={say('customer.limit.expired')}>
              <DayText day={limitToOn} />
            </span>
          ) : (
            <DayText day={limitToOn} />
          ),
      },
      dayColumn('closedOn'),
    ]
  }
}

type Sortable = Exclude<CustomerColumn, 'roles'>

function named(key: Sortable, width: number): Pick<Of, 'key' | 'title' | 'width' | 'sort'> {
  return { key, title: `customer.${key}`, width, sort: key }
}

type Texts = 'shortName' | 'salesperson' | 'department' | 'industry' | 'region' | 'currency'

function textColumn(key: Texts, width: number, isExtra = false): Of {
  return {
    ...{ ...named(key, width), isExtra },
    render: (line) => <span title={line[key] ?? ''}>{line[key]}</span>,
  }
}

function dayColumn(key: 'ratedOn' | 'limitToOn' | 'closedOn'): Of {
  return { ...named(key, 124), isExtra: true, render: (line) => <DayText day={line[key]} /> }
}

function countColumn(key: 'daysOverdue' | 'openHolds', width: number): Of {
  return {
    ...{ ...named(key, width), isRight: true },
    render: (line) =>
      line[key] > 0 ? (
        <span className={key === 'daysOverdue' ? 'negative figure' : 'figure'}>{line[key]}</span>
      ) : (
        <span className="quiet">-</span>
      ),
  }
}

function amountColumn(key: Amount, totals: CustomerPage['totals']): Of {
  return {
    ...{ ...named(key, 148), isRight: true },
    render: (line) => {
      const isDue = key === 'overdue' && line.overdue !== null && signOf(line.overdue) > 0
      const money = <Money amount={line[key]} currency={line.currency} />
      return isDue ? <span className="is-overdue">{money}</span> : money
    },
    ...(totals && { total: <TotalAmount amount={key} totals={totals} /> }),
  }
}

/** A sum in the base currency that tells on asking what each currency has in it. */
function TotalAmount(of: {
  readonly amount: Amount
  readonly totals: NonNullable<CustomerPage['totals']>
}): ReactNode {
  const { say } = useWords()
  const { amount, totals } = of
  const { byCurrency, currency } = totals
  return (
    <Explained
      by={{
        formula: say('customer.totals.formula', { currency }),
        inputs: byCurrency.map((sum) => [
          sum.currency,
          <Money key={sum.currency} amount={sum[amount]} currency={sum.currency} />,
        ]),
      }}
    >
      <Money amount={totals[amount]} currency={currency} />
    </Explained>
  )
}

function Utilisation({ of }: { of: CustomerLine }): ReactNode {
  const { say } = useWords()
  const { exposure, limit, utilisation } = of
  if (utilisation !== null) {
    const [whole = '0'] = utilisation.split('.')
    return <Progress percent={Number(whole)} label={say('customer.utilisation')} isUse />
  }
  // Of a limit of nothing no share can be told.
  const isOver = limit !== null && exposure !== null && signOf(exposure) > 0
  return isOver ? (
    <span className="negative">{say('customer.over')}</span>
  ) : (
    <span className="quiet">-</span>
  )
}

/** The better third of the scale is good, the worse third bad. */
function gradeTone(grade: string, grades: readonly string[]): Tone {
  const place = grades.indexOf(grade)
  if (place < 0) return 'plain'
  if (place < grades.length / 3) return 'good'
  if (place < grades.length / 2) return 'plain'
  return place < (grades.length * 2) / 3 ? 'warn' : 'bad'
}
