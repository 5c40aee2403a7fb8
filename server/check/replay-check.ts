import { checkInputsText } from '#kernel/check/check-inputs.ts'
import { findRemedies } from '#kernel/check/check-remedies.ts'
import { checkResultText } from '#kernel/check/check-result.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import type { StoredDecision } from '#server/check/decision.store.ts'
import { checkHash } from '#server/check/run-checks.ts'

/** What differs when a stored credit check is made again from its own inputs; undefined: nothing. */
export function differenceOfCheck(
  rules: PreparedCheckRules,
  row: StoredDecision,
): string | undefined {
  const { facts, request, openItems } = readCheckInputs(row.inputs)
  if (checkInputsText(facts, request, openItems) !== row.inputs) return 'inputs read otherwise'
  const decision = decideCheck(rules, facts, request)
  if (decision.kind !== 'decided') return 'nothing could be decided'
  const isHeld = decision.outcome === 'held'
  const remedies = isHeld ? findRemedies(rules, facts, request, openItems) : []
  if (decision.outcome !== row.outcome) return 'another outcome'
  if (checkResultText(decision, remedies) !== row.result) return 'another result'
  return checkHash(row).equals(row.hash) ? undefined : 'inputs or result do not fit the hash'
}
