import { setImmediate } from 'node:timers/promises'
import type { GroupComparison } from '#contract/pilot.ts'
import { addDays, addMonths, type Day } from '#kernel/calendar/day.ts'
import { type Compared, type ComparedFigure, compareGroups } from '#kernel/lab/compare-groups.ts'
import { customerOutcome } from '#kernel/lab/customer-outcome.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { familiesOf, nextCustomers, type RatedParty } from '#server/party/public.ts'
import { heldByCustomer } from '#server/pilot/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import { loadHistories } from '#server/receivable/public.ts'

const batchSize = 500
const lateDays = 30

const units = {
  late: 'percent',
  lateAtDue: 'percent',
  writtenOff: 'percent',
  sales: 'amount',
  held: 'count',
} as const
const figures = Object.keys(units) as (keyof typeof units)[]
/** What a group could not have been chosen by, and would show if it had been. */
const before = ['late', 'lateAtDue', 'sales'] as const

/**
 * What became of two groups of customers since a day, and of the same customers in the year before.
 * A customer of whom `isChallenger` tells null belongs to neither.
 */
export async function groupComparison(
  { db, today }: Context,
  of: {
    readonly since: Day
    readonly isChallenger: (party: RatedParty) => boolean | null
  },
): Promise<GroupComparison> {
  const base = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const rates = await rateBookAsOf(db, today)
  const inBase = (amount: Parameters<typeof rates.convert>[0]) => rates.convert(amount, base, today)
  const held = await heldOf(db, { from: of.since, through: today })
  const on = { lateDays, inBase }
  const since = { ...on, from: of.since, through: today }
  const past = { ...on, from: addMonths(of.since, -12), through: addDays(of.since, -1) }
  const now: Compared[] = []
  const then: Compared[] = []
  for (let after: string | null = null; ; ) {
    const parties: RatedParty[] = await nextCustomers(db, after, batchSize, of.since)
    after = parties.at(-1)?.id ?? null
    if (after === null) break
    // Those whose files were closed since are looked at too: it may have been for what came of it.
    const compared = parties.flatMap((party) => {
      const isChallenger = of.isChallenger(party)
      return isChallenger === null ? [] : [{ id: party.id, isChallenger }]
    })
    const histories = await loadHistories(
      db,
      compared.map(({ id }) => id),
    )
    // Credit checks are answered between two batches.
    await setImmediate()
    for (const { id, isChallenger } of compared) {
      const history = histories.get(id)
      if (!history) continue
      then.push({ isChallenger, parts: partsOf(customerOutcome(history, past), 0) })
      const parts = partsOf(customerOutcome(history, since), held.get(id) ?? 0)
      now.push({ isChallenger, parts })
    }
  }
  const challengers = now.filter(({ isChallenger }) => isChallenger).length
  const told = (each: ComparedFigure) => figureReply(each, base)
  return {
    ...{ from: of.since, through: today, lateDays, baseCurrency: base },
    ...{ challengers, champions: now.length - challengers },
    figures: compareGroups(now, figures).map(told),
    before: compareGroups(then, before).map(told),
  }
}

/** Held documents of customers with those of files that were merged into theirs since. */
async function heldOf(
  db: Reader,
  time: { readonly from: Day; readonly through: Day },
): Promise<ReadonlyMap<string, number>> {
  const held = await heldByCustomer(db, time)
  const survivors = await familiesOf(db, [...held.keys()])
  const sums = new Map<string, number>()
  for (const [id, documents] of held) {
    const survivor = survivors.get(id) ?? id
    sums.set(survivor, (sums.get(survivor) ?? 0) + documents)
  }
  return sums
}

function partsOf(of: ReturnType<typeof customerOutcome>, held: number): Compared['parts'] {
  return {
    late: [Number(of.late), Number(of.judged)],
    lateAtDue: [Number(of.lateAtDue), Number(of.due)],
    writtenOff: [Number(of.writtenOff), Number(of.due)],
    sales: [Number(of.sales), 1],
    held: [held, 1],
  }
}

function figureReply(
  { id, verdict, ...values }: ComparedFigure,
  base: Currency,
): GroupComparison['figures'][number] {
  const unit = units[id as keyof typeof units]
  const written = (value: number | null) => (value === null ? null : textOf(value, unit, base))
  return {
    ...{ id, unit, verdict },
    champion: written(values.champion),
    challenger: written(values.challenger),
    difference: written(values.difference),
    low: written(values.low),
    high: written(values.high),
    detectable: written(values.detectable),
  }
}

/** Shares in percent, amounts in the base currency, counts per customer. */
function textOf(value: number, unit: (typeof units)[keyof typeof units], base: Currency): string {
  if (unit === 'amount') return scaledToDecimal(BigInt(Math.round(value)), exponentOf(base))
  const scale = unit === 'percent' ? 10_000 : 1_000
  return scaledToDecimal(BigInt(Math.round(value * scale)), unit === 'percent' ? 2 : 3)
}
