import { addDays, type Day } from '#kernel/calendar/day.ts'
import { horizonEndOf } from '#kernel/check/level-exposure.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { chargePathOf } from '#kernel/exposure/charge-path.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { AskedCheck } from '#server/check/asked-check.ts'
import { lastApprovals } from '#server/check/decision.store.ts'
import {
  buyerOf,
  type Gate,
  leaving,
  type PublishedRules,
  pairsOf,
  type StandingBalance,
  soldTo,
} from '#server/check/gate.ts'
import { releasesFor } from '#server/check/release.store.ts'
import { reservationsNow } from '#server/check/reservation.store.ts'
import { ratesBetween } from '#server/company/public.ts'
import {
  type Buyer,
  balancesAt,
  buyersCharging,
  type LockedTree,
  lockTree,
  partiesOnPath,
  positionsOfDocuments,
  temporaryLimitsOf,
  type UnusedCover,
  unusedCoverOf,
} from '#server/exposure/public.ts'
import { type ChargeLinks, chargeLinksOf } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { type ConductRow, conductOf } from '#server/receivable/public.ts'

type GateAsked = {
  readonly asked: readonly AskedCheck[]
  readonly published: PublishedRules
  /** What is known of the buyers and of whom they charge, where it was read already. */
  readonly links?: ReadonlyMap<string, ChargeLinks>
}

/**
 * Locks the accounts of checks and reads what they are decided from. All of it is asked at once,
 * the locks first: by what stands then, whatever came while this waited for them.
 */
export async function openGate(tx: Transaction, today: Day, of: GateAsked): Promise<Gate> {
  const buyers = partiesIn(of.asked)
  const links =
    of.links ??
    (await chargeLinksOf(
      tx,
      buyers.map(({ partyId }) => partyId),
    ))
  const read = await readGate(tx, today, { ...of, links })
  // Accounts that were opened or moved changed what was read with them; now they are in place.
  const { tree, ...reading } = read.tree.wasInPlace
    ? read
    : await readGate(tx, today, { ...of, links: read.tree.links })
  const { rules, versionId: policyId } = of.published
  const standing = standingOf(reading.balances)
  const { buyersOf, conduct } = await conductOfCharged(tx, today, {
    rules,
    links: tree.links,
    read,
  })
  const gate = { today, rules, policyId, tree, standing, conduct, buyers: buyersOf }
  return {
    ...gate,
    nowMs: reading.nowMs,
    unusedCover: await unusedCoverIn(tx, tree, { asked: of.asked, buyers }),
    temporary: Map.groupBy(reading.temporary, ({ accountId }) => accountId),
    positions: Map.groupBy(reading.positions, ({ documentId }) => documentId),
    releases: Map.groupBy(reading.releases, ({ documentId }) => documentId),
    approvedOn: new Map(reading.approvals.map((each) => [each.documentId, each.approvedOn])),
    reservations: new Map(reading.reservations.map((row) => [row.id, row])),
    rates: await ratesBetween(tx, pairsOf({ ...gate, asked: of.asked }), today),
  }
}

/** What members of the groups above have paid ahead; asked only where there is a group. */
async function unusedCoverIn(
  tx: Transaction,
  tree: LockedTree,
  { asked, buyers }: { asked: readonly AskedCheck[]; buyers: readonly Buyer[] },
): Promise<Map<string, UnusedCover[]>> {
  const levels = buyers.flatMap((buyer) => tree.leafOf(buyer).levels)
  const groups = new Set(levels.filter(({ level }) => level === 'group').map(({ id }) => id))
  if (groups.size === 0) return new Map()
  const left = asked.flatMap((check) => leaving(check) ?? [])
  const leftIds = left.map((buyer) => tree.leafOf(buyer).account.chargedPartyId)
  const cover = await unusedCoverOf(tx, [...groups], leftIds)
  return Map.groupBy(cover, ({ groupAccountId }) => groupAccountId)
}

