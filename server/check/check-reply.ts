import type { CreditCheckReply, Reservation } from '#contract/check.ts'
import type { DecidedCheck, Remedy } from '#kernel/check/check-decision.ts'
import { explainRemedy, explainRule } from '#kernel/check/explain-check.ts'
import { type StageAmounts, stages } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { CheckAnswer } from '#server/check/asked-check.ts'
import type { ReservationRow } from '#server/check/reservation.store.ts'

/** A decision as the caller gets it, with its reasons and remedies in words. */
export function checkReply(
  of: CheckAnswer & {
    readonly partyId: string
    readonly reservation: ReservationRow | Reservation | null
  },
): CreditCheckReply {
  const { decision } = of
  return {
    decisionId: of.decisionId,
    partyId: of.partyId,
    outcome: of.outcome,
    releasedBy: decision.releasedBy,
    fired: decision.fired.map((rule) => ({
      ...{ rule: rule.rule, kind: rule.kind, reaction: rule.reaction },
      ...{ facts: { ...rule.facts }, sentence: explainRule(rule) },
    })),
    exposure: exposureReply(decision.exposure),
    levels: decision.levels.map(levelReply),
    remedies: of.remedies.map(remedyReply),
    reservation: reservationOf(of.reservation),
    holdId: of.holdId,
  }
}

function reservationOf(of: ReservationRow | Reservation | null): Reservation | null {
  return of !== null && 'amountMinor' in of ? reservationReply(of) : of
}

export function reservationReply(row: ReservationRow): Reservation {
  const amount = (minor: bigint) => toDecimal({ minor, currency: row.currency })
  return {
    partyId: row.partyId,
    id: row.id,
    number: row.number,
    currency: row.currency,
    amount: amount(row.amountMinor),
    committed: row.committedMinor === null ? null : amount(row.committedMinor),
    state: row.state,
    expiresAt: row.expiresAt,
    decisionId: row.decisionId,
  }
}

function remedyReply(remedy: Remedy): CreditCheckReply['remedies'][number] {
  return { kind: remedy.kind, sentence: explainRemedy(remedy) }
}

function exposureReply({ currency, before, after }: DecidedCheck['exposure']) {
  return { currency, before: amounts(before, currency), after: amounts(after, currency) }
}

function amounts(of: StageAmounts, currency: Currency): Record<string, string> {
  const present: Record<string, string> = {}
  for (const stage of stages) {
    if (of[stage] !== 0n) present[stage] = toDecimal({ minor: of[stage], currency })
  }
  return present
}

function levelReply(level: DecidedCheck['levels'][number]): CreditCheckReply['levels'][number] {
  const { currency } = level
  const amount = (minor: bigint) => toDecimal({ minor, currency })
  return {
    level: level.level,
    accountId: level.accountId,
    code: level.code,
    name: level.name,
    segment: level.segment,
    currency,
    limit: level.limitMinor === null ? null : amount(level.limitMinor),
    before: amount(level.beforeMinor),
    after: amount(level.afterMinor),
    headroom: level.headroomMinor === null ? null : amount(level.headroomMinor),
  }
}
