import type { ReactNode } from 'react'
import type { OrderStatus } from '#kernel/order/order-state.ts'
import { Mark, type Tone } from '../ui/mark.tsx'
import { useWords } from '../ui/use-words.ts'

const tones: Readonly<Record<OrderStatus, Tone>> = {
  draft: 'plain',
  checked: 'plain',
  held: 'bad',
  confirmed: 'good',
  'partly-delivered': 'good',
  delivered: 'good',
  'partly-invoiced': 'good',
  invoiced: 'good',
  closed: 'plain',
  cancelled: 'plain',
}

export function OrderState({ state }: { state: OrderStatus }): ReactNode {
  const { say } = useWords()
  return <Mark tone={tones[state]}>{say(`order.state.${state}`)}</Mark>
}

const steps = ['draft', 'checked', 'confirmed', 'delivered', 'invoiced', 'closed'] as const

const reached: Readonly<Record<OrderStatus, number>> = {
  draft: 0,
  checked: 1,
  held: 1,
  confirmed: 2,
  'partly-delivered': 3,
  delivered: 3,
  'partly-invoiced': 4,
  invoiced: 4,
  closed: 5,
  cancelled: 5,
}

/** The way of an order, and where on it this one is. */
export function OrderSteps({ status }: { status: OrderStatus }): ReactNode {
  const { say } = useWords()
  const at = reached[status]
  return (
    <ol className="steps">
      {steps.map((step, index) => {
        const isHere = index === at
        const name = isHere ? status : step
        const tone = isHere && (status === 'held' || status === 'cancelled') ? ' is-bad' : ''
        return (
          <li
            key={step}
            className={`${index <= at ? 'is-reached' : ''}${tone}`}
            {...(isHere && { 'aria-current': 'step' as const })}
          >
            {say(`order.state.${name}`)}
          </li>
        )
      })}
    </ol>
  )
}
