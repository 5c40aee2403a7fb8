import { addDays, type Day } from '#kernel/calendar/day.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { nothing, type Stage, type StageAmounts } from '#kernel/exposure/stage.ts'
import type { ExchangeRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { lastApprovals } from '#server/check/decision.store.ts'
import { type ReleaseRow, releasesFor } from '#server/check/release.store.ts'
import type { AskedCheck } from '#server/check/run-checks.ts'
import { type CurrencyPair, ratesBetween } from '#server/company/public.ts'
import {
  balancesOf,
  buyersCharging,
  type LockedTree,
  laterOrdersOf,
  lockTree,
  type Position,
  positionsOfDocuments,
  type TemporaryLimit,
  temporaryLimitsOf,
} from '#server/exposure/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { type ConductRow, conductOf } from '#server/receivable/public.ts'

/** All that checks of one transaction are decided from, read after their accounts were locked. */
export type Gate = {
  readonly today: Day
  readonly rules: PreparedCheckRules
  readonly policyId: string
  readonly tree: LockedTree
  /** By account; as it was read, and then as the checks before left it. */
  readonly standing: Map<string, Map<Currency, StandingBalance>>
  readonly temporary: ReadonlyMap<string, readonly TemporaryLimit[]>
  /** By charged party. */
  readonly conduct: ReadonlyMap<string, readonly ConductRow[]>
  /** Who buys on the account of a charged party, where that was asked. */
  readonly buyers: ReadonlyMap<string, readonly string[]>
  /** By document; positions are followed through the checks of the transaction. */
  readonly positions: Map<string, Position[]>
  readonly releases: ReadonlyMap<string, readonly ReleaseRow[]>
  readonly approvedOn: ReadonlyMap<string, Day>
  readonly rates: readonly ExchangeRate[]
}

export type PublishedRules = { readonly rules: PreparedCheckRules; readonly versionId: string }

export type StandingBalance = { stages: StageAmounts; laterMinor: bigint }

/** Locks the accounts of checks and reads what they are decided from; each question is asked once. */
export async function openGate(
  tx: Transaction,
  today: Day,
  of: {
    readonly asked: readonly AskedCheck[]
    readonly published: PublishedRules
    /** The accounts, where they are locked already. */
    readonly tree?: LockedTree
  },
): Promise<Gate> {
  const { asked } = of
  const { rules, versionId: policyId } = of.published
  const tree = of.tree ?? (await lockTree(tx, asked.map(buyerOf)))
  const leaves = asked.map((check) => tree.leafOf(buyerOf(check)))
  const accounts = new Map(
    leaves.flatMap(({ account, above }) => [account, ...above]).map((each) => [each.id, each]),
  )
  const keys = [...accounts.values()].map(({ partyId, id }) => ({ partyId, accountId: id }))
  const standing = await standingOf(tx, keys, rules.needs.horizonDays, today)
  const chargedIds = [...new Set(leaves.map(({ account }) => account.chargedPartyId))]
  const { buyers, conduct } = await conductOfCharged(tx, { chargedIds, tree, rules, today })
  const documents = asked.flatMap(documentsOf)
  const positions =
    documents.length === 0 ? [] : await positionsOfDocuments(tx, uniqueDocuments(documents))
  const named = asked.flatMap(knownDocument)
  const releases = named.length === 0 ? [] : await releasesFor(tx, named, today)
  const asksApproval =
    rules.graceDays > 0 && asked.some(({ checkpoint }) => checkpoint === 'delivery')
  const approvals = asksApproval && named.length > 0 ? await lastApprovals(tx, named) : []
  const temporary = await temporaryLimitsOf(tx, [...accounts.keys()], today)
  return {
    ...{ today, rules, policyId, tree, standing, buyers, conduct },
    temporary: Map.groupBy(temporary, ({ accountId }) => accountId),
    positions: Map.groupBy(positions, ({ documentId }) => documentId),
    releases: Map.groupBy(releases, ({ documentId }) => documentId),
    approvedOn: new Map(approvals.map((each) => [each.documentId, each.approvedOn])),
    rates: await ratesBetween(tx, pairsOf({ asked, rules, tree, standing, conduct }), today),
  }
}

export function buyerOf(check: AskedCheck) {
  return { partyId: check.buyer.id, segment: check.segment }
}

/** The documents whose positions a check looks at: its own, and those that it sets. */
function documentsOf(check: AskedCheck) {
  const ids = knownDocument(check)
  const all = ids.length === 0 ? [] : [...ids, ...check.targets.map((t) => t.documentId)]
  return all.map((documentId) => ({ partyId: check.buyer.id, documentId }))
}

/** A document that is new has no positions, releases or decisions to look for. */
function knownDocument({ document }: AskedCheck): string[] {
  return document === null || document.isNew ? [] : [document.id]
}

function uniqueDocuments(documents: readonly { partyId: string; documentId: string }[]) {
  return [...new Map(documents.map((each) => [each.documentId, each])).values()]
}

async function standingOf(
  tx: Transaction,
  keys: readonly { partyId: string; accountId: string }[],
  horizonDays: number | null,
  today: Day,
): Promise<Map<string, Map<Currency, StandingBalance>>> {
  const standing = new Map<string, Map<Currency, StandingBalance>>()
  for (const row of await balancesOf(tx, keys)) {
    const own = standing.get(row.accountId) ?? new Map<Currency, StandingBalance>()
    own.set(row.currency, { stages: row, laterMinor: 0n })
    standing.set(row.accountId, own)
  }
  if (horizonDays === null) return standing
  for (const later of await laterOrdersOf(tx, keys, addDays(today, horizonDays))) {
    const balance = standing.get(later.accountId)?.get(later.currency)
    if (balance) balance.laterMinor = later.minor
  }
  return standing
}

async function conductOfCharged(
  tx: Transaction,
  of: Pick<Gate, 'tree' | 'rules' | 'today'> & { readonly chargedIds: readonly string[] },
): Promise<Pick<Gate, 'buyers' | 'conduct'>> {
  const { chargedIds, today, tree } = of
  const { needs } = of.rules
  const { overdue, oldestOpen, returnedPayment, brokenPromisesWithinDays: within } = needs
  const since = within === null ? null : addDays(today, -within)
  const asksConduct = overdue || oldestOpen || returnedPayment || since !== null
  if (!asksConduct) return { buyers: new Map(), conduct: new Map() }
  const payers = chargedIds.filter((id) => tree.links.get(id)?.paysForOthers)
  const others = payers.length === 0 ? [] : await buyersCharging(tx, payers)
  const own = chargedIds.map((id) => ({ partyId: id, chargedPartyId: id }))
  const pairs = [...own, ...others.filter(({ partyId, chargedPartyId: id }) => partyId !== id)]
  const chargedOf = new Map(pairs.map(({ partyId, chargedPartyId }) => [partyId, chargedPartyId]))
  const wanted = { overdue, oldestOpen, returnedPayment, brokenPromisesSince: since }
  const rows = await conductOf(tx, [...chargedOf.keys()], today, wanted)
  const buyers = Map.groupBy(pairs, ({ chargedPartyId }) => chargedPartyId)
  return {
    buyers: new Map([...buyers].map(([id, of]) => [id, of.map(({ partyId }) => partyId)])),
    conduct: Map.groupBy(rows, ({ partyId }) => chargedOf.get(partyId) ?? partyId),
  }
}

/** The conversions that deciding may need: into the currency of each account. */
function pairsOf(
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
