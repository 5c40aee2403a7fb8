import type { NoticePage, NoticeQuery } from '#contract/notice.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { countUnread, findNotices } from '#server/notice/notice.store.ts'
import { cursorText, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'

/** What the person was told, the latest first. A key or the operator is told nothing. */
export async function listNotices(
  { db, actor }: Context,
  query: NoticeQuery,
): Promise<NoticePage | Refusal> {
  const cursor = readCursor(query.after, [idPart])
  if (isRefusal(cursor)) return cursor
  if (actor.kind !== 'person') return { items: [], unread: 0, next: null }
  const limit = query.limit ?? 50
  const items = await findNotices(db, {
    actor,
    unread: query.unread ?? false,
    partyId: query.party ?? null,
    after: cursor?.[0] ?? null,
    limit,
  })
  const last = items.length === limit ? items.at(-1) : undefined
  return {
    items,
    unread: await countUnread(db, actor),
    next: last ? cursorText(last.id) : null,
  }
}
