import type { Refusal } from '#contract/problem.ts'
import type { DecidedCheck } from '#kernel/check/check-decision.ts'
import type { CheckFacts } from '#kernel/check/check-facts.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { invariant } from '#kernel/invariant.ts'
import { type Money, money } from '#kernel/money/money.ts'
import type { AskedCheck } from '#server/check/asked-check.ts'
import { checkFacts, standingPositions } from '#server/check/check-facts.ts'
import { buyerOf, type Gate } from '#server/check/gate.ts'
import { openGate } from '#server/check/open-gate.ts'
import { requestOf } from '#server/check/run-checks.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** What is to be believed of a party instead of what its account says. */
export type TriedStanding = { readonly grade: string; readonly limit: Money | null }

/** One set of rules, and the standing that some parties would have under it. */
export type TriedPolicies = {
  readonly rules: PreparedCheckRules
  readonly standings: ReadonlyMap<string, TriedStanding>
}

/** An open document that is put to the gate as it stands. */
export type TriedCheck = Omit<AskedCheck, 'mode' | 'targets' | 'cause' | 'changedFields'> & {
  /** It counts already: asked with what it counts, not with its amount. */
  readonly isCounting: boolean
}

/**
 * What the gate would say to documents now under each of several policies, nothing kept and nobody told.
 * Null where nothing can be decided, such as without a rate.
 */
export function tryChecks(
  context: Context,
  tried: readonly TriedCheck[],
  policies: readonly TriedPolicies[],
): Promise<readonly (DecidedCheck | null)[][] | Refusal> {
  const asked = tried.map((check): AskedCheck & { isCounting: boolean } => ({
    ...check,
    ...{ mode: 'check', targets: [], cause: 'tried', changedFields: [] },
  }))
  const { idempotencyKey: _, ...unkeyed } = context
  return runCommand(
    { ...unkeyed, dryRun: true },
    { name: 'check.try', permission: 'check:read', input: { documents: asked.length } },
    async (tx) => {
      // What is read depends on the rules: policies that share them share a gate.
      const gates = new Map<PreparedCheckRules, Gate>()
      for (const { rules } of policies) {
        if (gates.has(rules)) continue
        const published = { rules, versionId: 'tried' }
        gates.set(rules, await openGate(tx, context.today, { asked, published }))
      }
      return policies.map(({ rules, standings }) => {
        const gate = gates.get(rules)
        invariant(gate, 'a gate is open for each set of rules')
        return asked.map((check) => decideOne(gate, check, standings))
      })
    },
  )
}

function decideOne(
  gate: Gate,
  check: AskedCheck & { readonly isCounting: boolean },
  standings: TriedPolicies['standings'],
): DecidedCheck | null {
  const charged = gate.tree.leafOf(buyerOf(check)).account.chargedPartyId
  const standing = standings.get(charged)
  const facts = checkFacts(gate, check)
  const counted = standingPositions(gate, check).reduce((sum, { minor }) => sum + minor, 0n)
  const amount = check.isCounting ? money(counted, check.amount.currency) : check.amount
  const decision = decideCheck(
    gate.rules,
    standing ? withStanding(gate, facts, { charged, standing }) : facts,
    requestOf(gate, { ...check, amount }),
  )
  return decision.kind === 'decided' ? decision : null
}

/** A limit that a person set stays for as long as it was given. */
function withStanding(
  gate: Gate,
  facts: CheckFacts,
  { charged, standing }: { readonly charged: string; readonly standing: TriedStanding },
): CheckFacts {
  const { grade, limit } = standing
  const account = gate.tree.leafOf({ partyId: charged, segment: '' }).account
  const isManual =
    account.limitSource === 'manual' &&
    (account.limitToOn === null || account.limitToOn >= gate.today)
  return {
    ...facts,
    party: { ...facts.party, grade },
    levels: facts.levels.map((level) =>
      level.level === 'party' && !isManual && limit?.currency === level.currency
        ? { ...level, limitMinor: limit.minor, limitToOn: null }
        : level,
    ),
  }
}
