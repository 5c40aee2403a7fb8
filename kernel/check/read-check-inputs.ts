import type { Day } from '#kernel/calendar/day.ts'
import type {
  BalanceFacts,
  CheckFacts,
  Checkpoint,
  CheckRequest,
  LevelFacts,
  OpenItem,
  RestrictedAccount,
} from '#kernel/check/check-facts.ts'
import type { CheckInputs } from '#kernel/check/check-inputs.ts'
import { type Stage, stages } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** Stored inputs, read again for explanation and replay. */
export function readCheckInputs(text: string): CheckInputs {
  const stored: StoredInputs = JSON.parse(text)
  const { release, restricted } = stored
  return {
    facts: {
      today: stored.on,
      levels: stored.levels.map(readLevel),
      ...(restricted === undefined ? {} : { restricted: restricted.map(readRestricted) }),
      party: readParty(stored.party),
      release: release
        ? {
            id: release.id,
            upTo: { minor: BigInt(release.upTo), currency: release.currency },
            untilOn: release.until ?? null,
          }
        : null,
      rates: (stored.rates ?? []).map(([from, to, rateOn, numerator, denominator]) => ({
        from,
        to,
        rateOn,
        numerator: BigInt(numerator),
        denominator: BigInt(denominator),
      })),
    },
    request: readRequest(stored.ask),
    openItems: (stored.items ?? []).map(readItem),
  }
}

type StoredInputs = {
  on: Day
  ask: StoredRequest
  levels: StoredLevel[]
  party: StoredParty
  release?: { id: string; upTo: string; currency: Currency; until?: Day }
  restricted?: StoredRestricted[]
  rates?: [Currency, Currency, Day, string, string][]
  items?: StoredItem[]
}

type StoredRequest = {
  at: Checkpoint
  amount: string
  currency: Currency
  counted?: string
  delivered?: string
  later?: string
  wanted?: Day
  terms?: string
  discount?: number
  changed?: string[]
  quantity?: [string, string]
  sinceApproval?: number
}

function readRequest(stored: StoredRequest): CheckRequest {
  const { quantity } = stored
  return {
    checkpoint: stored.at,
    amount: { minor: BigInt(stored.amount), currency: stored.currency },
    counted: BigInt(stored.counted ?? 0),
    countedDelivered: BigInt(stored.delivered ?? 0),
    countedLater: BigInt(stored.later ?? 0),
    requestedOn: stored.wanted ?? null,
    terms: stored.terms ?? null,
    discountBps: stored.discount ?? null,
    changedFields: stored.changed ?? [],
    quantity: quantity ? { thousandths: BigInt(quantity[0]), unit: quantity[1] } : null,
    daysSinceApproval: stored.sinceApproval ?? null,
  }
}

type StoredLevel = {
  is: LevelFacts['level']
  id: string
  code: string
  name: string
  segment?: string
  currency: Currency
  status?: LevelFacts['status']
  reason?: string
  limit?: string
  to?: Day
  review?: Day
  temporary?: string
  tolerance?: number
  balances?: StoredBalance[]
}

function readLevel(stored: StoredLevel): LevelFacts {
  return {
    level: stored.is,
    accountId: stored.id,
    code: stored.code,
    name: stored.name,
    segment: stored.segment ?? '',
    currency: stored.currency,
    status: stored.status ?? 'open',
    statusReason: stored.reason ?? null,
    limitMinor: stored.limit === undefined ? null : BigInt(stored.limit),
    limitToOn: stored.to ?? null,
    reviewOn: stored.review ?? null,
    temporaryMinor: BigInt(stored.temporary ?? 0),
    toleranceBps: stored.tolerance ?? null,
    balances: (stored.balances ?? []).map(readBalance),
  }
}

type StoredRestricted = {
  is: LevelFacts['level']
  code: string
  segment?: string
  status: LevelFacts['status']
  reason?: string
}

function readRestricted(stored: StoredRestricted): RestrictedAccount {
  return {
    level: stored.is,
    code: stored.code,
    segment: stored.segment ?? '',
    status: stored.status,
    statusReason: stored.reason ?? null,
  }
}

type StoredBalance = {
  currency: Currency
  later?: string
  stages: Partial<Record<Stage, string>>
}

function readBalance(stored: StoredBalance): BalanceFacts {
  const amounts: Partial<Record<Stage, bigint>> = {}
  for (const stage of stages) {
    const minor = stored.stages[stage]
    if (minor !== undefined) amounts[stage] = BigInt(minor)
  }
  return { currency: stored.currency, stages: amounts, laterMinor: BigInt(stored.later ?? 0) }
}

type StoredParty = {
  id?: string
  department?: string
  region?: string
  code: string
  roles?: string[]
  industry?: string
  grade?: string
  closed?: Day
  terms?: string
  discount?: number
  dunning?: number
  broken?: Day[]
  returned?: Day
  oldest?: Day
  overdue?: [Day, Currency, string][]
}

function readParty(stored: StoredParty): CheckFacts['party'] {
  return {
    ...(stored.id === undefined ? {} : { id: stored.id }),
    ...(stored.department === undefined ? {} : { department: stored.department }),
    ...(stored.region === undefined ? {} : { region: stored.region }),
    code: stored.code,
    roles: stored.roles ?? [],
    industry: stored.industry ?? null,
    grade: stored.grade ?? null,
    closedOn: stored.closed ?? null,
    agreedTerms: stored.terms ?? null,
    agreedDiscountBps: stored.discount ?? null,
    dunningLevel: stored.dunning ?? 0,
    brokenPromisesOn: stored.broken ?? [],
    paymentReturnedOn: stored.returned ?? null,
    oldestOpenIssuedOn: stored.oldest ?? null,
    overdue: (stored.overdue ?? []).map(([dueOn, currency, minor]) => ({
      dueOn,
      currency,
      minor: BigInt(minor),
    })),
  }
}

type StoredItem = [string, Day, Day, Currency, string, string?]

function readItem([number, issuedOn, dueOn, currency, minor, segment]: StoredItem): OpenItem {
  const item = { number, issuedOn, dueOn, open: { minor: BigInt(minor), currency } }
  return segment === undefined ? item : { ...item, segment }
}
