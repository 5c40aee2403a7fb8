import { hash } from 'node:crypto'
import type { Party } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { addDays, type Day, daysBetween } from '#kernel/calendar/day.ts'
import type { DecidedCheck, Remedy } from '#kernel/check/check-decision.ts'
import type { CheckFacts, Checkpoint, CheckRequest, OpenItem } from '#kernel/check/check-facts.ts'
import { checkInputsText } from '#kernel/check/check-inputs.ts'
import { findRemedies } from '#kernel/check/check-remedies.ts'
import { checkResultText } from '#kernel/check/check-result.ts'
import { countsNothing, decideCheck } from '#kernel/check/decide-check.ts'
import { engineVersion } from '#kernel/decision/engine.ts'
import type { PositionTarget } from '#kernel/exposure/position-change.ts'
import type { Money } from '#kernel/money/money.ts'
import { checkFacts, releaseFor } from '#server/check/check-facts.ts'
import { type DecisionRow, insertDecisions } from '#server/check/decision.store.ts'
import {
  addToStanding,
  buyerOf,
  type Gate,
  openGate,
  type PublishedRules,
} from '#server/check/gate.ts'
import type { NewHold } from '#server/check/hold.store.ts'
import { closePassedHolds, openHolds } from '#server/check/open-holds.ts'
import { endReleases } from '#server/check/release.store.ts'
import {
  applyTargets,
  type LockedTree,
  type Position,
  type PositionsToSet,
} from '#server/exposure/public.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'
import { publishedCheckRules } from '#server/policy/public.ts'
import { openInvoicesOf } from '#server/receivable/public.ts'

/** A question to the gate: may this document count with this amount? */
export type AskedCheck = {
  readonly buyer: Pick<Party, 'id'>
  /** Empty for none. */
  readonly segment: string
  readonly document: {
    readonly kind: 'order' | 'reservation'
    readonly id: string
    readonly number: string
    /** Nothing is known of it yet. */
    readonly isNew?: boolean
  } | null
  readonly checkpoint: Checkpoint
  readonly mode: 'check' | 'reserve'
  /** Of the whole document as it is to be. */
  readonly amount: Money
  /** What it and its deliveries count with once it passes in mode reserve. */
  readonly targets: readonly PositionTarget[]
  readonly requestedOn: Day | null
  readonly terms: string | null
  readonly discountBps: number | null
  readonly changedFields: readonly string[]
  readonly quantity: CheckRequest['quantity']
  /** 1 first, 9 last. */
  readonly priority: number
  readonly salesperson: string | null
  /** What the ledger is told: `reserved`, `confirmed`, `amended`, `delivered` ... */
  readonly cause: string
}

export type CheckAnswer = {
  readonly decisionId: string
  readonly outcome: 'approved' | 'warned' | 'held'
  readonly holdId: string | null
  readonly decision: DecidedCheck
  readonly remedies: readonly Remedy[]
}

type Decided = {
  readonly check: AskedCheck
  readonly row: DecisionRow
  readonly decision: DecidedCheck
  readonly remedies: readonly Remedy[]
}

/**
 * Runs the gate for each document in order, under the locks of all accounts that they charge: loads
 * once, decides each with what those before it left, records once. What passes in mode reserve counts
 * from then on; what is held gets a hold. Without sound check rules nobody passes.
 */
export async function runChecks(
  tx: CommandTransaction,
  context: Context,
  asked: readonly AskedCheck[],
  ready: { readonly published?: PublishedRules; readonly tree?: LockedTree } = {},
): Promise<(CheckAnswer | Refusal)[]> {
  if (asked.length === 0) return []
  const published = ready.published ?? (await publishedCheckRules(tx))
  if (isRefusal(published)) return asked.map(() => notDecided(published.refused.detail))
  const gate = await openGate(tx, context.today, { ...ready, asked, published })
  const before: Position[] = [...gate.positions.values()].flat()
  const decided: (Decided | Refusal)[] = []
  const items = new Map<string, readonly OpenItem[]>()
  for (const check of asked) decided.push(await decideOne(tx, { context, gate, items }, check))
  return record(tx, { context, gate, before }, decided)
}

export function notDecided(detail: string): Refusal {
  return refuse('unavailable', `Nothing was approved, since nothing can be decided: ${detail}`)
}

type Deciding = {
  readonly context: Context
  readonly gate: Gate
  /** Open items of charged parties that were read for remedies. */
  readonly items: Map<string, readonly OpenItem[]>
}

