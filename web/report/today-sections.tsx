import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { TodaySection as SectionName, Today } from '#contract/report.ts'
import { addDays, type Day } from '#kernel/calendar/day.ts'
import { amountText, signOf } from '../ui/amount-text.ts'
import { unitChoice } from '../ui/appearance.ts'
import { Money } from '../ui/money.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import { type Line, TodaySection } from './today-section.tsx'

type Of = { readonly today: Today }

export const sections: Readonly<Record<SectionName, (of: Of) => ReactNode>> = {
  holds: Holds,
  newlyOverdue: NewlyOverdue,
  nearLimits: NearLimits,
  brokenPromises: BrokenPromises,
  ratingChanges: RatingChanges,
  reviews: Reviews,
}

function Holds({ today }: Of): ReactNode {
  const { pick, say } = useWords()
  const { holds } = today
  if (!holds) return null
  const lines = holds.lines.map((hold): Line => {
    const { ageDays, amount, currency, id, number, partyId, party, reasons } = hold
    const [first] = reasons
    return {
      ...{ key: id, to: `/holds/${partyId}/${id}`, party, isPressing: ageDays >= 3 },
      what: <strong>{number}</strong>,
      why: first && pick(first),
      amount: <Money amount={amount} currency={currency} />,
      when: ageDays === 0 ? say('today.new') : say('today.waits', { count: ageDays }),
    }
  })
  return (
    <TodaySection
      {...{ title: say('today.holds'), count: holds.count, more: holds.more, lines }}
      note={<Totals totals={holds.totals} />}
      list={today.scope === 'everything' ? '/holds' : '/holds?mine=true'}
      empty={empty('holds', say)}
    />
  )
}

function NewlyOverdue({ today: { day, newlyOverdue: overdue } }: Of): ReactNode {
  const { say } = useWords()
  const from = addDays(day as Day, -overdue.sinceDays)
  const to = addDays(day as Day, -1)
  const lines = overdue.lines.map(
    ({ amount, currency, days, id, number, party }): Line => ({
      ...{ key: id, to: `/invoices/${party.id}/${id}`, party },
      what: <strong>{number}</strong>,
      amount: <Money amount={amount} currency={currency} />,
      when: say('today.pastDue', { count: days }),
    }),
  )
  const yesterday = overdue.sinceYesterday
  return (
    <TodaySection
      title={say('today.newlyOverdue', { count: overdue.sinceDays })}
      {...{ count: overdue.count, more: overdue.more, lines }}
      note={
        <>
          <Totals totals={overdue.totals} />
          {yesterday > 0 && (
            <span>{say('today.newlyOverdue.yesterday', { count: yesterday })}</span>
          )}
        </>
      }
      list={`/invoices?state=overdue&dueFrom=${from}&dueTo=${to}`}
      empty={empty('newlyOverdue', say)}
    />
  )
}

function NearLimits({ today: { nearLimits } }: Of): ReactNode {
  const { say } = useWords()
  const unit = unitChoice.use()
  const lines = nearLimits.lines.map((line): Line => {
    const { amount, available, currency, id, party, segment, share, step } = line
    const isOver = signOf(available) < 0
    const left = amountText(available.replace('-', ''), unit)
    const percent = Math.floor(Number(share) * 1000) / 10
    return {
      ...{ key: id, to: `/customers/${party.id}`, party, isPressing: step === '100' },
      what: (
        <>
          <UseBar share={share} step={step} />
          <span className="figure">{percent.toFixed(1)} %</span> {segment}
        </>
      ),
      amount: <Money amount={amount} currency={currency} />,
      when: say(isOver ? 'today.over' : 'today.leftOver', { amount: left }),
    }
  })
  const steps = nearLimits.steps.filter(({ count }) => count > 0)
  const list = (step: string) => `/customers?utilisationOver=${step}&sort=-utilisation`
  return (
    <TodaySection
      title={say('today.nearLimits')}
      {...{ count: nearLimits.count, more: nearLimits.more, lines }}
      note={steps.map(({ count, step }) => (
        <Link key={step} to={list(step)}>
          {say(`today.step.${step}`, { count })}
        </Link>
      ))}
      list={list('80')}
      empty={empty('nearLimits', say)}
    />
  )
}

