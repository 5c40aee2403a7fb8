import type { Day } from '#kernel/calendar/day.ts'
import {
  type BalanceFacts,
  type CheckFacts,
  knownPlace,
  type LevelFacts,
} from '#kernel/check/check-facts.ts'
import { grossLessSecured } from '#kernel/exposure/net-exposure.ts'
import type { Stage } from '#kernel/exposure/stage.ts'
import { stages } from '#kernel/exposure/stage.ts'
import { withoutCover } from '#kernel/exposure/without-cover.ts'
import { invariant } from '#kernel/invariant.ts'
import type { AskedCheck } from '#server/check/asked-check.ts'
import { buyerOf, type Gate, soldTo } from '#server/check/gate.ts'
import type { ReleaseRow } from '#server/check/release.store.ts'
import type { Account, Position, UnusedCover } from '#server/exposure/public.ts'
import type { ChargeLinks } from '#server/party/public.ts'

/** The facts of one check out of what the gate read for all of them. */
export function checkFacts(gate: Gate, check: AskedCheck): CheckFacts {
  const { account, above, levels } = gate.tree.leafOf(buyerOf(check))
  const charged = gate.tree.links.get(account.chargedPartyId)
  const own = levels.find(({ level }) => level === 'party')
  invariant(charged && own, 'the charged party and its account are known')
  const conduct = gate.conduct.get(charged.id) ?? []
  const daysOf = (kind: (typeof conduct)[number]['kind']) =>
    conduct.flatMap((row) => (row.kind === kind ? [row.on] : [])).sort()
  const release = releaseFor(gate, check)
  const buying = soldTo(check)
  const bought = buying ? gate.tree.leafOf(buying) : null
  const others = bought ? [bought.account, ...bought.above] : []
  const restricted = [...new Set([account, ...above, ...others])].filter(
    (each) => each.status !== 'open' && !levels.includes(each),
  )
  return {
    today: gate.today,
    levels: levels.map((level) => levelFacts(gate, level, charged.id)),
    ...(restricted.length > 0 ? { restricted: restricted.map((each) => nameOf(gate, each)) } : {}),
    party: {
      ...(gate.rules.needs.partyId && { id: charged.id }),
      code: charged.code,
      roles: charged.roles,
      industry: charged.industry,
      ...(gate.rules.needs.place && knownPlace(charged)),
      grade: own.grade,
      closedOn: firstClosed(
        charged,
        gate.tree.links.get(check.buyer.id),
        gate.tree.links.get(buying?.partyId ?? ''),
      ),
      agreedTerms: own.terms ?? charged.terms,
      agreedDiscountBps: own.discountBps,
      dunningLevel: own.dunningLevel,
      brokenPromisesOn: daysOf('promise-broken'),
      paymentReturnedOn: daysOf('payment-returned').at(-1) ?? null,
      oldestOpenIssuedOn: daysOf('oldest-open')[0] ?? null,
      overdue: conduct
        .flatMap(({ kind, on, currency, minor }) =>
          kind === 'overdue' && currency !== null && minor !== null
            ? [{ dueOn: on, currency, minor }]
            : [],
        )
        .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)),
    },
    release: release
      ? {
          id: release.id,
          upTo: { minor: release.upToMinor, currency: release.currency },
          untilOn: release.untilOn,
        }
      : null,
    rates: gate.rates,
  }
}

/** The file of who pays must be open, and that of who buys unless it is a merged duplicate's. */
function firstClosed(
  charged: ChargeLinks,
  ...buyers: readonly (ChargeLinks | undefined)[]
): Day | null {
  const own = buyers.map((buyer) => (buyer?.mergedIntoId === null ? buyer.closedOn : null))
  return [charged.closedOn, ...own].flatMap((on) => on ?? []).sort()[0] ?? null
}

/**
 * The furthest release that speaks for a document here: at the account of the same party, and of this
 * checkpoint or until a day.
 */
export function releaseFor(gate: Gate, check: AskedCheck): ReleaseRow | undefined {
  const releases = check.document ? (gate.releases.get(check.document.id) ?? []) : []
  return releases
    .filter(({ partyId }) => partyId === check.buyer.id)
    .filter(({ untilOn, checkpoint }) => untilOn !== null || checkpoint === check.checkpoint)
    .reduce<ReleaseRow | undefined>(
      (furthest, each) => (furthest && furthest.upToMinor >= each.upToMinor ? furthest : each),
      undefined,
    )
}

function nameOf(gate: Gate, { level, partyId, segment, status, statusReason }: Account) {
  const code = gate.tree.links.get(partyId)?.code ?? ''
  return { level, code, segment, status, statusReason }
}

function levelFacts(gate: Gate, account: Account, chargedId: string): LevelFacts {
  const party = gate.tree.links.get(account.partyId)
  const temporary = gate.temporary.get(account.id) ?? []
  const inForce = temporary.filter(
    ({ fromOn, currency }) => fromOn <= gate.today && currency === account.currency,
  )
  return {
    level: account.level,
    accountId: account.id,
    code: party?.code ?? '',
    name: party?.name ?? '',
    segment: account.segment,
    currency: account.currency,
    status: account.status,
    statusReason: account.statusReason,
    limitMinor: account.limitMinor,
    limitToOn: account.limitToOn,
    reviewOn: account.reviewOn,
    temporaryMinor: inForce.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    toleranceBps: account.toleranceBps,
    balances: balanceFacts(gate, account.id, chargedId),
  }
}

/** What stands at an account; of a group without what other members have paid ahead. */
function balanceFacts(gate: Gate, accountId: string, chargedId: string): BalanceFacts[] {
  const facts: BalanceFacts[] = []
  const others = (gate.unusedCover.get(accountId) ?? []).filter((of) => of.partyId !== chargedId)
  for (const [currency, balance] of gate.standing.get(accountId) ?? []) {
    const unused = others.reduce(
      (sum, of) => (of.currency === currency ? sum + coverNow(gate, of) : sum),
      0n,
    )
    const amounts = unused === 0n ? balance.stages : withoutCover(balance.stages, unused)
    const present: Partial<Record<Stage, bigint>> = {}
    for (const stage of stages) {
      if (amounts[stage] !== 0n) present[stage] = amounts[stage]
    }
    facts.push({ currency, stages: present, laterMinor: balance.laterMinor })
  }
  return facts.sort((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** A member's unused cover, less what checks before this one in the transaction used of it. */
function coverNow(gate: Gate, of: UnusedCover): bigint {
  const standing = gate.standing.get(of.accountId)?.get(of.currency)
  const over = standing ? -grossLessSecured(standing.stages) : of.minor
  return over > 0n ? over : 0n
}

/** What the document and those set with it count with now; an amount in another currency is new. */
export function standingPositions(gate: Gate, check: AskedCheck): Position[] {
  if (check.document === null) return []
  const ids = new Set([check.document.id, ...check.targets.map(({ documentId }) => documentId)])
  return [...ids]
    .flatMap((id) => gate.positions.get(id) ?? [])
    .filter(({ currency }) => currency === check.amount.currency)
    .filter(({ partyId }) => partyId === check.buyer.id)
}