async function decideOne(
  tx: CommandTransaction,
  of: Deciding,
  asked: AskedCheck,
): Promise<Decided | Refusal> {
  const { gate, context } = of
  const facts = checkFacts(gate, asked)
  const request = requestOf(gate, asked)
  const check = asCounting(gate, asked, facts)
  const decision = decideCheck(gate.rules, facts, request)
  if (decision.kind === 'rate-missing') {
    const { from, to } = decision
    const detail =
      `There is no exchange rate from ${from} to ${to} on or before ${gate.today}, so nothing is ` +
      'approved: set one (POST /api/exchange-rates) and ask again.'
    return refuse('no-exchange-rate', detail, { from, to })
  }
  const isHeld = decision.outcome === 'held'
  const openItems = isHeld ? await openItemsFor(tx, of, check) : []
  const remedies = isHeld ? findRemedies(gate.rules, facts, request, openItems) : []
  const inputs = checkInputsText(facts, request, openItems)
  const result = checkResultText(decision, remedies)
  if (!isHeld && check.mode === 'reserve') follow(gate, check)
  const row: DecisionRow = {
    partyId: check.buyer.id,
    id: newId(),
    mode: check.mode,
    checkpoint: check.checkpoint,
    outcome: decision.outcome,
    documentId: check.document?.id ?? null,
    number: check.document?.number ?? null,
    currency: check.amount.currency,
    amountMinor: check.amount.minor,
    policyId: gate.policyId,
    engine: engineVersion,
    inputs,
    result,
    hash: checkHash({ policyId: gate.policyId, engine: engineVersion, inputs, result }),
    decidedFor: context.actor.name,
    requestId: context.requestId ?? null,
  }
  return { check, row, decision, remedies }
}

/** What is paid in cash counts with nothing, where the rules say so. */
function asCounting(gate: Gate, check: AskedCheck, facts: CheckFacts): AskedCheck {
  if (!countsNothing(gate.rules, check.terms ?? facts.party.agreedTerms)) return check
  return { ...check, targets: check.targets.map((target) => ({ ...target, minor: 0n })) }
}

/** SHA-256 over policy, engine, inputs and result, a line each. */
export function checkHash(
  of: Pick<DecisionRow, 'policyId' | 'engine' | 'inputs' | 'result'>,
): Buffer {
  return hash('sha256', `${of.policyId}\n${of.engine}\n${of.inputs}\n${of.result}`, 'buffer')
}

function requestOf(gate: Gate, check: AskedCheck): CheckRequest {
  const { horizonDays } = gate.rules.needs
  const horizonEnd = horizonDays === null ? null : addDays(gate.today, horizonDays)
  const stood = standingPositions(gate, check)
  const sum = (positions: readonly Position[]) =>
    positions.reduce((total, { minor }) => total + minor, 0n)
  const approvedOn = check.document && gate.approvedOn.get(check.document.id)
  return {
    checkpoint: check.checkpoint,
    amount: check.amount,
    counted: sum(stood),
    countedDelivered: sum(stood.filter(({ stage }) => stage === 'delivered')),
    countedLater: sum(stood.filter((position) => isLater(position, horizonEnd))),
    requestedOn: check.requestedOn,
    terms: check.terms,
    discountBps: check.discountBps,
    changedFields: check.changedFields,
    quantity: check.quantity,
    daysSinceApproval: approvedOn ? daysBetween(approvedOn, gate.today) : null,
  }
}

function isLater({ stage, shipOn }: Pick<Position, 'stage' | 'shipOn'>, end: Day | null): boolean {
  return stage === 'order' && end !== null && shipOn !== null && shipOn > end
}

/** What the document and those set with it count with now; an amount in another currency is new. */
function standingPositions(gate: Gate, check: AskedCheck): Position[] {
  if (check.document === null) return []
  const ids = new Set([check.document.id, ...check.targets.map(({ documentId }) => documentId)])
  return [...ids]
    .flatMap((id) => gate.positions.get(id) ?? [])
    .filter(({ currency }) => currency === check.amount.currency)
}

/** Lets the checks that follow see what this one made of the accounts and positions. */
function follow(gate: Gate, check: AskedCheck): void {
  const { horizonDays } = gate.rules.needs
  const horizonEnd = horizonDays === null ? null : addDays(gate.today, horizonDays)
  const { account, above } = gate.tree.leafOf(buyerOf(check))
  for (const target of check.targets) {
    const positions = gate.positions.get(target.documentId) ?? []
    const stood = positions.find(({ stage }) => stage === target.stage)
    const change = (at: { id: string }, of: typeof target, minor: bigint) => {
      const laterMinor = isLater(of, horizonEnd) ? minor : 0n
      addToStanding(gate, at.id, { currency: of.currency, stage: of.stage, minor, laterMinor })
    }
    for (const each of [account, ...above]) {
      if (stood) change(each, stood, -stood.minor)
      change(each, target, target.minor)
    }
    const position: Position = {
      ...target,
      partyId: check.buyer.id,
      accountId: account.id,
      segment: check.segment,
    }
    const others = positions.filter(({ stage }) => stage !== target.stage)
    gate.positions.set(target.documentId, [...others, position])
  }
}

