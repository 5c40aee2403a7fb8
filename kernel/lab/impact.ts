import type { Currency } from '#kernel/money/currency.ts'
import { type Money, money } from '#kernel/money/money.ts'

/** What a set of policies makes of one customer. */
export type PartyOutcome = {
  readonly grade: string
  /** In the customer's currency; null where no limit can be decided. */
  readonly limit: Money | null
  /** Days of credit. */
  readonly termDays: number | null
}

/** A customer under the policies that are published and under those that are tried. */
export type PartyChange = {
  readonly partyId: string
  readonly code: string
  readonly name: string
  readonly before: PartyOutcome
  readonly after: PartyOutcome
  /** The change of its limit in the company's base currency; null where that cannot be told. */
  readonly gainMinor: bigint | null
}

/** How many customers move from one grade to another. */
type GradeMove = { readonly from: string; readonly to: string; readonly customers: number }

type LimitSums = {
  readonly currency: Currency
  readonly before: Money
  readonly after: Money
  readonly raised: { readonly customers: number; readonly by: Money }
  readonly lowered: { readonly customers: number; readonly by: Money }
}

export type PartyImpact = {
  readonly customers: number
  /** Whose grade, limit or terms are another. */
  readonly changed: number
  readonly upgraded: number
  readonly downgraded: number
  readonly moves: readonly GradeMove[]
  readonly limits: readonly LimitSums[]
  readonly longerTerms: number
  readonly shorterTerms: number
  /** Those whose limit rises or falls most in the base currency; of equals the smaller code first. */
  readonly gainers: readonly PartyChange[]
  readonly losers: readonly PartyChange[]
}

type Sums = { before: bigint; after: bigint; raised: Tally; lowered: Tally }
type Tally = { customers: number; by: bigint }

/**
 * Adds up what a change of policies makes of customers, one at a time and in any order; `result` may
 * be asked at any time. Grades are from best to worst.
 */
export function impactFold(grades: readonly string[], most: number) {
  const rank = new Map(grades.map((grade, index) => [grade, index]))
  const moves = new Map<string, GradeMove>()
  const sums = new Map<Currency, Sums>()
  const counts = { customers: 0, changed: 0, upgraded: 0, downgraded: 0, longer: 0, shorter: 0 }
  const gainers: PartyChange[] = []
  const losers: PartyChange[] = []
  const add = (change: PartyChange): void => {
    const { after, before, gainMinor } = change
    counts.customers += 1
    count(moves, before.grade, after.grade)
    const [was, is] = [rank.get(before.grade) ?? 0, rank.get(after.grade) ?? 0]
    if (is < was) counts.upgraded += 1
    if (is > was) counts.downgraded += 1
    const [days, daysAfter] = [before.termDays ?? 0, after.termDays ?? 0]
    if (daysAfter > days) counts.longer += 1
    if (daysAfter < days) counts.shorter += 1
    const isLimitChanged = addLimits(sums, before.limit, after.limit)
    if (is !== was || days !== daysAfter || isLimitChanged) counts.changed += 1
    if (gainMinor !== null && gainMinor > 0n) keepMost(gainers, change, most, 1n)
    if (gainMinor !== null && gainMinor < 0n) keepMost(losers, change, most, -1n)
  }
  const result = (): PartyImpact => ({
    ...{ customers: counts.customers, changed: counts.changed },
    ...{ upgraded: counts.upgraded, downgraded: counts.downgraded },
    moves: [...moves.values()].sort(
      (a, b) =>
        rankIn(rank, a.from) - rankIn(rank, b.from) || rankIn(rank, a.to) - rankIn(rank, b.to),
    ),
    limits: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, of]) => sumsOf(code, of)),
    ...{ longerTerms: counts.longer, shorterTerms: counts.shorter },
    ...{ gainers: [...gainers], losers: [...losers] },
  })
  return { add, result }
}

function rankIn(rank: ReadonlyMap<string, number>, grade: string): number {
  return rank.get(grade) ?? rank.size
}

function count(moves: Map<string, GradeMove>, from: string, to: string): void {
  const key = `${from} ${to}`
  moves.set(key, { from, to, customers: (moves.get(key)?.customers ?? 0) + 1 })
}

/** Whether the two differ. */
function addLimits(sums: Map<Currency, Sums>, before: Money | null, after: Money | null): boolean {
  const currency = after?.currency ?? before?.currency
  if (currency === undefined) return false
  const none = () => ({ customers: 0, by: 0n })
  const of = sums.get(currency) ?? { before: 0n, after: 0n, raised: none(), lowered: none() }
  sums.set(currency, of)
  const [was, is] = [before?.minor ?? 0n, after?.minor ?? 0n]
  of.before += was
  of.after += is
  if (is === was) return false
  const tally = is > was ? of.raised : of.lowered
  tally.customers += 1
  tally.by += is > was ? is - was : was - is
  return true
}

function sumsOf(currency: Currency, of: Sums): LimitSums {
  const tally = ({ by, customers }: Tally) => ({ customers, by: money(by, currency) })
  return {
    currency,
    ...{ before: money(of.before, currency), after: money(of.after, currency) },
    ...{ raised: tally(of.raised), lowered: tally(of.lowered) },
  }
}

/** Keeps the list of the largest gains (or losses) in order, and no longer than asked for. */
function keepMost(kept: PartyChange[], change: PartyChange, most: number, sign: bigint): void {
  const size = (of: PartyChange) => sign * (of.gainMinor ?? 0n)
  const isBehind = (other: PartyChange) =>
    size(other) < size(change) || (size(other) === size(change) && other.code > change.code)
  const last = kept.at(-1)
  if (kept.length === most && last && !isBehind(last)) return
  const at = kept.findIndex(isBehind)
  kept.splice(at < 0 ? kept.length : at, 0, change)
  if (kept.length > most) kept.pop()
}
