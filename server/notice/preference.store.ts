import { sql } from 'kysely'
import type { NoticeKind } from '#contract/notice.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

type Preference = { readonly inApp: boolean; readonly byEmail: boolean }

/** What these persons chose for a kind of notice; who chose nothing is not in it. */
export async function preferencesFor(
  db: Reader,
  personIds: readonly string[],
  kind: NoticeKind,
): Promise<ReadonlyMap<string, Preference>> {
  const rows = await db.rows(sql<Preference & { personId: string }>`
    select person_id as "personId", in_app as "inApp", by_email as "byEmail"
    from notice.preference where person_id = any(${list(personIds)}::uuid[]) and kind = ${kind}`)
  return new Map(rows.map((row) => [row.personId, row]))
}

export async function preferencesOf(
  db: Reader,
  personId: string,
): Promise<ReadonlyMap<string, Preference>> {
  const rows = await db.rows(sql<Preference & { kind: string }>`
    select kind, in_app as "inApp", by_email as "byEmail"
    from notice.preference where person_id = ${personId}`)
  return new Map(rows.map((row) => [row.kind, row]))
}

export async function putPreferences(
  tx: Transaction,
  personId: string,
  rows: readonly (Preference & { id: string; kind: NoticeKind })[],
): Promise<void> {
  await tx.run(sql`
    insert into notice.preference (id, person_id, kind, in_app, by_email)
    select id, ${personId}::uuid, kind, in_app, by_email
    from unnest(${list(rows.map(({ id }) => id))}::uuid[],
      ${list(rows.map(({ kind }) => kind))}::text[],
      ${list(rows.map(({ inApp }) => inApp))}::boolean[],
      ${list(rows.map(({ byEmail }) => byEmail))}::boolean[]) as row (id, kind, in_app, by_email)
    on conflict (person_id, kind)
      do update set in_app = excluded.in_app, by_email = excluded.by_email`)
}
