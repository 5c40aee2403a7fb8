import { type RawBuilder, sql } from 'kysely'
import type { AccountStatus } from '#contract/exposure.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { idsOfText, pageOfSeen } from '#server/party/public.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

export type AccountLevel = 'segment' | 'party' | 'group'

/** Where an account stands: of whom, at which level, and which accounts count it too. */
export type AccountPlace = {
  readonly partyId: string
  readonly id: string
  readonly level: AccountLevel
  readonly segment: string
  readonly chargedPartyId: string
  readonly abovePartyIds: readonly string[]
  readonly aboveIds: readonly string[]
}

export type Account = AccountPlace & {
  readonly currency: Currency
  readonly limitMinor: bigint | null
  readonly limitFromOn: Day | null
  readonly limitToOn: Day | null
  readonly reviewOn: Day | null
  readonly terms: string | null
  readonly limitSource: 'policy' | 'manual' | null
  readonly limitReason: string | null
  readonly toleranceBps: number | null
  readonly discountBps: number | null
  readonly status: AccountStatus
  readonly statusReason: string | null
  readonly statusBy: string | null
  readonly statusAt: string | null
  readonly grade: string | null
  readonly dunningLevel: number
}

const place = sql`
  a.party_id as "partyId", a.id, a.level, a.segment, a.charged_party_id as "chargedPartyId",
  a.above_party_ids as "abovePartyIds", a.above_ids as "aboveIds"`

const accountColumns = sql`${place}, a.currency, a.limit_minor as "limitMinor",
  a.limit_from_on as "limitFromOn", a.limit_to_on as "limitToOn", a.review_on as "reviewOn",
  a.terms, a.limit_source as "limitSource", a.limit_reason as "limitReason",
  a.tolerance_bps as "toleranceBps", a.discount_bps as "discountBps", a.status,
  a.status_reason as "statusReason", a.status_by as "statusBy", a.status_at as "statusAt",
  a.grade, a.dunning_level as "dunningLevel"`

/** Where all accounts of these parties stand. */
export function placesOf(db: Reader, partyIds: readonly string[]): Promise<AccountPlace[]> {
  return db.rows(
    sql<AccountPlace>`
      select ${place} from exposure.account a where a.party_id = any(${list(partyIds)}::uuid[])`,
    { prepared: true },
  )
}

export function accountsOf(db: Reader, partyIds: readonly string[]): Promise<Account[]> {
  return db.rows(sql<Account>`
    select ${accountColumns} from exposure.account a
    where a.party_id = any(${list(partyIds)}::uuid[]) order by a.party_id, a.level, a.segment`)
}

/** A page of accounts in the order of their ids, which is that of their opening. */
export async function listAccounts(
  db: Reader,
  of: {
    readonly actor: Actor
    readonly limit: number
    readonly after: string | null
    readonly status: string | null
    readonly level: string | null
    readonly below: string | null
    readonly isTop: boolean
    readonly text: string | null
  },
): Promise<Account[]> {
  const where: RawBuilder<unknown>[] = []
  if (of.after !== null) where.push(sql`a.id > ${of.after}::uuid`)
  if (of.status !== null) where.push(sql`a.status = ${of.status}`)
  if (of.level !== null) where.push(sql`a.level = ${of.level}`)
  if (of.below !== null) {
    // Nearest first: it stands directly below, not below one of those between.
    where.push(sql`a.above_ids @> array[${of.below}::uuid] and a.above_ids[1] = ${of.below}`)
  }
  if (of.isTop) where.push(sql`a.above_ids = '{}'`)
  if (of.text !== null) where.push(isFoundBy(await idsOfText(db, of.actor, of.text)))
  const table = sql`exposure.account`
  const accounts = { table, row: 'a', where, key: 'id', direction: 'asc' } as const
  return pageOfSeen(
    db,
    { ...of, partyIds: null },
    accounts,
    (from, seen, order) =>
      sql<Account>`
      select ${accountColumns} from ${from}
      where ${seen} order by ${order} limit ${of.limit}`,
  )
}

const mostFound = 200

/** Of a party that a text finds, or counting the account of one. */
function isFoundBy(ids: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`a.id in (
    with found as materialized (
      select m.id, m.above_ids from (${ids} limit ${mostFound}) p (id)
      join exposure.account m on m.party_id = p.id
    )
    select id from found union select unnest(above_ids) from found)`
}

/** Where accounts stand that are known by party and id. */
export function accountsByIds(
  db: Reader,
  accounts: readonly { readonly partyId: string; readonly id: string }[],
): Promise<Account[]> {
  const unique = [...new Map(accounts.map((account) => [account.id, account])).values()]
  return db.rows(sql<Account>`
    select ${accountColumns}
    from unnest(${list(unique.map(({ partyId }) => partyId))}::uuid[],
      ${list(unique.map(({ id }) => id))}::uuid[]) as k (party_id, id)
    join exposure.account a on a.party_id = k.party_id and a.id = k.id`)
}

