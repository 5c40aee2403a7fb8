import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { CreditCheckReply } from '#contract/check.ts'
import { ShipAnswer } from '../check/ship-answer.tsx'
import { send } from '../ui/api.ts'
import { Money } from '../ui/money.tsx'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { useWords } from '../ui/use-words.ts'

export type Asked = {
  readonly party: string
  readonly amount: string
  readonly currency: string
  readonly terms?: string
  readonly requestedOn?: string
}

const pauseMs = 350

/** Whether an order that is being typed would pass, asked anew whenever the typing pauses. */
export function ShipPreview(of: {
  readonly asked: Asked | undefined
  /** It is asked about what comes on top of an order that counts already. */
  readonly isIncrease: boolean
}): ReactNode {
  const { asked, isIncrease } = of
  const { say } = useWords()
  const text = useSettled(asked === undefined ? '' : JSON.stringify(asked), pauseMs)
  const settled = text === '' ? undefined : (JSON.parse(text) as Asked)
  const answer = useQuery({
    queryKey: ['/api/credit-checks', settled],
    queryFn: ({ signal }) =>
      send<CreditCheckReply>('POST', '/api/credit-checks', {
        body: { ...settled, mode: 'check' },
        signal,
      }),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <Card title={say('order.mayShip')}>
      {settled === undefined && (
        <p className="quiet">
          {say(isIncrease ? 'order.mayShip.noIncrease' : 'order.mayShip.waiting')}
        </p>
      )}
      {settled && isIncrease && (
        <p className="quiet">
          {say('order.mayShip.increase')}{' '}
          <Money amount={settled.amount} currency={settled.currency} />
        </p>
      )}
      {settled && answer.error && <ProblemNote error={answer.error} />}
      {settled && answer.data && (
        <div className={answer.isFetching ? 'is-stale' : ''}>
          <ShipAnswer answer={answer.data} />
        </div>
      )}
    </Card>
  )
}
