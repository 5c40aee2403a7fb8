import { hash } from 'node:crypto'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Day, daysBetween } from '#kernel/calendar/day.ts'
import type { CheckFacts, CheckRequest, OpenItem } from '#kernel/check/check-facts.ts'
import { checkInputsText } from '#kernel/check/check-inputs.ts'
import { findRemedies } from '#kernel/check/check-remedies.ts'
import { checkResultText } from '#kernel/check/check-result.ts'
import { countsNothing, decideCheck } from '#kernel/check/decide-check.ts'
import { horizonEndOf } from '#kernel/check/level-exposure.ts'
import { engineVersion } from '#kernel/decision/engine.ts'
import type { AskedCheck, CheckAnswer } from '#server/check/asked-check.ts'
import { checkFacts, standingPositions } from '#server/check/check-facts.ts'
import type { DecisionRow } from '#server/check/decision.store.ts'
import { addToStanding, buyerOf, type Gate, leaving } from '#server/check/gate.ts'
import { openGate } from '#server/check/open-gate.ts'
import { type Decided, recordChecks } from '#server/check/record-checks.ts'
import type { Position } from '#server/exposure/public.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'
import { publishedCheckRules } from '#server/policy/public.ts'
import { openInvoicesOf } from '#server/receivable/public.ts'

/**
 * Runs the gate for each document in order, under the locks of all accounts that they charge: loads
 * once, decides each with what those before it left, records once. What passes in mode reserve counts
 * from then on; what is held gets a hold. Without sound check rules nobody passes.
 */
export async function runChecks(
  tx: CommandTransaction,
  context: Context,
  asked: readonly AskedCheck[],
): Promise<(CheckAnswer | Refusal)[]> {
  if (asked.length === 0) return []
  const published = await publishedCheckRules(tx)
  if (isRefusal(published)) return asked.map(() => notDecided(published.refused.detail))
  return passGate(tx, context, await openGate(tx, context.today, { asked, published }), asked)
}

/** The same through a gate that is open already. */
export async function passGate(
  tx: CommandTransaction,
  context: Context,
  gate: Gate,
  asked: readonly AskedCheck[],
): Promise<(CheckAnswer | Refusal)[]> {
  const before: Position[] = [...gate.positions.values()].flat()
  const decided: (Decided | Refusal)[] = []
  const items = new Map<string, readonly OpenItem[]>()
  for (const check of asked) decided.push(await decideOne(tx, { context, gate, items }, check))
  return recordChecks(tx, { context, gate, before }, decided)
}

export function notDecided(detail: string): Refusal {
  const zh = '暂时不能检查，没有通过任何单据：检查规则或额度政策需要处理。'
  return refuse('unavailable', `Nothing was approved, since nothing can be decided: ${detail}`, {
    zh,
  })
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
  const elsewhere = countsElsewhere(gate, asked)
  if (elsewhere) return elsewhere
  countWhereItLeaves(gate, asked, -1n)
  const facts = checkFacts(gate, asked)
  const request = requestOf(gate, asked)
  countWhereItLeaves(gate, asked, 1n)
  const check = asCounting(gate, asked, facts)
  const decision = decideCheck(gate.rules, facts, request)
  if (decision.kind === 'rate-missing') {
    const { from, to } = decision
    const detail =
      `There is no exchange rate from ${from} to ${to} on or before ${gate.today}, so nothing is ` +
      'approved: set one (POST /api/exchange-rates) and ask again.'
    const zh = `${gate.today} 及以前没有 ${from} 对 ${to} 的汇率，不能通过：先在“币种与汇率”里录入。`
    return refuse('no-exchange-rate', detail, { from, to, zh })
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
    requestId: check.requestId ?? context.requestId ?? null,
  }
  return { check, row, decision, remedies }
}

/** What counts at one segment is not asked at another: the first would be left with it, or not. */
function countsElsewhere(gate: Gate, { document, segment }: AskedCheck): Refusal | null {
  const positions = document === null ? [] : (gate.positions.get(document.id) ?? [])
  const standing = positions.find((each) => each.minor !== 0n && each.segment !== segment)
  if (!document || !standing) return null
  const where = standing.segment === '' ? 'no segment' : `segment ${standing.segment}`
  const detail = `segment: ${document.number} counts at ${where}: release it there first.`
  const zh = `${document.number} 已在${standing.segment === '' ? '客户额度' : `信控维度 ${standing.segment} `}占用：先在那里释放。`
  return refuse('conflict', detail, { field: 'segment', segment: standing.segment, zh })
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

export function requestOf(gate: Gate, check: AskedCheck): CheckRequest {
  const { horizonDays } = gate.rules.needs
  const horizonEnd = horizonEndOf(horizonDays, gate.today)
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

/** Takes a document that changes its payer off where it counts until now, or puts it back there. */
function countWhereItLeaves(gate: Gate, check: AskedCheck, sign: 1n | -1n): void {
  const from = leaving(check)
  if (!from) return
  const horizonEnd = horizonEndOf(gate.rules.needs.horizonDays, gate.today)
  const { account, above } = gate.tree.leafOf(from)
  for (const documentId of new Set(check.leaves?.targets.map((target) => target.documentId))) {
    for (const position of gate.positions.get(documentId) ?? []) {
      if (position.partyId !== from.partyId) continue
      const { currency, stage } = position
      const minor = sign * position.minor
      const laterMinor = isLater(position, horizonEnd) ? minor : 0n
      for (const { id } of [account, ...above]) {
        addToStanding(gate, id, { currency, stage, minor, laterMinor })
      }
    }
  }
}

/** Lets the checks that follow see what this one made of the accounts and positions. */
function follow(gate: Gate, check: AskedCheck): void {
  const { horizonDays } = gate.rules.needs
  const horizonEnd = horizonEndOf(horizonDays, gate.today)
  const { account, above } = gate.tree.leafOf(buyerOf(check))
  countWhereItLeaves(gate, check, -1n)
  for (const target of check.targets) {
    const positions = gate.positions.get(target.documentId) ?? []
    const stood = positions.find(
      ({ partyId, stage }) => partyId === check.buyer.id && stage === target.stage,
    )
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
    ({ number, issuedOn, dueOn, currency, openMinor: minor, segment }): OpenItem => ({
      ...{ number, issuedOn, dueOn, open: { minor, currency } },
      ...(segment === null ? {} : { segment }),
    }),
  )
  items.set(charged, read)
  return read
}
