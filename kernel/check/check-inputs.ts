import type {
  BalanceFacts,
  CheckFacts,
  CheckRequest,
  LevelFacts,
  OpenItem,
  OverdueFacts,
  ReleaseFacts,
  RestrictedAccount,
} from '#kernel/check/check-facts.ts'
import type { ExchangeRate } from '#kernel/money/convert.ts'

/** All that a check was decided from, beside its policy. */
export type CheckInputs = {
  readonly facts: CheckFacts
  readonly request: CheckRequest
  /** Read for remedies only. */
  readonly openItems: readonly OpenItem[]
}

/**
 * The inputs of a check as they are stored: amounts are whole minor units, members that say nothing
 * are left out. `readCheckInputs` gives back the same values, and they the same text. The keys below
 * stand in their order, so that what JSON writes is the canonical text, in a third of the time.
 */
export function checkInputsText(
  facts: CheckFacts,
  request: CheckRequest,
  openItems: readonly OpenItem[],
): string {
  const { today, levels, party, release, restricted, rates } = facts
  return JSON.stringify({
    ask: requestText(request),
    items: openItems.length > 0 ? openItems.map(itemText) : undefined,
    levels: levels.map(levelText),
    on: today,
    party: partyText(party),
    rates: rates.length > 0 ? rates.map(rateText) : undefined,
    release: release ? releaseText(release) : undefined,
    restricted: restricted?.map(restrictedText),
  })
}

function requestText(request: CheckRequest) {
  const { amount, quantity } = request
  return {
    amount: amount.minor.toString(),
    at: request.checkpoint,
    changed: unlessEmpty(request.changedFields),
    counted: unlessZero(request.counted),
    currency: amount.currency,
    delivered: unlessZero(request.countedDelivered),
    discount: request.discountBps ?? undefined,
    later: unlessZero(request.countedLater),
    quantity: quantity ? [quantity.thousandths.toString(), quantity.unit] : undefined,
    sinceApproval: request.daysSinceApproval ?? undefined,
    terms: request.terms ?? undefined,
    wanted: request.requestedOn ?? undefined,
  }
}

function levelText(level: LevelFacts) {
  const { balances, limitMinor, segment, status } = level
  return {
    balances: balances.length > 0 ? balances.map(balanceText) : undefined,
    code: level.code,
    currency: level.currency,
    id: level.accountId,
    is: level.level,
    limit: limitMinor === null ? undefined : limitMinor.toString(),
    name: level.name,
    reason: level.statusReason ?? undefined,
    review: level.reviewOn ?? undefined,
    segment: segment === '' ? undefined : segment,
    status: status === 'open' ? undefined : status,
    temporary: unlessZero(level.temporaryMinor),
    to: level.limitToOn ?? undefined,
    tolerance: level.toleranceBps ?? undefined,
  }
}

function restrictedText({ code, level, segment, status, statusReason }: RestrictedAccount) {
  return {
    code,
    is: level,
    reason: statusReason ?? undefined,
    segment: segment === '' ? undefined : segment,
    status,
  }
}

function balanceText({ currency, laterMinor, stages }: BalanceFacts) {
  return {
    currency,
    later: unlessZero(laterMinor),
    stages: {
      bill: unlessZero(stages.bill),
      collateral: unlessZero(stages.collateral),
      delivered: unlessZero(stages.delivered),
      insured: unlessZero(stages.insured),
      invoiced: unlessZero(stages.invoiced),
      'letter-of-credit': unlessZero(stages['letter-of-credit']),
      order: unlessZero(stages.order),
      prepayment: unlessZero(stages.prepayment),
    },
  }
}

function partyText(party: CheckFacts['party']) {
  const { overdue } = party
  return {
    broken: unlessEmpty(party.brokenPromisesOn),
    closed: party.closedOn ?? undefined,
    code: party.code,
    department: party.department,
    discount: party.agreedDiscountBps ?? undefined,
    dunning: party.dunningLevel === 0 ? undefined : party.dunningLevel,
    grade: party.grade ?? undefined,
    id: party.id,
    industry: party.industry ?? undefined,
    oldest: party.oldestOpenIssuedOn ?? undefined,
    overdue: overdue.length > 0 ? overdue.map(overdueText) : undefined,
    region: party.region,
    returned: party.paymentReturnedOn ?? undefined,
    roles: unlessEmpty(party.roles),
    terms: party.agreedTerms ?? undefined,
  }
}

function overdueText({ dueOn, currency, minor }: OverdueFacts) {
  return [dueOn, currency, minor.toString()]
}

function rateText({ from, to, rateOn, numerator, denominator }: ExchangeRate) {
  return [from, to, rateOn, numerator.toString(), denominator.toString()]
}

function releaseText({ id, upTo, untilOn }: ReleaseFacts) {
  return {
    currency: upTo.currency,
    id,
    until: untilOn ?? undefined,
    upTo: upTo.minor.toString(),
  }
}

function itemText({ number, issuedOn, dueOn, open, segment }: OpenItem) {
  const written = [number, issuedOn, dueOn, open.currency, open.minor.toString()]
  return segment === undefined ? written : [...written, segment]
}

function unlessZero(minor: bigint | undefined): string | undefined {
  return minor === undefined || minor === 0n ? undefined : minor.toString()
}

function unlessEmpty(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? list : undefined
}