const openItemsMost = 200

async function openItemsFor(
  tx: CommandTransaction,
  { gate, items }: Deciding,
  check: AskedCheck,
): Promise<readonly OpenItem[]> {
  const charged = gate.tree.leafOf(buyerOf(check)).account.chargedPartyId
  const known = items.get(charged)
  if (known) return known
  const buyers = gate.buyers.get(charged) ?? [charged]
  const read = (await openInvoicesOf(tx, buyers, openItemsMost)).map(
    ({ number, issuedOn, dueOn, currency, openMinor: minor }): OpenItem => ({
      ...{ number, issuedOn, dueOn, open: { minor, currency } },
    }),
  )
  items.set(charged, read)
  return read
}

async function record(
  tx: CommandTransaction,
  of: { readonly context: Context; readonly gate: Gate; readonly before: readonly Position[] },
  all: readonly (Decided | Refusal)[],
): Promise<(CheckAnswer | Refusal)[]> {
  const { context, gate, before } = of
  const decided = all.filter((each): each is Decided => !isRefusal(each))
  if (decided.length > 0)
    await insertDecisions(
      tx,
      decided.map(({ row }) => row),
    )
  const reserving = decided.filter(({ check }) => check.mode === 'reserve')
  const passed = reserving.filter(({ decision }) => decision.outcome !== 'held')
  const toSet = passed.map(
    ({ check, row }): PositionsToSet => ({
      buyerId: check.buyer.id,
      segment: check.segment,
      targets: check.targets,
      cause: check.cause,
      effectiveOn: context.today,
      decisionId: row.id,
    }),
  )
  await applyTargets(tx, gate.tree, before, toSet)
  await endUsedReleases(tx, gate, passed)
  await closePassedHolds(tx, context.actor.name, passed.flatMap(knownDocument))
  const held = reserving.filter(({ decision }) => decision.outcome === 'held')
  const holds = await openHolds(
    tx,
    held.flatMap((each) => holdOf(context, gate, each)),
  )
  return all.map((each) => {
    if (isRefusal(each)) return each
    const { check, row, decision, remedies } = each
    const holdId = check.document ? (holds.get(check.document.id) ?? null) : null
    return { decisionId: row.id, outcome: row.outcome, holdId, decision, remedies }
  })
}

/** Only a document that was known before can have been held. */
function knownDocument({ check }: Decided) {
  const { checkpoint, document } = check
  return document && !document.isNew ? [{ documentId: document.id, checkpoint }] : []
}

/** A release for one delivery is used up by it; one of an order stays for its amendments. */
async function endUsedReleases(
  tx: CommandTransaction,
  gate: Gate,
  passed: readonly Decided[],
): Promise<void> {
  const used = passed.flatMap(({ check, decision }) => {
    const release = decision.releasedBy === null ? undefined : releaseFor(gate, check)
    return release?.untilOn === null && check.checkpoint === 'delivery' ? [release] : []
  })
  if (used.length > 0) await endReleases(tx, used, gate.today)
}

function holdOf(context: Context, gate: Gate, { check, decision, row }: Decided): NewHold[] {
  if (check.document === null) return []
  const party = gate.tree.leafOf(buyerOf(check)).levels.find(({ level }) => level === 'party')
  if (!party) return []
  const counted = standingPositions(gate, check).reduce((total, { minor }) => total + minor, 0n)
  return [
    {
      partyId: check.buyer.id,
      documentKind: check.document.kind,
      documentId: check.document.id,
      number: check.document.number,
      checkpoint: check.checkpoint,
      decisionId: row.id,
      accountPartyId: party.partyId,
      accountId: party.id,
      currency: check.amount.currency,
      amountMinor: check.amount.minor > counted ? check.amount.minor - counted : check.amount.minor,
      rules: decision.fired.filter(({ reaction }) => reaction === 'hold').map(({ rule }) => rule),
      priority: check.priority,
      owner: 'credit-manager',
      requestedBy: context.actor.name,
      salesperson: check.salesperson,
    },
  ]
}
