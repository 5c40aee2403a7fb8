import type { Day } from '#kernel/calendar/day.ts'
import type {
  CheckOutcome,
  DecidedCheck,
  FiredRule,
  LevelResult,
  Remedy,
  ShadowedRule,
} from '#kernel/check/check-decision.ts'
import type { CheckFacts } from '#kernel/check/check-facts.ts'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import { nothing, type Stage, type StageAmounts, stages } from '#kernel/exposure/stage.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

/**
 * What a check came to as it is stored, beside its inputs: amounts are whole minor units, and what
 * the inputs say of accounts is not said again. After the check only the stage `order` differs.
 */
export function checkResultText(decision: DecidedCheck, remedies: readonly Remedy[]): string {
  const { exposure, fired, outcome, releasedBy, shadowed } = decision
  const orderAfter = exposure.after.order.toString()
  const before = stagesText(exposure.before)
  const levels = decision.levels.map(levelText)
  // Keys in their order, so that JSON writes the canonical text: the path of nearly every check.
  if (fired.length + shadowed.length === 0)
    return JSON.stringify({ before, levels, orderAfter, outcome })
  return canonicalText({
    before,
    ...(fired.length > 0 && {
      fired: fired.map(({ rule, kind, reaction, facts }) => ({ rule, kind, reaction, facts })),
    }),
    levels,
    orderAfter,
    outcome,
    ...(releasedBy !== null && { releasedBy }),
    ...(shadowed.length > 0 && {
      shadowed: shadowed.map(({ rule, kind, facts }) => ({ rule, kind, facts })),
    }),
    ...(remedies.length > 0 && { remedies: remedies.map(remedyText) }),
  })
}

/** A stored result with the facts that it was decided from, read again to be told. */
export function readCheckResult(
  text: string,
  facts: CheckFacts,
): { readonly decision: DecidedCheck; readonly remedies: readonly Remedy[] } {
  const stored: StoredResult = JSON.parse(text)
  const before = readStages(stored.before)
  const party = facts.levels.find((level) => level.level === 'party')
  invariant(party, "the charged party's own account is among the levels")
  return {
    decision: {
      kind: 'decided',
      outcome: stored.outcome,
      fired: stored.fired ?? [],
      shadowed: stored.shadowed ?? [],
      releasedBy: stored.releasedBy ?? null,
      exposure: {
        currency: party.currency,
        before,
        after: { ...before, order: BigInt(stored.orderAfter) },
      },
      levels: stored.levels.map((level, index) => readLevel(level, facts.levels[index])),
    },
    remedies: (stored.remedies ?? []).map(readRemedy),
  }
}

type StoredResult = {
  outcome: CheckOutcome
  before: StoredStages
  orderAfter: string
  levels: StoredLevel[]
  fired?: FiredRule[]
  shadowed?: ShadowedRule[]
  releasedBy?: string
  remedies?: StoredRemedy[]
}

const stagesByName = stages.toSorted()

type StoredStages = Partial<Record<Stage, string>>

function stagesText(amounts: StageAmounts): StoredStages & Canonical {
  const written: Record<string, string> = {}
  for (const stage of stagesByName) {
    if (amounts[stage] !== 0n) written[stage] = amounts[stage].toString()
  }
  return written
}

function readStages(stored: StoredStages): StageAmounts {
  const amounts: Record<Stage, bigint> = { ...nothing }
  for (const stage of stages) amounts[stage] = BigInt(stored[stage] ?? 0)
  return amounts
}

/** Before, after; then, where there is a limit, the limit with tolerance and the tolerance. */
type StoredLevel = [string, string, string?, string?]

function levelText(level: LevelResult): Canonical {
  const { beforeMinor, afterMinor, limitMinor, toleranceMinor } = level
  const written = [beforeMinor.toString(), afterMinor.toString()]
  if (limitMinor !== null) written.push(limitMinor.toString(), toleranceMinor.toString())
  return written
}

function readLevel(stored: StoredLevel, facts: CheckFacts['levels'][number] | undefined) {
  invariant(facts, 'a result has the levels of its inputs')
  const [before, after, limit, tolerance] = stored
  const limitMinor = limit === undefined ? null : BigInt(limit)
  const afterMinor = BigInt(after)
  const { level, accountId, code, name, segment, currency, temporaryMinor } = facts
  return {
    level,
    accountId,
    code,
    name,
    segment,
    currency,
    limitMinor,
    temporaryMinor,
    toleranceMinor: BigInt(tolerance ?? 0),
    beforeMinor: BigInt(before),
    afterMinor,
    headroomMinor: limitMinor === null ? null : limitMinor - afterMinor,
  }
}

type StoredMoney = [string, Currency]

type StoredRemedy =
  | { kind: 'pay'; invoices: [string, ...StoredMoney][] }
  | { kind: 'reduce-amount'; to: StoredMoney }
  | { kind: 'reduce-quantity'; quantity: [string, string]; to: StoredMoney }
  | { kind: 'ship-after'; on: Day }
  | { kind: 'secure'; amount: StoredMoney }
  | { kind: 'agreed-terms'; terms: string }
  | { kind: 'raise-limit'; of: [string, string]; to: StoredMoney }
  | { kind: 'both'; remedies: StoredRemedy[] }

function remedyText(remedy: Remedy): Canonical {
  const { kind } = remedy
  switch (remedy.kind) {
    case 'pay': {
      const invoices = remedy.invoices.map((each) => [each.number, ...moneyText(each.amount)])
      return { kind, invoices }
    }
    case 'reduce-amount':
      return { kind, to: moneyText(remedy.to) }
    case 'reduce-quantity': {
      const quantity = [remedy.toThousandths.toString(), remedy.unit]
      return { kind, quantity, to: moneyText(remedy.to) }
    }
    case 'ship-after':
      return { kind, on: remedy.on }
    case 'secure':
      return { kind, amount: moneyText(remedy.amount) }
    case 'agreed-terms':
      return { kind, terms: remedy.terms }
    case 'raise-limit':
      return { kind, of: [remedy.level, remedy.code], to: moneyText(remedy.to) }
    case 'both':
      return { kind, remedies: remedy.remedies.map(remedyText) }
  }
}

function readRemedy(stored: StoredRemedy): Remedy {
  switch (stored.kind) {
    case 'pay':
      return {
        kind: 'pay',
        invoices: stored.invoices.map(([number, ...amount]) => ({
          number,
          amount: readMoney(amount),
        })),
      }
    case 'reduce-amount':
      return { kind: 'reduce-amount', to: readMoney(stored.to) }
    case 'reduce-quantity': {
      const [thousandths, unit] = stored.quantity
      const toThousandths = BigInt(thousandths)
      return { kind: 'reduce-quantity', toThousandths, unit, to: readMoney(stored.to) }
    }
    case 'ship-after':
      return { kind: 'ship-after', on: stored.on }
    case 'secure':
      return { kind: 'secure', amount: readMoney(stored.amount) }
    case 'agreed-terms':
      return { kind: 'agreed-terms', terms: stored.terms }
    case 'raise-limit': {
      const [level, code] = stored.of
      return { kind: 'raise-limit', level, code, to: readMoney(stored.to) }
    }
    case 'both':
      return { kind: 'both', remedies: stored.remedies.map(readRemedy) }
  }
}

function moneyText({ minor, currency }: Money): StoredMoney {
  return [minor.toString(), currency]
}

function readMoney([minor, currency]: StoredMoney): Money {
  return { minor: BigInt(minor), currency }
}