function BrokenPromises({ today: { brokenPromises } }: Of): ReactNode {
  const { say } = useWords()
  const unit = unitChoice.use()
  const lines = brokenPromises.lines.map((line): Line => {
    const { amount, currency, days, id, missing, note, on, party } = line
    return {
      ...{ key: id, to: `/customers/${party.id}`, party, isPressing: days >= 7 },
      what: (
        <span title={[on, note].join(' ')}>
          {say('today.promised', { amount: amountText(amount, unit) })}
        </span>
      ),
      amount: (
        <>
          <span className="quiet">{say('today.missing')}</span>{' '}
          <Money amount={missing} currency={currency} />
        </>
      ),
      when: say('today.late', { count: days }),
    }
  })
  return (
    <TodaySection
      title={say('today.brokenPromises')}
      {...{ count: brokenPromises.count, more: brokenPromises.more, lines }}
      empty={empty('brokenPromises', say)}
    />
  )
}

function UseBar({ share, step }: { share: string; step: string }): ReactNode {
  const width = `${Math.min(100, Number(share) * 100)}%`
  return (
    <span className={`use-bar step-${step}`} aria-hidden="true">
      <span className="use-bar-part" style={{ width }} />
    </span>
  )
}

const directionMarks = { up: 'mark-good', down: 'mark-bad', unknown: '' } as const

function RatingChanges({ today: { ratingChanges } }: Of): ReactNode {
  const { say } = useWords()
  const lines = ratingChanges.lines.map(
    ({ days, direction, from, id, party, to }): Line => ({
      ...{ key: id, to: `/customers/${party.id}`, party },
      what: (
        <>
          <span className="figure">
            {from} → <strong>{to}</strong>
          </span>{' '}
          <span className={`mark ${directionMarks[direction]}`}>
            {say(`today.rating.${direction}`)}
          </span>
        </>
      ),
      when: days === 0 ? say('today.today') : say('today.ago', { count: days }),
    }),
  )
  return (
    <TodaySection
      title={say('today.ratingChanges', { count: ratingChanges.sinceDays })}
      {...{ count: ratingChanges.count, more: ratingChanges.more, lines }}
      empty={empty('ratingChanges', say)}
    />
  )
}

function Reviews({ today: { reviews } }: Of): ReactNode {
  const { say } = useWords()
  const lines = reviews.lines.map((line): Line => {
    const { amount, currency, days, grade, id, kind, on, party, segment } = line
    return {
      ...{ key: `${kind} ${id}`, to: `/customers/${party.id}`, party, isPressing: days < 0 },
      what: (
        <span title={on}>
          {say(`today.review.${kind}`)} <span className="quiet">{[grade, segment].join(' ')}</span>
        </span>
      ),
      amount: amount !== null && currency !== null && <Money {...{ amount, currency }} />,
      when: daysText(days, say),
    }
  })
  return (
    <TodaySection
      title={say('today.reviews', { count: reviews.withinDays })}
      {...{ count: reviews.count, more: reviews.more, lines }}
      empty={empty('reviews', say)}
    />
  )
}

function Totals(of: { readonly totals: readonly { currency: string; amount: string }[] }) {
  return of.totals.map(({ amount, currency }) => (
    <Money key={currency} amount={amount} currency={currency} />
  ))
}

function daysText(days: number, say: Say): string {
  if (days === 0) return say('today.today')
  return days > 0
    ? say('today.inDays', { count: days })
    : say('today.late', { count: Math.abs(days) })
}

function empty(section: SectionName, say: Say) {
  return { title: say(`today.${section}.none`), text: say(`today.${section}.none.text`) }
}
