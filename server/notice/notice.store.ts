import { sql } from 'kysely'
import type { Notice, NoticeKind } from '#contract/notice.ts'
import type { Label } from '#kernel/document/label.ts'
import { visibleParty } from '#server/party/public.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

const columns = sql`
  id, kind, about_party_id as "partyId", path, created_at as "createdAt", read_at as "readAt",
  jsonb_build_object('zh', subject_zh, 'en', subject_en) as subject,
  jsonb_build_object('zh', body_zh, 'en', body_en) as body`

/** The same words for several persons. */
export async function insertNotices(
  tx: Transaction,
  what: {
    kind: NoticeKind | 'digest'
    partyId: string | null
    subject: Label
    body: Label
    path: string | null
  },
  told: readonly { id: string; personId: string; inApp: boolean }[],
): Promise<void> {
  if (told.length === 0) return
  await tx.run(sql`
    insert into notice.notice (id, person_id, in_app, kind, about_party_id,
      subject_zh, subject_en, body_zh, body_en, path)
    select id, person_id, in_app, ${what.kind}, ${what.partyId}::uuid, ${what.subject.zh},
      ${what.subject.en}, ${what.body.zh}, ${what.body.en}, ${what.path}::text
    from unnest(${list(told.map(({ id }) => id))}::uuid[],
      ${list(told.map(({ personId }) => personId))}::uuid[],
      ${list(told.map(({ inApp }) => inApp))}::boolean[]) as told (id, person_id, in_app)`)
}

export function findNotices(
  db: Reader,
  of: {
    actor: Actor
    unread: boolean
    partyId: string | null
    after: string | null
    limit: number
  },
): Promise<Notice[]> {
  return db.rows(sql<Notice>`
    select ${columns} from notice.notice
    where person_id = ${of.actor.id} and in_app ${isSeen(of.actor)}
      and (not ${of.unread} or read_at is null)
      and (${of.partyId}::uuid is null or about_party_id = ${of.partyId})
      and (${of.after}::uuid is null or id < ${of.after})
    order by id desc limit ${of.limit}`)
}

export async function countUnread(db: Reader, actor: Actor): Promise<number> {
  const row = await db.row(sql<{ count: bigint }>`
    select count(*) from notice.notice
    where person_id = ${actor.id} and in_app and read_at is null ${isSeen(actor)}`)
  return Number(row?.count ?? 0n)
}

/** What was told before a customer went to somebody else is not shown any more. */
function isSeen(actor: Actor) {
  const seen = visibleParty(actor, sql`about_party_id`)
  return sql.join(
    seen.map((condition) => sql`and (about_party_id is null or ${condition})`),
    sql` `,
  )
}

/** Of everybody, the latest first: for the operator. */
export function latestNotices(
  db: Reader,
  limit: number,
): Promise<(Notice & { personId: string })[]> {
  return db.rows(sql<Notice & { personId: string }>`
    select ${columns}, person_id as "personId" from notice.notice order by id desc limit ${limit}`)
}

/** Tells whether the person has such a notice; one that was read keeps its time. */
export async function markRead(tx: Transaction, personId: string, id: string): Promise<boolean> {
  const touched = await tx.run(sql`
    update notice.notice set read_at = coalesce(read_at, now())
    where id = ${id} and person_id = ${personId} and in_app`)
  return touched === 1
}

export function markAllRead(tx: Transaction, personId: string): Promise<number> {
  return tx.run(sql`
    update notice.notice set read_at = now()
    where person_id = ${personId} and in_app and read_at is null`)
}
