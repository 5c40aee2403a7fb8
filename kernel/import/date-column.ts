import type { Day } from '#kernel/calendar/day.ts'
import { type DateShape, dayIn, type Notation, readNotation } from '#kernel/import/date-shape.ts'

/** A cell that disagrees with the rest of its column. */
type DateExample = { readonly row: number; readonly text: string }

/**
 * What a whole column of dates says about its shape. `ambiguous`: both the day and the month could
 * come first and some cells would mean different days, so a person is asked. `mixed`: cells
 * contradict each other. `unread` cells under a found shape are
 * bad rows.
 */
export type DateColumn =
  | {
      readonly kind: 'shape'
      readonly shape: DateShape
      /** The way numbers are separated, `/4` for 1/2/2024; null where the order never mattered. */
      readonly notation: string | null
      readonly unread: number
      readonly firstUnread: readonly DateExample[]
    }
  | {
      readonly kind: 'ambiguous'
      readonly notation: string
      readonly example: { readonly text: string; readonly row: number }
      readonly readings: readonly { readonly shape: DateShape; readonly day: Day }[]
    }
  | {
      readonly kind: 'mixed'
      readonly groups: readonly {
        readonly shape: DateShape
        readonly count: number
        readonly examples: readonly DateExample[]
      }[]
    }
  | { readonly kind: 'not-dates'; readonly examples: readonly DateExample[] }
  | { readonly kind: 'empty' }

export type DateColumnReader = {
  /** Takes one cell; blank ones say nothing. Counters and a few examples are kept, not cells. */
  readonly feed: (text: string, row: number) => void
  readonly column: () => DateColumn
}

/**
 * A shape stands where cells that only another shape reads are at most one in a hundred of its own.
 * What no shape reads is no evidence; it makes bad rows, unless it is more than half of the column.
 */
const telling = 100
const examplesKept = 3

/** Watches a column of dates cell by cell and tells its shape over the whole of it. */
export function watchDateColumn(): DateColumnReader {
  const seen = startCounts()
  return {
    feed(text, row) {
      if (text !== '' && text.trim() !== '') count(seen, text, row)
    },
    column: () => conclude(seen),
  }
}

type Order = 'day-first' | 'month-first' | 'short-year-first'
const orders: readonly Order[] = ['day-first', 'month-first', 'short-year-first']

type Counts = {
  filled: number
  plain: number
  numeric: number
  serial: number
  notation: string | null
  reads: Record<Order, number>
  only: Record<Order, number>
  other: DateExample[]
  examples: Record<DateShape, DateExample[]>
  fails: Record<Order, DateExample[]>
  open: Map<string, { example: DateExample; notation: Notation }>
}

function startCounts(): Counts {
  return {
    filled: 0,
    plain: 0,
    numeric: 0,
    serial: 0,
    notation: null,
    reads: { 'day-first': 0, 'month-first': 0, 'short-year-first': 0 },
    only: { 'day-first': 0, 'month-first': 0, 'short-year-first': 0 },
    other: [],
    examples: {
      'year-first': [],
      'day-first': [],
      'month-first': [],
      'short-year-first': [],
      serial: [],
    },
    fails: { 'day-first': [], 'month-first': [], 'short-year-first': [] },
    open: new Map(),
  }
}

function count(seen: Counts, text: string, row: number): void {
  seen.filled++
  const notation = readNotation(text)
  const example = { row, text }
  if (notation === null) {
    keep(seen.other, example)
  } else if (notation.kind === 'day') {
    seen.plain++
    keep(seen.examples['year-first'], example)
  } else if (notation.kind === 'serial') {
    seen.serial++
    keep(seen.examples.serial, example)
  } else {
    seen.numeric++
    seen.notation ??= `${notation.mark}${notation.thirdDigits}`
    countOrders(seen, notation, example)
  }
}

