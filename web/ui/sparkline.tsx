import type { ReactNode } from 'react'

const width = 120
const height = 32
const edge = 3

/** The shape of a few values over time; where one is missing the line is broken. */
export function Sparkline(of: {
  /** The oldest first. */
  readonly values: readonly (number | null)[]
  /** Says in words what the line shows. */
  readonly label: string
}): ReactNode {
  const known = of.values.filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const step = (width - 2 * edge) / Math.max(1, of.values.length - 1)
  const span = high - low
  const heightOf = (value: number) =>
    span === 0 ? height / 2 : height - edge - ((value - low) / span) * (height - 2 * edge)
  const points = of.values.map((value, at) =>
    value === null ? null : ([edge + at * step, heightOf(value)] as const),
  )
  const last = points.findLast((point) => point !== null)
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={of.label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
    >
      <title>{of.label}</title>
      <path d={pathOf(points)} fill="none" vectorEffect="non-scaling-stroke" />
      {last && (
        <path d={`M${last[0]} ${last[1]}h0`} className="now" vectorEffect="non-scaling-stroke" />
      )}
    </svg>
  )
}

function pathOf(points: readonly (readonly [x: number, y: number] | null)[]): string {
  return points
    .map((point, at) => {
      if (point === null) return ''
      const [x, y] = point.map((place) => Math.round(place * 10) / 10)
      return `${points[at - 1] ? 'L' : 'M'}${x} ${y}`
    })
    .join('')
}
