import { type Day, toEpochDay } from '#kernel/calendar/day.ts'
import type { Money } from '#kernel/money/money.ts'
import type { Allocation, PartyHistory } from '#kernel/receivable/history.ts'

/** What became of a customer in a time, in minor units of the base currency. */
export type CustomerOutcome = {
  /** Invoiced in it. */
  readonly sales: bigint
  /** Fell due in it and before its last day, and of that what was not paid when it was due. */
  readonly due: bigint
  readonly lateAtDue: bigint
  /** The same of what is due for long enough, and what was not paid in so many days. */
  readonly judged: bigint
  readonly late: bigint
  readonly writtenOff: bigint
}

export type OutcomeTerms = {
  readonly from: Day
  readonly through: Day
  /** How many days after it was due an amount that is not paid is late. */
  readonly lateDays: number
  /** Null where there is no rate: such amounts are left out. */
  readonly inBase: (amount: Money) => bigint | null
}

/** What a ledger tells of a time. What was written off was not paid. */
export function customerOutcome(history: PartyHistory, terms: OutcomeTerms): CustomerOutcome {
  const { inBase, lateDays } = terms
  const [from, through] = [toEpochDay(terms.from), toEpochDay(terms.through)]
  const told = { sales: 0n, due: 0n, lateAtDue: 0n, judged: 0n, late: 0n, writtenOff: 0n }
  const writeOffs = new Set(
    history.credits.flatMap(({ id, kind }) => (kind === 'write-off' ? [id] : [])),
  )
  const settling = Map.groupBy(history.allocations, ({ invoiceId }) => invoiceId)
  for (const { amountMinor, currency, dueOn, id, issuedOn, voidedOn } of history.invoices) {
    if (voidedOn !== null && voidedOn <= terms.through) continue
    const isIssued = issuedOn >= terms.from && issuedOn <= terms.through
    const dueDay = toEpochDay(dueOn)
    const isDue = dueDay >= from && dueDay < through
    const own = settling.get(id) ?? []
    const writtenOff = own.reduce(
      (sum, each) =>
        writeOffs.has(each.creditId) &&
        stands(each, through) &&
        toEpochDay(each.effectiveOn) >= from
          ? sum + each.amountMinor
          : sum,
      0n,
    )
    if (!isIssued && !isDue && writtenOff === 0n) continue
    const base = (minor: bigint) => inBase({ minor, currency }) ?? 0n
    const unpaidAfter = (days: number) => {
      const paid = own.filter(
        (each) => !writeOffs.has(each.creditId) && stands(each, dueDay + days),
      )
      return amountMinor - paid.reduce((sum, each) => sum + each.amountMinor, 0n)
    }
    if (isIssued) told.sales += base(amountMinor)
    if (isDue) {
      told.due += base(amountMinor)
      told.lateAtDue += base(unpaidAfter(0))
    }
    if (isDue && dueDay + lateDays < through) {
      told.judged += base(amountMinor)
      told.late += base(unpaidAfter(lateDays))
    }
    told.writtenOff += base(writtenOff)
  }
  return told
}

/** Whether an allocation is there at the end of a day. */
function stands({ effectiveOn, reversedOn }: Allocation, day: number): boolean {
  return toEpochDay(effectiveOn) <= day && (reversedOn === null || toEpochDay(reversedOn) > day)
}
