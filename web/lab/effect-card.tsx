import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { PolicyEffect, PolicyImpact } from '#contract/lab.ts'
import { amountText } from '../ui/amount-text.ts'
import { get } from '../ui/api.ts'
import { Card, Loaded } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import type { WordKey } from '../words.ts'

/** What a version that counts does, beside what was expected of it. */
export function EffectCard({ id }: { id: string }): ReactNode {
  const { say } = useWords()
  const reason = useMayNot()('policy:write')
  const [isAsked, setAsked] = useState(false)
  const path = `/api/policies/${id}/effect`
  const effect = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => get<PolicyEffect>(path, {}, signal),
    enabled: isAsked && reason === null,
    staleTime: 60_000,
  })
  return (
    <Card
      title={say('effect.title')}
      extra={
        !isAsked && (
          <Button disabled={reason !== null} onClick={() => setAsked(true)}>
            {say('effect.start')}
          </Button>
        )
      }
    >
      <p className="quiet">{reason ?? say('effect.note')}</p>
      {isAsked && reason === null && (
        <Loaded query={effect}>{(told) => <Told effect={told} />}</Loaded>
      )}
    </Card>
  )
}

type Side = Partial<Pick<PolicyImpact, 'changed' | 'customers' | 'upgraded' | 'downgraded'>> & {
  readonly longerTerms?: number
  readonly shorterTerms?: number
  readonly orders?: Pick<PolicyImpact['orders'], 'held' | 'passed'>
  readonly limits: PolicyImpact['limits']
}

const rows: readonly (readonly [name: WordKey, figure: (side: Side) => number | undefined])[] = [
  ['effect.customers', ({ customers }) => customers],
  ['effect.changed', ({ changed }) => changed],
  ['effect.upgraded', ({ upgraded }) => upgraded],
  ['effect.downgraded', ({ downgraded }) => downgraded],
  ['effect.longer', ({ longerTerms }) => longerTerms],
  ['effect.shorter', ({ shorterTerms }) => shorterTerms],
  ['effect.held', ({ orders }) => orders?.held],
  ['effect.passed', ({ orders }) => orders?.passed],
]

function Told({ effect }: { effect: PolicyEffect }): ReactNode {
  const { say } = useWords()
  const { forecast, measured, since } = effect
  const sides: readonly (Side | null)[] = [forecast, measured, since]
  const currencies = [...new Set([measured, since].flatMap((of) => of.limits))].map(
    ({ currency }) => currency,
  )
  const day = { day: forecast?.asOf ?? '-' }
  return (
    <>
      {!forecast && <p>{say('effect.noForecast')}</p>}
      <PlainTable
        titles={['effect.figure', '>effect.forecast', '>effect.measured', '>effect.since']}
      >
        {rows.map(([name, figure]) => (
          <tr key={name}>
            <th scope="row">{say(name)}</th>
            {sides.map((side, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three columns that stay in place
              <td key={at} className="right">
                {(side && figure(side)) ?? '-'}
              </td>
            ))}
          </tr>
        ))}
        {[...new Set(currencies)].map((currency) => (
          <tr key={currency}>
            <th scope="row">{say('effect.limits', { currency })}</th>
            {sides.map((side, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three columns that stay in place
              <td key={at} className="right">
                {limitsText(side, currency)}
              </td>
            ))}
          </tr>
        ))}
      </PlainTable>
      <p className="quiet">{say('effect.told', { ...day, now: effect.asOf, since: since.on })}</p>
    </>
  )
}

function limitsText(side: Side | null, currency: string): string {
  const sums = side?.limits.find((each) => each.currency === currency)
  return sums ? `${amountText(sums.before)} → ${amountText(sums.after)}` : '-'
}