/** Adds accounts; one that somebody else opened meanwhile stays as it is. */
export async function insertAccounts(
  tx: Transaction,
  accounts: readonly (AccountPlace & { readonly currency: string })[],
): Promise<void> {
  await tx.run(sql`
    insert into exposure.account (party_id, id, level, segment, currency, charged_party_id,
      above_party_ids, above_ids)
    select r."partyId", r.id, r.level, r.segment, r.currency, r."chargedPartyId",
      array(select json_array_elements_text(r."abovePartyIds")::uuid),
      array(select json_array_elements_text(r."aboveIds")::uuid)
    from json_to_recordset(${JSON.stringify(accounts)}::json) as r ("partyId" uuid, id uuid,
      level text, segment text, currency text, "chargedPartyId" uuid, "abovePartyIds" json,
      "aboveIds" json)
    order by r."partyId", r.level, r.segment
    on conflict on constraint one_account_per_level do nothing`)
}

const ranks: Readonly<Record<AccountLevel, number>> = { group: 0, party: 1, segment: 2 }

/** The order in which accounts are locked everywhere: groups, parties, segments, then by id. */
function inLockOrder<Place extends Pick<AccountPlace, 'level' | 'id'>>(
  places: readonly Place[],
): Place[] {
  return [...places].sort((a, b) => ranks[a.level] - ranks[b.level] || (a.id < b.id ? -1 : 1))
}

/**
 * Locks accounts in the one order and reads them as they then are: what was changed while this
 * waited is seen.
 */
export function lockAccounts(
  tx: Transaction,
  places: readonly Pick<AccountPlace, 'partyId' | 'id' | 'level'>[],
): Promise<Account[]> {
  const ordered = inLockOrder(places)
  return tx.rows(
    sql<Account>`
      select ${accountColumns}
      from unnest(${list(ordered.map(({ partyId }) => partyId))}::uuid[],
        ${list(ordered.map(({ id }) => id))}::uuid[]) with ordinality as k (party_id, id, place)
      join exposure.account a on a.party_id = k.party_id and a.id = k.id
      order by k.place for no key update of a`,
    { prepared: true },
  )
}

/** Locks every account of some parties in the same order: what a check of theirs may need. */
export function lockAccountsOf(tx: Transaction, partyIds: readonly string[]): Promise<Account[]> {
  return tx.rows(
    sql<Account>`
      select ${accountColumns} from exposure.account a
      where a.party_id = any(${list(partyIds)}::uuid[])
      order by case a.level when 'group' then 0 when 'party' then 1 else 2 end, a.id
      for no key update of a`,
    { prepared: true },
  )
}

/** Accounts that count to one of these parties' accounts, or stand among them. */
export function placesBelow(db: Reader, partyIds: readonly string[]): Promise<AccountPlace[]> {
  return db.rows(sql<AccountPlace>`
    select ${place} from exposure.account a
    where a.party_id = any(${list(partyIds)}::uuid[])
    union
    select ${place} from exposure.account top
    join exposure.account a on a.above_ids @> array[top.id]
    where top.party_id = any(${list(partyIds)}::uuid[])`)
}

/** An account and those that it counts. */
export function leavesBelow(
  db: Reader,
  accountId: string,
): Promise<{ partyId: string; id: string }[]> {
  return db.rows(sql<{ partyId: string; id: string }>`
    select party_id as "partyId", id from exposure.account
    where id = ${accountId} or above_ids @> array[${accountId}::uuid]`)
}

/** Who buys on the account of each of these charged parties, those parties included. */
export function buyersCharging(
  db: Reader,
  chargedIds: readonly string[],
): Promise<{ chargedPartyId: string; partyId: string }[]> {
  return db.rows(
    sql<{ chargedPartyId: string; partyId: string }>`
      select distinct a.charged_party_id as "chargedPartyId", a.party_id as "partyId"
      from exposure.account a
      where a.charged_party_id = any(${list(chargedIds)}::uuid[]) and a.level <> 'group'`,
    { prepared: true },
  )
}

export async function movePlaces(
  tx: Transaction,
  places: readonly Pick<
    AccountPlace,
    'partyId' | 'id' | 'chargedPartyId' | 'abovePartyIds' | 'aboveIds'
  >[],
): Promise<void> {
  await tx.run(sql`
    update exposure.account a set charged_party_id = r."chargedPartyId",
      above_party_ids = array(select json_array_elements_text(r."abovePartyIds")::uuid),
      above_ids = array(select json_array_elements_text(r."aboveIds")::uuid)
    from json_to_recordset(${JSON.stringify(places)}::json) as r ("partyId" uuid, id uuid,
      "chargedPartyId" uuid, "abovePartyIds" json, "aboveIds" json)
    where a.party_id = r."partyId" and a.id = r.id`)
}

/** Whose account is frozen among an account and those above it; undefined where none is. */
export async function frozenPartyOf(
  db: Reader,
  partyId: string,
  accountId: string,
): Promise<string | undefined> {
  const row = await db.row(sql<{ id: string }>`
    select f.party_id as id from exposure.account a
    join exposure.account f on f.id = a.id or f.id = any(a.above_ids)
    where a.party_id = ${partyId} and a.id = ${accountId} and f.status = 'frozen' limit 1`)
  return row?.id
}
