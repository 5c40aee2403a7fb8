import { sql } from 'kysely'
import type { Label } from '#kernel/document/label.ts'
import type { Reader } from '#server/platform/database.ts'

/** Who wants which kinds of notice by one mail a day. */
export function digestReaders(db: Reader): Promise<{ personId: string; kinds: string[] }[]> {
  return db.rows(sql<{ personId: string; kinds: string[] }>`
    select person_id as "personId", array_agg(kind order by kind) as kinds
    from notice.preference where in_digest group by person_id order by person_id`)
}

export type DigestNotice = { readonly subject: Label; readonly count: bigint }

/**
 * What a person was told since the last mail of this kind and has not read, the latest first, each
 * with how many there are in all.
 */
export function noticesForDigest(
  db: Reader,
  of: { readonly personId: string; readonly kinds: readonly string[]; readonly limit: number },
): Promise<DigestNotice[]> {
  return db.rows(sql<DigestNotice>`
    select jsonb_build_object('zh', subject_zh, 'en', subject_en) as subject,
      count(*) over () as count
    from notice.notice
    where person_id = ${of.personId} and kind = any(${sql.val(of.kinds)}::text[])
      and read_at is null and id > coalesce((
        select id from notice.notice where person_id = ${of.personId} and kind = 'digest'
        order by id desc limit 1), '00000000-0000-0000-0000-000000000000'::uuid)
    order by id desc limit ${of.limit}`)
}