async function readGate(
  tx: Transaction,
  today: Day,
  of: GateAsked & { readonly links: ReadonlyMap<string, ChargeLinks> },
) {
  const { asked, links } = of
  const { rules } = of.published
  const buyers = partiesIn(asked)
  const parties = partiesOnPath(buyers, links)
  const chargedIds = [...new Set(asked.map(({ buyer }) => chargePathOf(buyer.id, links).chargedId))]
  const documents = uniqueDocuments(asked)
  const ids = [...new Set(asked.flatMap(({ document }) => document?.id ?? []))]
  const reservations = documents
    .filter(({ isReservation }) => isReservation)
    .map(({ partyId, documentId: id }) => ({ partyId, id }))
  const { horizonDays } = rules.needs
  const asksApproval =
    rules.graceDays > 0 && asked.some(({ checkpoint }) => checkpoint === 'delivery')
  const none = async () => []
  const horizonEnd = horizonEndOf(horizonDays, today)
  const [tree, balances, temporary, positions, approvals, kept, own] = await tx.together(
    () => lockTree(tx, buyers, links),
    () => balancesAt(tx, parties, horizonEnd),
    () => temporaryLimitsOf(tx, parties, today),
    documents.length === 0 ? none : () => positionsOfDocuments(tx, documents),
    asksApproval && ids.length > 0 ? () => lastApprovals(tx, ids) : none,
    () => reservationsNow(tx, reservations),
    () => conductOf(tx, chargedIds, today, conductWanted(rules, today)),
  )
  // A document of another system was held, and may have been released, only where something of it
  // is known.
  const known = new Set([
    ...positions.map(({ documentId }) => documentId),
    ...kept.rows.map(({ id }) => id),
  ])
  for (const { document } of asked) if (document?.kind === 'order') known.add(document.id)
  const spokenOf = ids.filter((id) => known.has(id))
  const releases = spokenOf.length === 0 ? [] : await releasesFor(tx, spokenOf, today)
  const read = { tree, balances, temporary, positions, releases, approvals }
  return { ...read, reservations: kept.rows, own, chargedIds, nowMs: kept.nowMs }
}

/** Whose accounts checks look at. */
function partiesIn(asked: readonly AskedCheck[]): Buyer[] {
  return asked.flatMap((check) =>
    [buyerOf(check), soldTo(check) ?? [], leaving(check) ?? []].flat(),
  )
}

/** The documents whose positions checks look at: their own, and those that they set. */
function uniqueDocuments(asked: readonly AskedCheck[]) {
  const documents = asked.flatMap(({ buyer, document, leaves, targets }) => {
    if (document === null) return []
    const isReservation = document.kind === 'reservation'
    const ids = new Set([document.id, ...targets.map(({ documentId }) => documentId)])
    const partyIds = [buyer.id, ...(leaves ? [leaves.buyer.id] : [])]
    return partyIds.flatMap((partyId) =>
      [...ids].map((documentId) => ({ partyId, documentId, isReservation })),
    )
  })
  const keyOf = (of: (typeof documents)[number]) => `${of.partyId} ${of.documentId}`
  return [...new Map(documents.map((each) => [keyOf(each), each])).values()]
}

function standingOf(
  balances: Awaited<ReturnType<typeof balancesAt>>,
): Map<string, Map<Currency, StandingBalance>> {
  const standing = new Map<string, Map<Currency, StandingBalance>>()
  for (const row of balances) {
    const own = standing.get(row.accountId) ?? new Map<Currency, StandingBalance>()
    own.set(row.currency, { stages: row, laterMinor: row.laterMinor })
    standing.set(row.accountId, own)
  }
  return standing
}

function conductWanted({ needs }: PreparedCheckRules, today: Day) {
  const { overdue, oldestOpen, returnedPayment, brokenPromisesWithinDays: within } = needs
  const brokenPromisesSince = within === null ? null : addDays(today, -within)
  return { overdue, oldestOpen, returnedPayment, brokenPromisesSince }
}

/** How charged parties conduct themselves, with those that they pay for. */
async function conductOfCharged(
  tx: Transaction,
  today: Day,
  of: {
    readonly rules: PreparedCheckRules
    readonly links: ReadonlyMap<string, ChargeLinks>
    readonly read: { readonly own: readonly ConductRow[]; readonly chargedIds: readonly string[] }
  },
): Promise<{ buyersOf: Map<string, string[]>; conduct: Map<string, ConductRow[]> }> {
  const { chargedIds, own } = of.read
  const payers = chargedIds.filter((id) => of.links.get(id)?.paysForOthers)
  const charging = payers.length === 0 ? [] : await buyersCharging(tx, payers)
  const others = charging.filter(({ partyId, chargedPartyId }) => partyId !== chargedPartyId)
  const chargedOf = new Map(others.map(({ partyId, chargedPartyId }) => [partyId, chargedPartyId]))
  const theirs =
    others.length === 0
      ? []
      : await conductOf(tx, [...chargedOf.keys()], today, conductWanted(of.rules, today))
  const buyersOf = new Map(chargedIds.map((id) => [id, [id]]))
  for (const { partyId, chargedPartyId } of others) buyersOf.get(chargedPartyId)?.push(partyId)
  return {
    buyersOf,
    conduct: Map.groupBy([...own, ...theirs], ({ partyId }) => chargedOf.get(partyId) ?? partyId),
  }
}
