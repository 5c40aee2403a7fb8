import { sql } from 'kysely'
import type { NoticeKind } from '#contract/notice.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

type Preference = {
  readonly inApp: boolean
  readonly byEmail: boolean
  /** By the mail of once a day. */
  readonly inDigest: boolean
}

/** What holds for a person who chose nothing for a kind. */
export const usual: Preference = { inApp: true, byEmail: true, inDigest: false }

/** What these persons chose for a kind of notice; who chose nothing is not in it. */
export async function preferencesFor(
  db: Reader,
  personIds: readonly string[],
  kind: NoticeKind,
): Promise<ReadonlyMap<string, Preference>> {
  const rows = await db.rows(sql<Preference & { personId: string }>`
    select person_id as "personId", in_app as "inApp", by_email as "byEmail",
      coalesce(in_digest, false) as "inDigest"
    from notice.preference where person_id = any(${list(personIds)}::uuid[]) and kind = ${kind}`)
  return new Map(rows.map((row) => [row.personId, row]))
}

export async function preferencesOf(
  db: Reader,
  personId: string,
): Promise<ReadonlyMap<string, Preference>> {
  const rows = await db.rows(sql<Preference & { kind: string }>`
    select kind, in_app as "inApp", by_email as "byEmail",
      coalesce(in_digest, false) as "inDigest"
    from notice.preference where person_id = ${personId}`)
  return new Map(rows.map((row) => [row.kind, row]))
}

export async function putPreferences(
  tx: Transaction,
  personId: string,
  rows: readonly (Preference & { id: string; kind: NoticeKind })[],
): Promise<void> {
  await tx.run(sql`
    insert into notice.preference (id, person_id, kind, in_app, by_email, in_digest)
    select id, ${personId}::uuid, kind, in_app, by_email, in_digest
    from unnest(${list(rows.map(({ id }) => id))}::uuid[],
      ${list(rows.map(({ kind }) => kind))}::text[],
      ${list(rows.map(({ inApp }) => inApp))}::boolean[],
      ${list(rows.map(({ byEmail }) => byEmail))}::boolean[],
      ${list(rows.map(({ inDigest }) => inDigest))}::boolean[])
      as row (id, kind, in_app, by_email, in_digest)
    on conflict (person_id, kind)
      do update set in_app = excluded.in_app, by_email = excluded.by_email,
        in_digest = excluded.in_digest`)
}
