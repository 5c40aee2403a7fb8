import { sql } from 'kysely'
import type { Mail } from '#contract/notice.ts'
import type { Label } from '#kernel/document/label.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** The queue's name for sending one mail. */
export const sendTask = 'notice_send_mail'

export async function insertMails(
  tx: Transaction,
  mails: readonly { id: string; noticeId: string; toAddress: string }[],
): Promise<void> {
  if (mails.length === 0) return
  await tx.run(sql`
    insert into notice.mail (id, notice_id, to_address)
    select * from unnest(${list(mails.map(({ id }) => id))}::uuid[],
      ${list(mails.map(({ noticeId }) => noticeId))}::uuid[],
      ${list(mails.map(({ toAddress }) => toAddress))}::text[])`)
}

export type WaitingMail = {
  readonly id: string
  readonly toAddress: string
  readonly attempts: number
  readonly subject: Label
  readonly body: Label
  readonly path: string | null
}

export function findWaitingMail(db: Reader, id: string): Promise<WaitingMail | undefined> {
  return db.row(sql<WaitingMail>`
    select m.id, m.to_address as "toAddress", m.attempts, n.path,
      jsonb_build_object('zh', n.subject_zh, 'en', n.subject_en) as subject,
      jsonb_build_object('zh', n.body_zh, 'en', n.body_en) as body
    from notice.mail m join notice.notice n on n.id = m.notice_id
    where m.id = ${id} and m.state = 'waiting'`)
}

/** Notes how an attempt ended: an error that may pass leaves the mail waiting. */
export async function noteAttempt(
  tx: Transaction,
  id: string,
  outcome: { state: 'waiting' | 'sent' | 'failed'; error: string | null },
): Promise<void> {
  await tx.run(sql`
    update notice.mail set state = ${outcome.state}, attempts = attempts + 1,
      last_error = ${outcome.error}, sent_at = case when ${outcome.state} = 'sent' then now() end
    where id = ${id}`)
}

/** Ends mail that nothing was there to send it with. */
export async function endUntried(tx: Transaction, id: string, reason: string): Promise<void> {
  await tx.run(sql`
    update notice.mail set state = 'failed', last_error = ${reason} where id = ${id}`)
}

export function latestMails(db: Reader, limit: number): Promise<Mail[]> {
  return db.rows(sql<Mail>`
    select m.id, m.notice_id as "noticeId", n.kind, m.to_address as "toAddress",
      n.subject_zh as subject, m.state, m.attempts, m.last_error as "lastError",
      m.created_at as "createdAt", m.sent_at as "sentAt"
    from notice.mail m join notice.notice n on n.id = m.notice_id
    order by m.id desc limit ${limit}`)
}

/** Mail that was tried in vain within a week, and what the latest attempt was told. */
export function unsentMail(
  db: Reader,
): Promise<{ count: bigint; lastError: string | null } | undefined> {
  return db.row(sql<{ count: bigint; lastError: string | null }>`
    select count(*), (array_agg(last_error order by id desc))[1] as "lastError"
    from notice.mail
    where state <> 'sent' and attempts > 0 and created_at > now() - interval '7 days'`)
}
