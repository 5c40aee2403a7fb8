import type { AccountStatus } from '#contract/exposure.ts'
import { addDays, type Day } from '#kernel/calendar/day.ts'
import { convert, type ExchangeRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { divide, type Money } from '#kernel/money/money.ts'
import type { Standing } from '#server/exposure/public.ts'
import type { listedParties } from '#server/party/public.ts'
import type { openSumsOf } from '#server/receivable/public.ts'

type ListedParty = Awaited<ReturnType<typeof listedParties>>[number]
type OpenSum = Awaited<ReturnType<typeof openSumsOf>>[number]

type Amounts = {
  readonly limit: bigint | null
  readonly exposure: bigint | null
  readonly available: bigint | null
  readonly open: bigint | null
  readonly overdue: bigint | null
}

/** A party as the list shows it; see the comments of customer.line. */
export type Line = Omit<ListedParty, 'id' | 'currency'> & {
  readonly partyId: string
  readonly grade: string | null
  readonly score: number | null
  readonly ratedOn: Day | null
  readonly status: AccountStatus
  readonly openHolds: number
  readonly currency: Currency
  readonly limitToOn: Day | null
  readonly amounts: Amounts
  readonly utilisationBps: bigint | null
  readonly overdueSinceOn: Day | null
  readonly baseCurrency: Currency
  readonly baseAmounts: Amounts
  readonly usesRates: boolean
  readonly changesOn: Day | null
}

export type Sources = {
  readonly party: ListedParty
  readonly standing: Standing | undefined
  /** Of the party and its merged duplicates. */
  readonly open: readonly OpenSum[]
  readonly openHolds: number
  readonly rating:
    | { readonly grade: string; readonly score: number; readonly asOf: Day }
    | undefined
}

export type Valuation = {
  readonly base: Currency
  readonly rates: readonly ExchangeRate[]
  readonly today: Day
}

/** Puts together what the rooms know of a party. Amounts that need a missing rate are null. */
export function lineOf(of: Sources, valuation: Valuation): Line {
  const { party, rating, standing } = of
  const { base, today } = valuation
  const currency = currencyOf(of, base)
  const limit = standing?.limitMinor ?? null
  const exposure = standing ? standing.exposureMinor : 0n
  const granted = limit === null ? null : limit + (standing?.temporaryMinor ?? 0n)
  const available = granted === null || exposure === null ? null : granted - exposure
  const sumIn = (to: Currency, what: (sum: OpenSum) => bigint) =>
    total(of.open.map((sum) => valued({ minor: what(sum), currency: sum.currency }, to, valuation)))
  const inBase = (minor: bigint | null) => minor && valued({ minor, currency }, base, valuation)
  const usesRates =
    (standing?.usesRates ?? false) ||
    currency !== base ||
    of.open.some((sum) => sum.currency !== currency)
  const { id: partyId, currency: _, ...described } = party
  return {
    ...described,
    ...{ partyId, currency, usesRates, baseCurrency: base, openHolds: of.openHolds },
    grade: rating?.grade ?? null,
    score: rating?.score ?? null,
    ratedOn: rating?.asOf ?? null,
    status: standing?.status ?? 'open',
    limitToOn: standing?.limitToOn ?? null,
    amounts: {
      ...{ limit, exposure, available },
      open: sumIn(currency, (sum) => sum.openMinor),
      overdue: sumIn(currency, (sum) => sum.overdueMinor),
    },
    utilisationBps:
      granted && granted > 0n && exposure !== null
        ? divide(exposure * 10_000n, granted, 'half-even')
        : null,
    overdueSinceOn: earliest(of.open.map((sum) => sum.overdueSinceOn)),
    baseAmounts: {
      limit: inBase(limit),
      exposure: inBase(exposure),
      available: inBase(available),
      open: sumIn(base, (sum) => sum.openMinor),
      overdue: sumIn(base, (sum) => sum.overdueMinor),
    },
    changesOn: earliest([
      standing?.changesOn ?? null,
      ...of.open.map((sum) => sum.changesOn),
      usesRates ? addDays(today, 1) : null,
    ]),
  }
}

/** Amounts are told in the currency of the account; without one, in that of the customer. */
export function currencyOf({ open, party, standing }: Sources, base: Currency): Currency {
  return standing?.currency ?? party.currency ?? open[0]?.currency ?? base
}

function valued(amount: Money, to: Currency, { rates }: Valuation): bigint | null {
  if (amount.currency === to || amount.minor === 0n) return amount.minor
  const rate = rates.find((one) => one.from === amount.currency && one.to === to)
  return rate ? convert(amount, rate, 'half-even').money.minor : null
}

function total(parts: readonly (bigint | null)[]): bigint | null {
  let sum = 0n
  for (const part of parts) {
    if (part === null) return null
    sum += part
  }
  return sum
}

function earliest(days: readonly (Day | null)[]): Day | null {
  return days.reduce((first, day) => (first && (!day || first <= day) ? first : day), null)
}
