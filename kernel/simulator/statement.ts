import { type Day, dayOf, daysBetween, partsOf } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { integerBetween, openStream, type RandomStream, unit } from '#kernel/random/random.ts'
import type { Behaviour } from '#kernel/simulator/behaviour.ts'
import { currencyOf } from '#kernel/simulator/currency-of.ts'
import type { SimulatedStatement } from '#kernel/simulator/simulated.ts'
import { monthOf, type Timeline } from '#kernel/simulator/timeline.ts'

/**
 * The statements of the two fiscal years before the last day whose figures were handed in by then,
 * in CNY. Every cross-check of a statement holds to the fen; ratios follow how well the customer
 * pays in the eighteen months after the year, and how near it is to failing.
 */
export function simulateStatements(of: {
  readonly seed: string
  readonly code: string
  readonly timeline: Timeline
  readonly behaviour: Behaviour
  /** What we sell it a year, in fen; its own revenue is five to twenty times that. */
  readonly annualMinor: number
}): SimulatedStatement[] {
  const stream = openStream(of.seed, of.code, 'statements')
  const factor = integerBetween(stream, 5, 20)
  const luck = (unit(stream) - 0.5) * 0.3
  const lastYear = partsOf(of.timeline.to).year - 1
  const statements: SimulatedStatement[] = []
  let revenue = BigInt(Math.round(of.annualMinor)) * BigInt(factor)
  let capital: bigint | null = null
  let cashBefore: bigint | null = null
  for (const year of [lastYear - 2, lastYear - 1, lastYear]) {
    const recordedOn = known(year + 1, 4, integerBetween(stream, 8, 30))
    const closedOn = known(year, 12, 31)
    const strength = strengthOf(of.behaviour, daysBetween(of.timeline.from, closedOn)) + luck
    const lines = linesOf(stream, revenue, Math.max(0, Math.min(1, strength)), capital, cashBefore)
    statements.push({ currency: yuan, closedOn, months: 12, lines, recordedOn })
    capital = lines.paid_in_capital
    cashBefore = lines.cash
    revenue = share(revenue, 9_000 + Math.round(strength * 2_500))
  }
  return statements.filter(({ recordedOn }) => recordedOn <= of.timeline.to).slice(-2)
}

const yuan = currencyOf('CNY')

function known(year: number, month: number, dayOfMonth: number): Day {
  const day = dayOf(year, month, dayOfMonth)
  invariant(day, 'the day exists')
  return day
}

/** From 0, insolvent, to 1, rich; seen at the end of a fiscal year, with an eye on what follows. */
function strengthOf(behaviour: Behaviour, closedAt: number): number {
  const months = [0, 3, 6, 9].map((ahead) => monthOf(closedAt) + ahead)
  const stress = months.reduce((sum, month) => sum + (behaviour.stressDays[month] ?? 0), 0) / 4
  const fails = behaviour.stopsPayingAt
  const away = fails === null ? Infinity : fails - closedAt
  const failing = away < 180 ? 0.5 : away < 540 ? 0.3 : 0
  return 0.68 - behaviour.habitDays / 90 - stress / 120 - failing
}

/** A strong company owes less, earns more and keeps more cash: all in basis points. */
function linesOf(
  stream: RandomStream,
  revenue: bigint,
  strength: number,
  capitalBefore: bigint | null,
  cashBefore: bigint | null,
) {
  const drawn = (low: number, high: number) => integerBetween(stream, low, high)
  const lean = (low: number, high: number) => Math.round(low + (high - low) * strength)
  const assets = share(revenue, drawn(7_000, 11_000))
  const current = share(assets, lean(5_000, 6_500) + drawn(-300, 300))
  const cash = share(current, lean(500, 2_800))
  const notes = share(current, drawn(500, 1_500))
  const receivable = share(current, lean(3_500, 2_600))
  const prepaid = share(current, drawn(100, 500))
  const inventories = share(current, lean(3_000, 2_200))
  const debt = share(assets, lean(9_300, 3_200) + drawn(-400, 400))
  const currentDebt = share(debt, lean(9_300, 8_000))
  const equity = assets - debt
  const capital = capitalBefore ?? share(assets, lean(1_800, 2_200))
  const retained = equity - capital
  const reserve = retained > 0n ? share(retained, 1_000) : 0n
  const cost = share(revenue, lean(9_000, 7_000) + drawn(-150, 150))
  const interest = share(debt, drawn(150, 320))
  const expenses = share(revenue, lean(1_250, 1_500))
  const operating = revenue - cost - expenses - interest
  const before = operating + share(revenue, drawn(-30, 50))
  const tax = before > 0n ? share(before, 1_500) : 0n
  const net = before - tax
  const opening = cashBefore ?? share(cash, drawn(8_500, 11_000))
  const operatingCash = net + share(revenue, drawn(-200, 350))
  const investing = -share(revenue, drawn(100, 500))
  const increase = cash - opening
  return {
    ...{ cash, notes_receivable: notes, accounts_receivable: receivable, prepayments: prepaid },
    ...{ inventories, current_assets: current, fixed_assets: share(assets - current, 8_000) },
    ...{ non_current_assets: assets - current, total_assets: assets },
    ...{ short_term_loans: share(currentDebt, 4_000), accounts_payable: share(currentDebt, 4_500) },
    ...{ current_liabilities: currentDebt, non_current_liabilities: debt - currentDebt },
    ...{ total_liabilities: debt, paid_in_capital: capital, surplus_reserve: reserve },
    ...{ undistributed_profit: retained - reserve, equity },
    ...{ revenue, cost_of_sales: cost, finance_costs: interest, interest_expense: interest },
    ...{ operating_profit: operating, profit_before_tax: before, income_tax: tax, net_profit: net },
    ...{ operating_cash_flow: operatingCash, investing_cash_flow: investing },
    financing_cash_flow: increase - operatingCash - investing,
    ...{ exchange_effect_on_cash: 0n, net_increase_in_cash: increase },
  }
}

/** So many basis points of an amount, rounded down in magnitude. */
function share(amount: bigint, bps: number): bigint {
  return (amount * BigInt(bps)) / 10_000n
}
