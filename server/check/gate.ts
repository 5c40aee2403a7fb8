import type { Day } from '#kernel/calendar/day.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { nothing, type Stage, type StageAmounts } from '#kernel/exposure/stage.ts'
import type { ExchangeRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { AskedCheck } from '#server/check/asked-check.ts'
import type { ReleaseRow } from '#server/check/release.store.ts'
import type { ReservationRow } from '#server/check/reservation.store.ts'
import type { CurrencyPair } from '#server/company/public.ts'
import type {
  Buyer,
  LockedTree,
  Position,
  TemporaryLimit,
  UnusedCover,
} from '#server/exposure/public.ts'
import type { ConductRow } from '#server/receivable/public.ts'

/** All that checks of one transaction are decided from, read after their accounts were locked. */
export type Gate = {
  readonly today: Day
  readonly rules: PreparedCheckRules
  readonly policyId: string
  readonly tree: LockedTree
  /** By account; as it was read, and then as the checks before left it. */
  readonly standing: Map<string, Map<Currency, StandingBalance>>
  /** By group account: what members have paid ahead beyond what they owe. */
  readonly unusedCover: ReadonlyMap<string, readonly UnusedCover[]>
  readonly temporary: ReadonlyMap<string, readonly TemporaryLimit[]>
  /** By charged party. */
  readonly conduct: ReadonlyMap<string, readonly ConductRow[]>
  /** Who buys on the account of a charged party, where that was asked. */
  readonly buyers: ReadonlyMap<string, readonly string[]>
  /** By document; positions are followed through the checks of the transaction. */
  readonly positions: Map<string, Position[]>
  readonly releases: ReadonlyMap<string, readonly ReleaseRow[]>
  readonly approvedOn: ReadonlyMap<string, Day>
  /** Rows of reservations that are more, or less, than open; by id. */
  readonly reservations: ReadonlyMap<string, ReservationRow>
  /** The clock of the database, by which reservations end. */
  readonly nowMs: number
  readonly rates: readonly ExchangeRate[]
}

export type PublishedRules = { readonly rules: PreparedCheckRules; readonly versionId: string }

export type StandingBalance = { stages: StageAmounts; laterMinor: bigint }

export function buyerOf(check: Pick<AskedCheck, 'buyer' | 'segment'>): Buyer {
  return { partyId: check.buyer.id, segment: check.segment }
}

/** Who gets the goods, where another one pays. */
export function soldTo(check: Pick<AskedCheck, 'soldTo' | 'segment'>): Buyer | null {
  return check.soldTo ? { partyId: check.soldTo.id, segment: check.segment } : null
}

/** Whose account a document leaves, once it passes at another. */
export function leaving(check: Pick<AskedCheck, 'leaves' | 'segment'>): Buyer | null {
  return check.leaves ? { partyId: check.leaves.buyer.id, segment: check.segment } : null
}

/** The conversions that deciding may need: into the currency of each account. */
export function pairsOf(
  of: Pick<Gate, 'rules' | 'tree' | 'standing' | 'conduct'> & { asked: readonly AskedCheck[] },
): CurrencyPair[] {
  const pairs = new Map<string, CurrencyPair>()
  const want = (from: Currency, to: Currency) => {
    if (from !== to) pairs.set(`${from}${to}`, { from, to })
  }
  for (const check of of.asked) {
    const { account, levels } = of.tree.leafOf(buyerOf(check))
    for (const level of levels) {
      want(check.amount.currency, level.currency)
      for (const currency of of.standing.get(level.id)?.keys() ?? []) want(currency, level.currency)
      if (level.level !== 'party') continue
      want(of.rules.currency, level.currency)
      for (const { currency } of of.conduct.get(account.chargedPartyId) ?? []) {
        if (currency !== null) want(currency, level.currency)
      }
    }
  }
  return [...pairs.values()]
}

/** Adds an amount to a stage of an account as it stands within the transaction. */
export function addToStanding(
  gate: Gate,
  accountId: string,
  change: {
    readonly currency: Currency
    readonly stage: Stage
    readonly minor: bigint
    readonly laterMinor: bigint
  },
): void {
  const own = gate.standing.get(accountId) ?? new Map<Currency, StandingBalance>()
  const before = own.get(change.currency)
  const amounts = before?.stages ?? nothing
  own.set(change.currency, {
    stages: { ...amounts, [change.stage]: amounts[change.stage] + change.minor },
    laterMinor: (before?.laterMinor ?? 0n) + change.laterMinor,
  })
  gate.standing.set(accountId, own)
}
