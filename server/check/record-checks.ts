import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { DecidedCheck, Remedy } from '#kernel/check/check-decision.ts'
import type { AskedCheck, CheckAnswer } from '#server/check/asked-check.ts'
import { releaseFor, standingPositions } from '#server/check/check-facts.ts'
import { type DecisionRow, insertDecisions } from '#server/check/decision.store.ts'
import { buyerOf, type Gate } from '#server/check/gate.ts'
import type { NewHold } from '#server/check/hold.store.ts'
import { closePassedHolds, openHolds } from '#server/check/open-holds.ts'
import { endReleases } from '#server/check/release.store.ts'
import { applyTargets, type Position, type PositionsToSet } from '#server/exposure/public.ts'
import { type FiredRuleRow, insertFiredRules } from '#server/pilot/public.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/** A check with the document that its decision is. */
export type Decided = {
  readonly check: AskedCheck
  readonly row: DecisionRow
  readonly decision: DecidedCheck
  readonly remedies: readonly Remedy[]
}

/**
 * Writes what was decided: the decisions, what those that passed count with from now on, and holds for
 * the others.
 */
export async function recordChecks(
  tx: CommandTransaction,
  of: { readonly context: Context; readonly gate: Gate; readonly before: readonly Position[] },
  all: readonly (Decided | Refusal)[],
): Promise<(CheckAnswer | Refusal)[]> {
  const { context, gate, before } = of
  const decided = all.filter((each): each is Decided => !isRefusal(each))
  if (decided.length === 0) return all.filter(isRefusal)
  const reserving = decided.filter(({ check }) => check.mode === 'reserve')
  const passed = reserving.filter(({ decision }) => decision.outcome !== 'held')
  const toSet = passed.flatMap(({ check, row }): PositionsToSet[] => {
    const { cause, segment } = check
    const how = { segment, cause, effectiveOn: context.today }
    const at = ({ buyer, targets }: Pick<AskedCheck, 'buyer' | 'targets'>) => ({
      ...{ ...how, buyerId: buyer.id, targets },
    })
    // What leaves an account needs no leave.
    const left = check.leaves ? [{ ...at(check.leaves), decisionId: null }] : []
    return [...left, { ...at(check), decisionId: row.id }]
  })
  const firedRules = reserving.flatMap((each) => firedRulesOf(gate, each))
  const known = new Set([
    ...before.map(({ documentId }) => documentId),
    ...gate.reservations.keys(),
  ])
  await tx.together(
    () =>
      insertDecisions(
        tx,
        decided.map(({ row }) => row),
      ),
    () => applyTargets(tx, gate.tree, before, toSet),
    () => insertFiredRules(tx, firedRules),
  )
  await endSpentReleases(tx, gate, passed)
  await closePassedHolds(tx, context.actor.name, passed.flatMap(heldBefore(known)))
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

/** Where rules fired is kept, to be held against what came of it. */
function firedRulesOf(gate: Gate, { check, decision, row }: Decided): FiredRuleRow[] {
  const { document } = check
  if (document === null) return []
  const shadowed = decision.shadowed.map(({ rule }) => ({ rule, reaction: 'shadow' as const }))
  return [...shadowed, ...decision.fired].map(({ reaction, rule }) => ({
    ...{ rule, reaction, decisionId: row.id, partyId: check.buyer.id, outcome: row.outcome },
    ...{ documentId: document.id, number: document.number, decidedOn: gate.today },
    ...{ currency: check.amount.currency, amountMinor: check.amount.minor },
  }))
}

/** A document of another system that nobody spoke of before cannot have been held. */
function heldBefore(known: ReadonlySet<string>) {
  return ({ check: { checkpoint, document } }: Decided) =>
    document && (document.kind === 'order' || known.has(document.id))
      ? [{ documentId: document.id, checkpoint }]
      : []
}

/**
 * A release for one delivery is used up by it; one of an order stays for its amendments, until another
 * one pays: coming back it is asked about as if it were new.
 */
async function endSpentReleases(
  tx: CommandTransaction,
  gate: Gate,
  passed: readonly Decided[],
): Promise<void> {
  const spent = passed.flatMap(({ check, decision }) => {
    const { checkpoint, document, leaves } = check
    const all = document && leaves ? (gate.releases.get(document.id) ?? []) : []
    const left = all.filter(({ partyId }) => partyId === leaves?.buyer.id)
    const release = decision.releasedBy === null ? undefined : releaseFor(gate, check)
    const isUsed = release?.untilOn === null && checkpoint === 'delivery'
    return isUsed ? [...left, release] : left
  })
  if (spent.length > 0) await endReleases(tx, spent, gate.today)
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
