import type { PartyReceivables } from '#contract/ageing.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addMonths, type Day } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { ageingOf } from '#kernel/receivable/ageing.ts'
import { overdueBuckets } from '#kernel/receivable/buckets.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import { type LedgerState, ledgerStateOf } from '#kernel/receivable/ledger-state.ts'
import { weightedAverageDays } from '#kernel/receivable/metrics.ts'
import { openItemsOf } from '#kernel/receivable/open-items.ts'
import { paidPortionsOf } from '#kernel/receivable/paid-portions.ts'
import { readDay } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import { loadHistories } from '#server/receivable/load-histories.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** What one customer owes as of a day and how it paid in the twelve months before, by currency. */
export async function showPartyReceivables(
  context: Context,
  key: string,
  asOfText: string | undefined,
): Promise<PartyReceivables | Refusal> {
  const asOf = asOfText === undefined ? context.today : readDay(asOfText, 'asOf')
  if (isRefusal(asOf)) return asOf
  const party = await readParty(context, key)
  if (isRefusal(party)) return party
  const [history] = (await loadHistories(context.db, [party.id])).values()
  invariant(history, 'a party has a history')
  const state = ledgerStateOf(history, asOf)
  const currencies = new Set(state.invoices.map(({ invoice }) => invoice.currency))
  for (const { credit } of state.credits) currencies.add(credit.currency)
  const owed = owedOf(history, asOf)
  return {
    partyId: history.partyId,
    asOf,
    items: [...currencies].sort().map((currency) => ({
      ...(owed.get(currency) ?? nothingOwed(currency)),
      ...paidOf(state, currency, asOf),
    })),
  }
}

type Owed = Pick<
  PartyReceivables['items'][number],
  'currency' | 'balance' | 'notDue' | 'overdue' | 'unappliedCredits'
>

function owedOf(history: PartyHistory, asOf: Day): Map<Currency, Owed> {
  const aged = ageingOf(openItemsOf(history, asOf), { asOf, by: 'due', buckets: overdueBuckets })
  invariant(aged.kind === 'aged', 'the standard buckets hold every age')
  return new Map(
    aged.rows.map((row) => {
      const { currency } = row
      const decimal = (minor: bigint) => toDecimal({ minor, currency })
      const overdueMinor = row.bucketMinors.reduce((total, minor) => total + minor, 0n)
      const owed = {
        currency,
        balance: decimal(row.balanceMinor),
        notDue: decimal(row.notDueMinor),
        overdue: decimal(overdueMinor),
        unappliedCredits: decimal(row.unappliedCreditsMinor),
      }
      return [currency, owed]
    }),
  )
}

function nothingOwed(currency: Currency): Owed {
  const zero = toDecimal({ minor: 0n, currency })
  return { currency, balance: zero, notDue: zero, overdue: zero, unappliedCredits: zero }
}

function paidOf(state: LedgerState, currency: Currency, asOf: Day) {
  const window = { currency, after: addMonths(asOf, -12), upTo: asOf }
  const portions = paidPortionsOf(state, window)
  const paidMinor = portions.reduce((total, { amountMinor }) => total + amountMinor, 0n)
  const average = (daysOf: (portion: (typeof portions)[number]) => number) => {
    const days = weightedAverageDays(
      portions.map((portion) => ({ amountMinor: portion.amountMinor, days: daysOf(portion) })),
    )
    return days.kind === 'measured' ? scaledToDecimal(days.hundredths, 2) : null
  }
  return {
    paid12Months: toDecimal({ minor: paidMinor, currency }),
    averageDaysToPay: average((portion) => portion.daysToPay),
    averageDaysBeyondTerms: average((portion) => portion.daysBeyondTerms),
  }
}
