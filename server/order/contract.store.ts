import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { pageOfSeen } from '#server/party/public.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

export type ContractRow = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly title: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly signedOn: Day
  readonly fromOn: Day
  readonly toOn: Day | null
  readonly terms: string | null
  readonly note: string | null
  readonly endedOn: Day | null
  readonly endReason: string | null
  readonly recordedAt: string
}

/** A contract with what orders called off of it and what of that was delivered. */
export type ContractProgress = ContractRow & {
  readonly orderedMinor: bigint
  readonly deliveredMinor: bigint
}

const columns = sql`
  c.party_id as "partyId", c.id, c.number, c.title, c.currency, c.amount_minor as "amountMinor",
  c.signed_on as "signedOn", c.from_on as "fromOn", c.to_on as "toOn", c.terms, c.note,
  c.ended_on as "endedOn", c.end_reason as "endReason", c.recorded_at as "recordedAt"`

/** False where the party has a contract of that number. */
export async function insertContract(
  tx: Transaction,
  row: Omit<ContractRow, 'endedOn' | 'endReason' | 'recordedAt'>,
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into "order".contract (party_id, id, number, title, currency, amount_minor, signed_on,
      from_on, to_on, terms, note)
    values (${row.partyId}, ${row.id}, ${row.number}, ${row.title}, ${row.currency},
      ${row.amountMinor}, ${row.signedOn}, ${row.fromOn}, ${row.toOn}, ${row.terms}, ${row.note})
    on conflict on constraint contract_number_once do nothing`)
  return inserted === 1
}

export async function updateContract(tx: Transaction, row: ContractRow): Promise<void> {
  await tx.run(sql`
    update "order".contract set title = ${row.title}, amount_minor = ${row.amountMinor},
      to_on = ${row.toOn}, terms = ${row.terms}, note = ${row.note}, ended_on = ${row.endedOn},
      end_reason = ${row.endReason}
    where party_id = ${row.partyId} and id = ${row.id}`)
}

export function findContract(db: Reader, id: string): Promise<ContractRow | undefined> {
  return db.row(sql<ContractRow>`select ${columns} from "order".contract c where c.id = ${id}`)
}

export function lockContract(tx: Transaction, id: string): Promise<ContractRow | undefined> {
  return tx.row(sql<ContractRow>`
    select ${columns} from "order".contract c where c.id = ${id} for update`)
}

export function findContractByNumber(
  db: Reader,
  partyId: string,
  number: string,
): Promise<ContractRow | undefined> {
  return db.row(sql<ContractRow>`
    select ${columns} from "order".contract c
    where c.party_id = ${partyId} and c.number = ${number}`)
}

type ContractFilter = {
  readonly actor: Actor
  readonly id?: string
  readonly partyIds: readonly string[] | null
  readonly state: 'open' | 'ended' | null
  readonly limit: number
  readonly after: { readonly day: string; readonly id: string } | null
}

export async function partyOfContract(db: Reader, id: string): Promise<string | undefined> {
  const found = await db.row(sql<{ partyId: string }>`
    select party_id as "partyId" from "order".contract where id = ${id}`)
  return found?.partyId
}

/** A page of contracts with their progress, latest signed first. */
export function listContracts(db: Reader, filter: ContractFilter): Promise<ContractProgress[]> {
  const { after, state } = filter
  const where: RawBuilder<unknown>[] = []
  if (filter.id) where.push(sql`c.id = ${filter.id}`)
  if (state) where.push(state === 'open' ? sql`c.ended_on is null` : sql`c.ended_on is not null`)
  if (after) where.push(sql`(c.signed_on, c.id) < (${after.day}::date, ${after.id}::uuid)`)
  const table = sql`"order".contract`
  const contracts = { table, row: 'c', where, key: 'signed_on', direction: 'desc' } as const
  return pageOfSeen(
    db,
    filter,
    contracts,
    (from, seen, order) =>
      sql<ContractProgress>`
    select ${columns}, o.ordered_minor as "orderedMinor", o.delivered_minor as "deliveredMinor"
    from ${from}
    cross join lateral (
      select coalesce(sum(o.amount_minor), 0)::bigint as ordered_minor,
        coalesce(sum(d.delivered_minor), 0)::bigint as delivered_minor
      from "order".sales_order o
      cross join lateral (
        select coalesce(sum(d.amount_minor), 0) - coalesce(sum((
          select sum(r.amount_minor) from "order".goods_return r
          where r.party_id = d.party_id and r.delivery_id = d.id)), 0) as delivered_minor
        from "order".delivery d where d.party_id = o.party_id and d.order_id = o.id
      ) d
      where o.contract_id = c.id and o.state in ('confirmed', 'closed')
    ) o
    where ${seen} order by ${order} limit ${filter.limit}`,
  )
}
