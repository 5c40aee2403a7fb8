import type { ReactNode } from 'react'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { amountText, percentOf, signOf } from '../ui/amount-text.ts'
import { Explained } from '../ui/explained.tsx'
import { type Figure, Figures } from '../ui/figures.tsx'
import { Money } from '../ui/money.tsx'
import { useSource } from '../ui/use-source.ts'
import { useWords } from '../ui/use-words.ts'
import { isBeforeLedger, ownAccount } from './use-credit-file.ts'

/** Grade, limit, exposure, headroom and what is overdue, each with where it comes from. */
export function FileFigures({ file }: { file: CreditFileShown }): ReactNode {
  const credit = useCreditFigures(file)
  const overdue = useOverdue(file)
  return <Figures items={[useGrade(file), ...credit, overdue]} />
}

function useGrade({ rating }: CreditFileShown): Figure {
  const { say } = useWords()
  const source = useSource()
  return {
    name: say('file.grade'),
    value: rating ? (
      <Explained by={source(rating.provenance)}>{rating.grade}</Explained>
    ) : (
      <span className="quiet">{say('file.grade.none')}</span>
    ),
    note: rating && say('file.score', { score: rating.score }),
  }
}

function useCreditFigures(file: CreditFileShown): readonly Figure[] {
  const { say } = useWords()
  const source = useSource()
  const account = ownAccount(file)
  const { exposure, limit } = file
  const currency = account?.currency ?? limit?.currency ?? file.identity.currency ?? 'CNY'
  const amount = account?.limit ?? null
  const limitSource = limit?.provenance ?? exposure.provenance
  const by = source(exposure.provenance)
  const used = isBeforeLedger(file) ? null : (account?.exposure ?? null)
  const available = isBeforeLedger(file) ? null : (account?.available ?? null)
  const isOver = available !== null && signOf(available) < 0
  const share =
    amount !== null && used !== null && signOf(amount) > 0
      ? say('file.exposure.share', { percent: percentOf(used, amount) })
      : null
  return [
    {
      name: say('file.limit'),
      value:
        amount === null ? (
          <span className="quiet">{say('file.limit.none')}</span>
        ) : (
          <Explained by={source(limitSource)}>
            <Money {...{ amount, currency }} />
          </Explained>
        ),
      note: [
        account?.limitToOn && say('file.limit.until', { day: account.limitToOn }),
        account &&
          signOf(account.temporaryLimit) > 0 &&
          say('file.limit.temporary', { amount: amountText(account.temporaryLimit) }),
      ]
        .filter(Boolean)
        .join('; '),
    },
    {
      name: say('file.exposure'),
      value: (
        <Explained by={by}>
          <Money amount={used} currency={currency} />
        </Explained>
      ),
      note: share,
    },
    {
      name: say('file.headroom'),
      value: (
        <Explained by={by}>
          <Money amount={available} currency={currency} />
        </Explained>
      ),
      ...(isOver && { tone: 'bad' as const, note: say('file.headroom.over') }),
    },
  ]
}

function useOverdue({ ageing, identity }: CreditFileShown): Figure {
  const { say } = useWords()
  const source = useSource()
  const none = { currency: identity.currency ?? 'CNY', overdue: '0.00', balance: '0.00' }
  const items = ageing.items.length > 0 ? ageing.items : [none]
  const isOverdue = items.some(({ overdue }) => signOf(overdue) > 0)
  const [first] = items
  return {
    name: say('file.overdue'),
    value: (
      <Explained by={source(ageing.provenance)}>
        {items.map(({ currency, overdue }) => (
          <div key={currency}>
            <Money amount={overdue} currency={currency} />
          </div>
        ))}
      </Explained>
    ),
    ...(isOverdue && { tone: 'bad' as const }),
    note:
      isOverdue && items.length === 1 && first
        ? say('file.overdue.share', { percent: percentOf(first.overdue, first.balance) })
        : null,
  }
}
