import type { ExposureAccount } from '#contract/credit-file.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { grossLessSecured, netExposure, type StageBalance } from '#kernel/exposure/net-exposure.ts'
import { stages } from '#kernel/exposure/stage.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { type ActAbout, actsAbout } from '#server/audit/public.ts'
import { ratesBetween } from '#server/company/public.ts'
import { type Account, accountsByIds, accountsOf } from '#server/exposure/account.store.ts'
import { balancesOf } from '#server/exposure/balance.store.ts'
import {
  type AccountOf,
  firstEntryDay,
  sumsAfter,
  temporaryLimitsOn,
} from '#server/exposure/past-exposure.store.ts'
import { balanceOf } from '#server/exposure/show-accounts.ts'
import { unusedCoverOf } from '#server/exposure/unused-cover.store.ts'
import { findParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

type OnDay = {
  readonly asOf: Day
  readonly today: Day
  readonly timeZone: string
  /** What a policy granted the party for that day. */
  readonly policyLimit: LimitThen | null
}

type LimitThen = {
  readonly minor: bigint
  readonly currency: Currency
  readonly toOn: string | null
  readonly source: 'policy' | 'manual' | null
}

type Standing = {
  readonly limit: LimitThen | null
  readonly status: string
  readonly statusReason: string | null
}

/**
 * What stood at each stage of a party's accounts, and of those above that count it too, at the end
 * of a day: today's balances less the entries that took effect later. Limits and status of a past
 * day are what was last set until then.
 */
export async function exposureOn(
  db: Reader,
  partyId: string,
  on: OnDay,
): Promise<{ accounts: ExposureAccount[]; ledgerSinceOn: Day | null }> {
  const own = await accountsOf(db, [partyId])
  const above = await accountsByIds(db, aboveOf(own))
  const accounts = [...own, ...above]
  const isPast = on.asOf < on.today
  const groups = accounts.filter(({ level }) => level === 'group').map(({ id }) => id)
  const partyIds = [...new Set(accounts.map((account) => account.partyId))]
  const [balances, later, cover, temporary, acts, parties, ledgerSinceOn] = await Promise.all([
    balancesOf(
      db,
      accounts.map(({ partyId: owner, id }) => ({ partyId: owner, accountId: id })),
    ),
    isPast ? sumsAfter(db, accounts, on.asOf) : [],
    isPast || groups.length === 0 ? [] : unusedCoverOf(db, groups),
    temporaryLimitsOn(db, accounts, on.asOf),
    isPast ? actsUntil(db, partyIds, on) : [],
    findParties(db, partyIds),
    firstEntryDay(db, own),
  ])
  const pairs = accounts.flatMap(({ id, currency: to }) =>
    balances.flatMap(({ accountId, currency: from }) =>
      accountId === id && from !== to ? [{ from, to }] : [],
    ),
  )
  const rates = await ratesBetween(db, pairs, on.asOf)
  const shown = accounts.map((account): ExposureAccount => {
    const { id, currency } = account
    const unused = cover.filter(({ groupAccountId }) => groupAccountId === id)
    const then = balances
      .filter(({ accountId }) => accountId === id)
      .map((row) => {
        const after = later.filter((of) => of.accountId === id && of.currency === row.currency)
        const past = { ...row }
        for (const { stage, minor } of after) past[stage] -= minor
        return balanceOf(past, unused)
      })
    const exposureMinor = netExposure(then, currency, rates)
    const standing = isPast ? standingThen(account, acts, on) : standingNow(account)
    const extra = temporary.find((of) => of.accountId === id && of.currency === currency)
    return {
      ...placeOf(account, parties, partyId),
      ...standingReply(account, standing, { exposureMinor, temporaryMinor: extra?.minor ?? 0n }),
      balances: then.filter((of) => Object.keys(of.stages).length > 0).map(balanceReply),
    }
  })
  return { accounts: shown, ledgerSinceOn }
}

function aboveOf(own: readonly Account[]): AccountOf[] {
  const ids = new Set(own.map(({ id }) => id))
  return own
    .flatMap(({ aboveIds, abovePartyIds }) =>
      aboveIds.map((id, place) => ({ partyId: abovePartyIds[place] ?? '', id })),
    )
    .filter(({ id }) => !ids.has(id))
}

function actsUntil(db: Reader, partyIds: readonly string[], on: OnDay): Promise<ActAbout[]> {
  const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  const before = { on: on.asOf, at: 'infinity', id: last }
  const asked = { partyIds, before, limit: 200, timeZone: on.timeZone }
  return actsAbout(db, asked, ['credit-account.set-limit', 'credit-account.set-status'])
}

function standingNow(account: Account): Standing {
  const { limitMinor: minor, currency, limitToOn: toOn, limitSource: source } = account
  const limit = minor === null ? null : { minor, currency, toOn, source }
  return { limit, status: account.status, statusReason: account.statusReason }
}

/** What was last set by hand until the day counts, else what a policy granted. */
function standingThen(account: Account, acts: readonly ActAbout[], on: OnDay): Standing {
  const own = acts.filter(({ details }) => details.accountId === account.id)
  const status = own.find(({ command }) => command === 'credit-account.set-status')?.details
  const manual = own.find(({ command }) => command === 'credit-account.set-limit')?.details
  const byHand = manual && String(manual.toOn) >= on.asOf ? readLimit(manual) : null
  const byPolicy = account.level === 'party' ? on.policyLimit : null
  return {
    limit: byHand ?? byPolicy,
    status: typeof status?.status === 'string' ? status.status : 'open',
    statusReason: typeof status?.reason === 'string' ? status.reason : null,
  }
}

function readLimit(details: ActAbout['details']): LimitThen | null {
  const currency = String(details.currency) as Currency
  const reading = parseScaled(String(details.limit), exponentOf(currency))
  if (reading.kind !== 'scaled') return null
  return { minor: reading.value, currency, toOn: String(details.toOn), source: 'manual' }
}

function placeOf(
  account: Account,
  parties: readonly { id: string; code: string; name: string }[],
  ownId: string,
) {
  const { partyId, id, level, segment, currency } = account
  const party = parties.find((one) => one.id === partyId)
  const { code, name } = party ?? { code: '', name: '' }
  return { partyId, id, code, name, level, segment, currency, isOwn: partyId === ownId }
}

function standingReply(
  { currency }: Account,
  { limit, status, statusReason }: Standing,
  of: { readonly exposureMinor: bigint | null; readonly temporaryMinor: bigint },
) {
  const { exposureMinor, temporaryMinor } = of
  const decimal = (minor: bigint) => toDecimal({ minor, currency })
  const isComparable = limit !== null && limit.currency === currency && exposureMinor !== null
  return {
    ...{ status, statusReason },
    limit: limit === null ? null : toDecimal(limit),
    ...{ limitToOn: limit?.toOn ?? null, limitSource: limit?.source ?? null },
    temporaryLimit: decimal(temporaryMinor),
    exposure: exposureMinor === null ? null : decimal(exposureMinor),
    available: isComparable ? decimal(limit.minor + temporaryMinor - exposureMinor) : null,
  }
}

function balanceReply(balance: StageBalance) {
  const { currency } = balance
  const decimal = (minor: bigint) => toDecimal({ minor, currency })
  return {
    currency,
    stages: Object.fromEntries(
      stages.flatMap((stage) => {
        const minor = balance.stages[stage]
        return minor === undefined ? [] : [[stage, decimal(minor)]]
      }),
    ),
    net: decimal(grossLessSecured(balance.stages)),
  }
}
