import type { ReactNode } from 'react'
import { amountText } from '../ui/amount-text.ts'
import { useWords } from '../ui/use-words.ts'

export type Placed = {
  readonly name: string
  readonly kind: 'now' | 'tried' | 'point' | 'lot' | 'foresight'
  readonly lossAvoided: string
  readonly marginLost: string
}

const width = 720
const height = 320
const edge = { left: 76, right: 24, top: 44, bottom: 40 }

/** Losses avoided over margin lost; above the dashed line more is saved than is lost. */
export function FrontierChart(of: {
  readonly places: readonly Placed[]
  readonly currency: string
}): ReactNode {
  const { say } = useWords()
  // Foresight may lie far above all others: it is drawn at the edge then, with its amount.
  const others = of.places.filter(({ kind }) => kind !== 'foresight')
  const x = axisOf(others.map(({ marginLost }) => Number(marginLost)))
  const y = axisOf(others.map(({ lossAvoided }) => Number(lossAvoided)))
  const across = (value: number) => edge.left + x.shareOf(value) * (width - edge.left - edge.right)
  const up = (value: number) =>
    height - edge.bottom - y.shareOf(value) * (height - edge.top - edge.bottom)
  const at = ({ lossAvoided, marginLost }: Placed) =>
    [across(Number(marginLost)), up(Number(lossAvoided))] as const
  const points = of.places.filter(({ kind }) => kind === 'point')
  const places = drawnAt(of.places, at)
  const even = [Math.max(x.low, y.low), Math.min(x.high, y.high)] as const
  return (
    <svg className="frontier" role="img" viewBox={`0 0 ${width} ${height}`}>
      <title>{say('replay.frontier.label')}</title>
      <path className="axis" d={`M${across(x.low)} ${up(0)}H${across(x.high)}`} />
      <path className="axis" d={`M${across(0)} ${up(y.low)}V${up(y.high)}`} />
      {even[0] < even[1] && (
        <path
          className="even"
          d={`M${across(even[0])} ${up(even[0])}L${across(even[1])} ${up(even[1])}`}
        />
      )}
      {points.length > 1 && (
        <path className="curve" d={`M${points.map((point) => at(point).join(' ')).join('L')}`} />
      )}
      {places.map(({ isOff, names, place, x: cx, y: cy }) => {
        const isLeft = place.kind === 'now' || cx > width - 120
        return (
          <g key={names.join()} className={`place place-${place.kind}`}>
            <circle cx={cx} cy={cy} r={place.kind === 'point' ? 4 : 6} />
            <text x={cx + (isLeft ? -10 : 10)} y={cy + 4} textAnchor={isLeft ? 'end' : 'start'}>
              {isOff ? `${names.join(', ')} ↑ ${short(place.lossAvoided)}` : names.join(', ')}
            </text>
            <title>{`${names.join(', ')}: ${amountText(place.lossAvoided)} / ${amountText(place.marginLost)} ${of.currency}`}</title>
          </g>
        )
      })}
      <text className="axis-name" x={width - edge.right} y={height - 10} textAnchor="end">
        {`${say('replay.marginLost')} ${short(String(x.high))} ${of.currency} →`}
      </text>
      <text className="axis-name" x={edge.left} y={16}>
        {`↑ ${say('replay.avoided')} ${short(String(y.high))} ${of.currency}`}
      </text>
    </svg>
  )
}

type Drawn = {
  readonly place: Placed
  readonly names: readonly string[]
  readonly x: number
  readonly y: number
  readonly isOff: boolean
}

/** Each place once: what lies at the same one shares its label. */
function drawnAt(
  places: readonly Placed[],
  at: (place: Placed) => readonly [x: number, y: number],
): Drawn[] {
  const grouped = Map.groupBy(places, ({ lossAvoided, marginLost }) =>
    [Number(lossAvoided), Number(marginLost)].join(' '),
  )
  return [...grouped.values()].flatMap((group) => {
    const [place] = group
    if (!place) return []
    const [x, y] = at(place)
    const names = [...new Set(group.map(({ name }) => name))]
    return [{ place, names, x, y: Math.max(y, edge.top), isOff: y < edge.top }]
  })
}

type Axis = {
  readonly low: number
  readonly high: number
  readonly shareOf: (value: number) => number
}

/** From what is least to what is most, zero always within, with a little air. */
function axisOf(values: readonly number[]): Axis {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)]
  const air = (most - least || 1) * 0.08
  const [low, high] = [least - (least < 0 ? air : 0), most + air]
  return { low, high, shareOf: (value) => Math.min(1.5, (value - low) / (high - low)) }
}

/** Compact: 1.2M, 120万. The exact amounts stand in the table below. */
function short(amount: string): string {
  return new Intl.NumberFormat(document.documentElement.lang, {
    ...{ notation: 'compact', maximumFractionDigits: 1 },
  }).format(Number(amount))
}
