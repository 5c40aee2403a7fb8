import type { ReactNode } from 'react'
import type { OrderHistory } from '#contract/order.ts'
import { amountText } from '../ui/amount-text.ts'
import { Timeline, type TimelineItem } from '../ui/timeline.tsx'
import { type Say, useWords } from '../ui/use-words.ts'

/** What was done with an order and what the gate said, newest first. */
export function OrderTimeline({ order }: { order: OrderHistory }): ReactNode {
  const { say } = useWords()
  const items = [...eventsOf(order, say), ...checksOf(order, say)]
  return <Timeline items={items.sort((one, other) => (one.at < other.at ? 1 : -1))} />
}

function eventsOf(order: OrderHistory, say: Say): TimelineItem[] {
  const { currency } = order
  const amountOf = (amount: string) => ({ amount: `${amountText(amount)} ${currency}` })
  const on = (id: string, at: string | null, title: string, more: Partial<TimelineItem> = {}) =>
    at === null ? [] : [{ id, at, title, ...more }]
  return [
    ...on('created', order.recordedAt, say('order.event.created', amountOf(order.amount))),
    ...on('confirmed', order.confirmedOn, say('order.event.confirmed'), { tone: 'good' }),
    ...order.deliveries.flatMap(({ amount, deliveredOn, id, note, number }) =>
      on(id, deliveredOn, say('order.event.delivered', amountOf(amount)), {
        text: [number, note].filter(Boolean).join(' · ') || undefined,
      }),
    ),
    ...order.returns.flatMap(({ amount, id, reason, returnedOn }) =>
      on(id, returnedOn, say('order.event.returned', amountOf(amount)), {
        ...{ text: reason, tone: 'bad' },
      }),
    ),
    ...order.invoices.flatMap(({ amount, id, issuedOn, number }) =>
      on(id, issuedOn, say('order.event.invoiced', { number, ...amountOf(amount) })),
    ),
    ...on('cancelled', order.cancelledOn, say('order.event.cancelled'), { tone: 'bad' }),
  ]
}

function checksOf(order: OrderHistory, say: Say): TimelineItem[] {
  return order.checks.map(({ amount, checkpoint, decisionId, mode, outcome, recordedAt }) => ({
    id: decisionId,
    at: recordedAt,
    title: say(mode === 'reserve' ? 'hold.event.check' : 'hold.event.try', {
      checkpoint: say(`hold.checkpoint.${checkpoint}`),
      outcome: say(`hold.outcome.${outcome}`),
    }),
    text: `${amountText(amount)} ${order.currency}`,
    tone: outcome === 'held' ? 'bad' : 'good',
  }))
}
