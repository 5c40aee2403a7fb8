import type { ReactNode } from 'react'
import type { PolicyReplay, ReplaySide } from '#contract/replay.ts'
import { amountText, signOf } from '../ui/amount-text.ts'
import { type Figure, Figures } from '../ui/figures.tsx'
import { Money } from '../ui/money.tsx'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import type { WordKey } from '../words.ts'

/** What it comes to in a sentence and a few figures, and both policies side by side. */
export function ReplaySummary({ result }: { result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  return (
    <>
      <Card>
        <Headline result={result} />
        {result.withoutRate > 0 && (
          <p className="quiet">{say('replay.withoutRate', { count: result.withoutRate })}</p>
        )}
        <Figures items={useFigures(result)} />
      </Card>
      <Card title={say('replay.compare')}>
        <Compared result={result} />
      </Card>
    </>
  )
}

function Headline({ result }: { result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  const { baseCurrency: currency, effect, yardsticks } = result
  const { lossAvoided, marginLost, net } = effect
  if (effect.held === 0 && effect.customers === 0) {
    return <p role="status">{say('replay.headline.none')}</p>
  }
  const { high, low } = effect.intervals.net
  const isSure = signOf(low) === signOf(high) && signOf(low) !== 0
  return (
    <>
      <p className="impact-headline" role="status">
        {say('replay.headline', {
          ...{ avoided: amountText(lossAvoided), margin: amountText(marginLost), currency },
          ...{ net: amountText(net), low: amountText(low), high: amountText(high) },
        })}{' '}
        {say(isSure ? 'replay.sure' : 'replay.unsure')}
      </p>
      {yardsticks && (
        <p className="quiet">
          {say('replay.placebo', {
            avoided: amountText(yardsticks.placebo.lossAvoided),
            low: amountText(yardsticks.placebo.interval.low),
            high: amountText(yardsticks.placebo.interval.high),
            margin: amountText(yardsticks.placebo.marginLost),
            best: amountText(yardsticks.foresight.lossAvoided),
          })}
        </p>
      )}
    </>
  )
}

function useFigures({ baseCurrency, effect }: PolicyReplay): readonly Figure[] {
  const { say } = useWords()
  const money = (amount: string) => <Money amount={amount} currency={baseCurrency} />
  return [
    {
      ...{ name: say('replay.net'), value: money(effect.net) },
      ...(signOf(effect.net) < 0 && { tone: 'bad' as const }),
    },
    { name: say('replay.avoided'), value: money(effect.lossAvoided) },
    { name: say('replay.marginLost'), value: money(effect.marginLost) },
    { name: say('replay.lostSales'), value: money(effect.lostSales) },
    { name: say('replay.heldMore'), value: String(effect.held) },
  ]
}

type Row = readonly [name: WordKey, value: (side: ReplaySide) => ReactNode]

function Compared({ result }: { result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  const { after, baseCurrency: currency, now } = result
  const money = (amount: string) => <Money amount={amount} currency={currency} />
  const percent = (share: string | null) => (share === null ? '-' : `${share} %`)
  const rows: readonly Row[] = [
    ['replay.orders', ({ orders }) => orders],
    ['replay.sales', ({ sales }) => money(sales)],
    ['replay.held', ({ held }) => held],
    ['replay.delayed', ({ delayed }) => delayed],
    ['replay.delayedSales', ({ delayedSales }) => money(delayedSales)],
    ['replay.delayDays', ({ delayDays }) => delayDays ?? '-'],
    ['replay.lost', ({ lost }) => lost],
    ['replay.lostSales', ({ lostSales }) => money(lostSales)],
    ['replay.waiting', ({ waiting }) => waiting],
    ['replay.waitingSales', ({ waitingSales }) => money(waitingSales)],
    ['replay.losses', ({ loss }) => money(loss)],
    ['replay.overdue', ({ overduePercent }) => percent(overduePercent)],
    ['replay.dso', ({ daysSalesOutstanding }) => daysSalesOutstanding ?? '-'],
  ]
  return (
    <PlainTable titles={['replay.figure', '>replay.now', '>replay.after']}>
      {rows.map(([name, value]) => (
        <tr key={name}>
          <th scope="row">{say(name)}</th>
          <td className="right">{value(now)}</td>
          <td className="right">{value(after)}</td>
        </tr>
      ))}
    </PlainTable>
  )
}
