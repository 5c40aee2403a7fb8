import { type ReactNode, useState } from 'react'
import type { AgedBalance, CreditFileShown } from '#contract/credit-file.ts'
import { signOf } from '../ui/amount-text.ts'
import { DrillDrawer } from '../ui/drill-drawer.tsx'
import { Explained } from '../ui/explained.tsx'
import { Money } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { useSource } from '../ui/use-source.ts'
import { useWords } from '../ui/use-words.ts'
import { OpenItems } from './open-items-tab.tsx'

type Ageing = CreditFileShown['ageing']
type Bar = { readonly column: string; readonly name: string; readonly amount: string }
type Drill = { readonly bar: Bar; readonly currency: string }

/** What is open by how long it is due; each bar opens to its documents. */
export function AgeingCard({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const source = useSource()
  const [drill, setDrill] = useState<Drill | null>(null)
  const { ageing } = file
  return (
    <Card title={<Explained by={source(ageing.provenance)}>{say('file.ageing')}</Explained>}>
      {ageing.items.length === 0 && <EmptyState title={say('file.ageing.none')} />}
      {ageing.items.map((item) => (
        <Bars
          key={item.currency}
          ageing={ageing}
          item={item}
          open={(bar) => setDrill({ bar, currency: item.currency })}
        />
      ))}
      <DrillDrawer
        title={drill && say('file.ageing.column', { column: drill.bar.name })}
        isOpen={drill !== null}
        close={() => setDrill(null)}
        width={940}
      >
        {drill && (
          <OpenItems
            partyId={file.partyId}
            query={{ asOf: file.asOf, column: drill.bar.column, currency: drill.currency }}
          />
        )}
      </DrillDrawer>
    </Card>
  )
}

function Bars(of: {
  readonly ageing: Ageing
  readonly item: AgedBalance
  readonly open: (bar: Bar) => void
}): ReactNode {
  const { item } = of
  const bars = useBars(of.ageing, item)
  // Numbers only draw the bars.
  const most = Math.max(...bars.map(({ amount }) => Math.abs(Number(amount))), 1)
  return (
    <ul className="age-bars">
      {bars.map((bar) => (
        <li key={bar.column}>
          <button type="button" onClick={() => of.open(bar)} disabled={signOf(bar.amount) === 0}>
            <span className="age-name">{bar.name}</span>
            <span className="age-track" aria-hidden>
              <span
                className={`age-fill share-${toneOf(bar.column)}`}
                style={{ width: `${(100 * Math.abs(Number(bar.amount))) / most}%` }}
              />
            </span>
            <Money amount={bar.amount} currency={item.currency} />
          </button>
        </li>
      ))}
      <li className="age-sum">
        <Balance item={item} />
      </li>
    </ul>
  )
}

/** From not due, good, to the oldest bucket, bad. */
function toneOf(column: string): number {
  return Math.min(Number(column) || 0, 6)
}

function Balance({ item }: { item: AgedBalance }): ReactNode {
  const { say } = useWords()
  return (
    <>
      <span className="age-name">{say('file.balance')}</span>
      <Money amount={item.balance} currency={item.currency} />
    </>
  )
}

function useBars({ buckets, labels }: Ageing, item: AgedBalance): readonly Bar[] {
  const { pick } = useWords()
  const credits = { column: 'unapplied-credits', amount: item.unappliedCredits }
  return [
    { column: 'not-due', name: pick(labels.notDue), amount: item.notDue },
    ...buckets.map(({ label }, index) => ({
      ...{ column: String(index + 1), name: pick(label) },
      amount: item.buckets[index] ?? '0.00',
    })),
    ...(signOf(credits.amount) === 0 ? [] : [{ ...credits, name: pick(labels.unappliedCredits) }]),
  ]
}
