import type { Static } from 'typebox'
import type { AccountQuery, CreditAccount } from '#contract/exposure.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { grossLessSecured, netExposure } from '#kernel/exposure/net-exposure.ts'
import { stages } from '#kernel/exposure/stage.ts'
import { withoutCover } from '#kernel/exposure/without-cover.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { ratesBetween } from '#server/company/public.ts'
import {
  type Account,
  accountsByIds,
  accountsOf,
  listAccounts,
} from '#server/exposure/account.store.ts'
import { type TemporaryLimit, temporaryLimitsOf } from '#server/exposure/account-limit.store.ts'
import { type BalanceRow, balancesOf } from '#server/exposure/balance.store.ts'
import type { AccountRef } from '#server/exposure/read-account.ts'
import { type UnusedCover, unusedCoverOf } from '#server/exposure/unused-cover.store.ts'
import { findParties, findPartyByKey, visibleIds } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { cursorText, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'

export type AccountReply = Static<typeof CreditAccount>

/**
 * The accounts of a party (its own, its segments', the group's that it heads), and above them those
 * of others that count its documents too: its payer's, its groups', as far as they are seen.
 */
export async function showAccountsOf(
  context: Context,
  key: string,
): Promise<{ items: AccountReply[]; above: AccountReply[] } | Refusal> {
  const party = await findPartyByKey(context, key)
  if (isRefusal(party)) return party
  const accounts = await accountsOf(context.db, [party.id])
  const own = new Set(accounts.map(({ id }) => id))
  const refs = accounts.flatMap(({ aboveIds, abovePartyIds }) =>
    aboveIds.map((id, place) => ({ partyId: abovePartyIds[place] ?? '', id })),
  )
  const partyIds = refs.map(({ partyId }) => partyId)
  const seen = await visibleIds(context.db, context.actor, partyIds)
  const above = await accountsByIds(
    context.db,
    refs.filter(({ id, partyId }) => !own.has(id) && seen.has(partyId)),
  )
  return {
    items: await describe(context.db, accounts, context.today),
    above: await describe(context.db, above, context.today),
  }
}

/** Some accounts of parties, however many of them are there still. */
export async function describeAccounts(
  db: Reader,
  refs: readonly AccountRef[],
  today: Day,
): Promise<AccountReply[]> {
  return describe(db, await accountsByIds(db, refs), today)
}

export async function showAccount(db: Reader, ref: AccountRef, today: Day): Promise<AccountReply> {
  const [reply] = await describe(db, await accountsByIds(db, [ref]), today)
  invariant(reply, 'an account that was just locked is there')
  return reply
}

/** A page of accounts by status, level, place and name, in the order in which they were opened. */
export async function showAccounts(
  context: Context,
  query: AccountQuery,
): Promise<{ items: AccountReply[]; next: string | null } | Refusal> {
  const cursor = readCursor(query.after, [idPart])
  if (isRefusal(cursor)) return cursor
  const limit = query.limit ?? 50
  const accounts = await listAccounts(context.db, {
    actor: context.actor,
    limit,
    after: cursor?.[0] ?? null,
    status: query.status ?? null,
    level: query.level ?? null,
    below: query.below ?? null,
    isTop: query.top ?? false,
    text: query.text ?? null,
  })
  const last = accounts.length === limit ? accounts.at(-1) : undefined
  const items = await describe(context.db, accounts, context.today)
  return { items, next: last ? cursorText(last.id) : null }
}

/** Refuses where the account is not the party's. */
export async function showOneAccount(
  context: Context,
  ref: AccountRef,
): Promise<AccountReply | Refusal> {
  const accounts = await accountsByIds(context.db, [ref])
  if (accounts.length === 0) return refuse('not-found', 'There is no such credit account.')
  return showAccount(context.db, ref, context.today)
}

async function describe(
  db: Reader,
  accounts: readonly Account[],
  today: Day,
): Promise<AccountReply[]> {
  const keys = accounts.map(({ partyId, id }) => ({ partyId, accountId: id }))
  const balances = Map.groupBy(await balancesOf(db, keys), ({ accountId }) => accountId)
  const temporary = await temporaryLimitsOf(
    db,
    [...new Set(accounts.map(({ partyId }) => partyId))],
    today,
  )
  const pairs = accounts.flatMap(({ id, currency: to }) =>
    (balances.get(id) ?? []).flatMap(({ currency: from }) => (from === to ? [] : [{ from, to }])),
  )
  const rates = await ratesBetween(db, pairs, today)
  const groups = accounts.filter(({ level }) => level === 'group').map(({ id }) => id)
  const unused = groups.length === 0 ? [] : await unusedCoverOf(db, groups)
  const ids = accounts.flatMap(({ partyId, chargedPartyId }) => [partyId, chargedPartyId])
  const parties = new Map((await findParties(db, [...new Set(ids)])).map((p) => [p.id, p]))
  // An import that was undone took its parties with it; their accounts stay, empty.
  const known = accounts.filter(({ partyId }) => parties.has(partyId))
  return known.map((account) => {
    const cover = unused.filter(({ groupAccountId }) => groupAccountId === account.id)
    const own = (balances.get(account.id) ?? []).map((row) => balanceOf(row, cover))
    const exposureMinor = netExposure(own, account.currency, rates)
    const limits = temporary.filter(({ accountId }) => accountId === account.id)
    const head = (id: string) => {
      const party = parties.get(id)
      return { id, code: party?.code ?? '', name: party?.name ?? '' }
    }
    return accountReply(account, {
      ...{ own, exposureMinor, limits, today, party: head(account.partyId) },
      chargedTo: account.chargedPartyId === account.partyId ? null : head(account.chargedPartyId),
    })
  })
}

type Seen = {
  readonly own: readonly ReturnType<typeof balanceOf>[]
  readonly exposureMinor: bigint | null
  readonly limits: readonly TemporaryLimit[]
  readonly today: Day
  readonly party: { id: string; code: string; name: string }
  readonly chargedTo: { id: string; code: string; name: string } | null
}

function accountReply(account: Account, seen: Seen): AccountReply {
  const { currency, limitMinor, toleranceBps, discountBps } = account
  const amount = (minor: bigint, of: Currency = currency) => toDecimal({ minor, currency: of })
  const inForce = ({ fromOn }: TemporaryLimit) => fromOn <= seen.today
  const temporaryMinor = seen.limits
    .filter((limit) => inForce(limit) && limit.currency === currency)
    .reduce((sum, limit) => sum + limit.amountMinor, 0n)
  const available =
    limitMinor === null || seen.exposureMinor === null
      ? null
      : limitMinor + temporaryMinor - seen.exposureMinor
  const share = (bps: number | null) =>
    bps === null ? null : `${scaledToDecimal(BigInt(bps), 2)}%`
  return {
    partyId: account.partyId,
    id: account.id,
    code: seen.party.code,
    name: seen.party.name,
    level: account.level,
    segment: account.segment,
    currency,
    status: account.status,
    statusReason: account.statusReason,
    statusBy: account.statusBy,
    limit: limitMinor === null ? null : amount(limitMinor),
    limitFromOn: account.limitFromOn,
    limitToOn: account.limitToOn,
    reviewOn: account.reviewOn,
    limitSource: account.limitSource,
    limitReason: account.limitReason,
    terms: account.terms,
    tolerance: share(toleranceBps),
    discount: share(discountBps),
    grade: account.grade,
    dunningLevel: account.dunningLevel,
    temporaryLimits: seen.limits.map((limit) => ({
      id: limit.id,
      amount: amount(limit.amountMinor, limit.currency as Currency),
      fromOn: limit.fromOn,
      toOn: limit.toOn,
      reason: limit.reason,
      grantedBy: limit.grantedBy,
      inForce: inForce(limit),
    })),
    balances: seen.own.map((balance) => ({
      currency: balance.currency,
      stages: Object.fromEntries(
        Object.entries(balance.stages).map(([stage, minor]) => [
          stage,
          amount(minor, balance.currency),
        ]),
      ),
      net: amount(grossLessSecured(balance.stages), balance.currency),
    })),
    exposure: seen.exposureMinor === null ? null : amount(seen.exposureMinor),
    available: available === null ? null : amount(available),
    chargedTo: seen.chargedTo,
  }
}

/** Stages with something in them; of a group without what single members have paid ahead. */
export function balanceOf(row: BalanceRow, cover: readonly UnusedCover[]) {
  const unused = cover.reduce(
    (sum, of) => (of.currency === row.currency ? sum + of.minor : sum),
    0n,
  )
  const amounts = withoutCover(row, unused)
  const present = stages.filter((stage) => amounts[stage] !== 0n)
  return {
    currency: row.currency,
    stages: Object.fromEntries(present.map((stage) => [stage, amounts[stage]])),
  }
}