function countOrders(seen: Counts, notation: Notation, example: DateExample): void {
  let readable: Order | null = null
  let readings = 0
  for (const order of orders) {
    if (dayIn(order, notation) === null) {
      keep(seen.fails[order], example)
      continue
    }
    seen.reads[order]++
    readable = order
    readings++
  }
  if (readings === 1 && readable) {
    seen.only[readable]++
    keep(seen.examples[readable], example)
  }
  if (readings < 2) return
  for (const [a, b] of pairs) {
    if (seen.open.has(a + b)) continue
    const first = dayIn(a, notation)
    const second = dayIn(b, notation)
    if (first && second && first !== second) seen.open.set(a + b, { example, notation })
  }
}

const pairs: readonly (readonly [Order, Order])[] = [
  ['day-first', 'month-first'],
  ['day-first', 'short-year-first'],
  ['month-first', 'short-year-first'],
]

function conclude(seen: Counts): DateColumn {
  const { filled, plain, numeric, serial } = seen
  if (filled === 0) return { kind: 'empty' }
  if ((plain + numeric + serial) * 2 < filled) return { kind: 'not-dates', examples: seen.other }
  if (isMinor(numeric + serial, plain)) return shaped(seen, 'year-first', plain)
  if (isMinor(numeric + plain, serial)) return shaped(seen, 'serial', serial + plain)
  // Real dates beside texts in another order are the trace of a spreadsheet that swapped day and
  // month wherever it could; the swapped ones look perfectly sound, so this is asked about.
  if (!isMinor(plain + serial, numeric)) return mixedColumn(seen)
  const order = orderOf(seen)
  if (order.kind === 'ambiguous') return order
  if (order.kind === 'contradiction') return mixedColumn(seen)
  return shaped(seen, order.order, seen.reads[order.order] + plain)
}

function isMinor(few: number, many: number): boolean {
  return many > 0 && few * telling <= many
}

type OrderFound =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'contradiction' }
  | Extract<DateColumn, { kind: 'ambiguous' }>

function orderOf(seen: Counts): OrderFound {
  const most = Math.max(...orders.map((order) => seen.reads[order]))
  const best = orders.filter((order) => (most - seen.reads[order]) * telling <= most)
  const evidence = orders.reduce((total, order) => total + seen.only[order], 0)
  const [winner] = [...orders].sort((a, b) => seen.only[b] - seen.only[a])
  if (winner && seen.only[winner] > 0) {
    const against = evidence - seen.only[winner]
    if (isMinor(against, evidence)) return settleAmong(seen, [winner])
    return { kind: 'contradiction' }
  }
  return settleAmong(
    seen,
    best.filter((order) => seen.reads[order] === most),
  )
}

function settleAmong(seen: Counts, candidates: readonly Order[]): OrderFound {
  const [first, ...rest] = candidates
  if (!first) return { kind: 'contradiction' }
  for (const other of rest) {
    const open = seen.open.get(first + other)
    if (!open) continue
    const readings = candidates.flatMap((shape) => {
      const day = dayIn(shape, open.notation)
      return day ? [{ shape, day }] : []
    })
    const { example } = open
    return { kind: 'ambiguous', notation: seen.notation ?? '', example, readings }
  }
  return { kind: 'order', order: first }
}

function shaped(seen: Counts, shape: DateShape, read: number): DateColumn {
  const failed = shape === 'year-first' || shape === 'serial' ? [] : seen.fails[shape]
  const stray = shape === 'serial' ? [] : seen.examples.serial
  const firstUnread = [...seen.other, ...failed, ...stray]
    .sort((a, b) => a.row - b.row)
    .slice(0, examplesKept)
  const notation = shape === 'year-first' || shape === 'serial' ? null : seen.notation
  return { kind: 'shape', shape, notation, unread: seen.filled - read, firstUnread }
}

function mixedColumn(seen: Counts): DateColumn {
  const groups = [
    { shape: 'year-first' as const, count: seen.plain, examples: seen.examples['year-first'] },
    { shape: 'serial' as const, count: seen.serial, examples: seen.examples.serial },
    ...orders.map((shape) => ({ shape, count: seen.only[shape], examples: seen.examples[shape] })),
  ]
  return { kind: 'mixed', groups: groups.filter((group) => group.count > 0) }
}

function keep(examples: DateExample[], example: DateExample): void {
  if (examples.length < examplesKept) examples.push(example)
}
