import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { PolicyReplay } from '#contract/replay.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { Money } from '../ui/money.tsx'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { FrontierChart, type Placed } from './frontier-chart.tsx'

/** What each value of a number saves and costs, beside chance and foresight; one of them can be drafted. */
export function FrontierCard({ id, result }: { id: string; result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  const { effect, points, vary, yardsticks } = result
  const places: Placed[] = [
    { name: say('replay.now'), kind: 'now', lossAvoided: '0', marginLost: '0' },
    { name: say('replay.after'), kind: 'tried', ...effect },
    ...points.map((point): Placed => ({ name: point.value, kind: 'point', ...point })),
    ...(yardsticks
      ? [
          { name: say('replay.lot'), kind: 'lot' as const, ...yardsticks.placebo },
          { name: say('replay.foresight'), kind: 'foresight' as const, ...yardsticks.foresight },
        ]
      : []),
  ]
  return (
    <Card title={say('replay.frontier')}>
      <p className="quiet">{say('replay.frontier.note')}</p>
      <div className="table-scroll">
        <FrontierChart places={places} currency={result.baseCurrency} />
      </div>
      {vary && <Points id={id} result={result} now={vary.now} />}
    </Card>
  )
}

type Drafted = { readonly id: string }

function Points(of: {
  readonly id: string
  readonly result: PolicyReplay
  readonly now: string
}): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const reason = useMayNot()('policy:write')
  const draft = useAct<string, Drafted>({
    send: (value, key) =>
      send('POST', `/api/policy-replays/${of.id}/drafts`, { body: { value }, key }),
    done: (words) => words('replay.drafted'),
    touches: ['/api/policies'],
    onDone: ({ id }) => navigate(`/policies/${id}`),
  })
  const { baseCurrency: currency, points } = of.result
  return (
    <PlainTable
      titles={[
        ...(['replay.point', '>replay.heldMore', '>replay.lostSales'] as const),
        ...(['>replay.avoided', '>replay.marginLost', '>replay.net', '~replay.draft'] as const),
      ]}
    >
      {points.map(({ held, lossAvoided, lostSales, marginLost, net, value }) => (
        <tr key={value}>
          <th scope="row">{value === of.now ? say('replay.point.now', { value }) : value}</th>
          <td className="right">{held}</td>
          {[lostSales, lossAvoided, marginLost, net].map((amount, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: four columns that stay in place
            <td key={at} className="right">
              <Money amount={amount} currency={currency} isBare />
            </td>
          ))}
          <td className="right">
            <ActButton
              size="small"
              reason={reason}
              aria-label={say('replay.draft.name', { value })}
              loading={draft.isPending && draft.variables === value}
              onClick={() => draft.mutate(value)}
            >
              {say('replay.draft')}
            </ActButton>
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}
