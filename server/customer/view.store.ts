import { sql } from 'kysely'
import type { NewView, SavedView } from '#contract/customer.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export type ViewRow = {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly page: SavedView['page']
  readonly name: string
  readonly query: string
  readonly isShared: boolean
  readonly createdAt: string
  readonly changedAt: string
}

const columns = sql`
  v.id, v.person_id as "personId", v.person_name as "personName", v.page, v.name, v.query,
  v.is_shared as "isShared", v.created_at as "createdAt", v.changed_at as "changedAt"`

/** Own and shared views, own ones first. */
export function viewsFor(db: Reader, personId: string, page: string | null): Promise<ViewRow[]> {
  return db.rows(sql<ViewRow>`
    select ${columns} from customer.saved_view v
    where (v.person_id = ${personId} or v.is_shared) and (${page}::text is null or v.page = ${page})
    order by v.person_id <> ${personId}, v.page, v.name, v.id limit 500`)
}

export async function countViewsOf(db: Reader, personId: string): Promise<number> {
  const row = await db.row(sql<{ count: number }>`
    select count(*)::integer as count from customer.saved_view where person_id = ${personId}`)
  return row?.count ?? 0
}

export function findView(db: Reader, id: string): Promise<ViewRow | undefined> {
  return db.row(sql<ViewRow>`select ${columns} from customer.saved_view v where v.id = ${id}`)
}

/** The view of that name that somebody else's write must not be taken for. */
export async function isNameTaken(
  db: Reader,
  of: {
    readonly personId: string
    readonly page: string
    readonly name: string
    readonly but: string
  },
): Promise<boolean> {
  const row = await db.row(sql`
    select 1 from customer.saved_view
    where person_id = ${of.personId} and page = ${of.page} and name = ${of.name}
      and id <> ${of.but}`)
  return row !== undefined
}

export async function insertView(
  tx: Transaction,
  of: NewView & { readonly id: string; readonly personId: string; readonly personName: string },
): Promise<void> {
  await tx.run(sql`
    insert into customer.saved_view (id, person_id, person_name, page, name, query, is_shared)
    values (${of.id}, ${of.personId}, ${of.personName}, ${of.page}, ${of.name}, ${of.query},
      ${of.isShared})`)
}

export async function updateView(
  tx: Transaction,
  id: string,
  of: Pick<NewView, 'name' | 'query' | 'isShared'>,
): Promise<void> {
  await tx.run(sql`
    update customer.saved_view set name = ${of.name}, query = ${of.query},
      is_shared = ${of.isShared}, changed_at = now()
    where id = ${id}`)
}

export async function deleteViewRow(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`delete from customer.saved_view where id = ${id}`)
}
