import { sql } from 'kysely'
import { eventSource, type TimelineSource } from '#server/platform/timeline.ts'

/** Notes that the caller may read, and documents. */
export function fileEvents(reader: {
  readonly actorId: string
  readonly seesAll: boolean
}): readonly TimelineSource[] {
  return [
    eventSource({
      ...{ topic: 'note', ref: 'note', kind: sql`'note.written'` },
      from: sql`file.note e`,
      where: sql`e.removed_at is null and (e.audience = 'all' or ${reader.seesAll}::boolean
        or e.author_id = ${reader.actorId})`,
      ...{ at: sql`e.recorded_at`, actor: sql`e.author_name` },
      facts: sql`jsonb_build_object('text', left(e.body, 500), 'audience', e.audience,
        'editedAt', e.edited_at)`,
    }),
    eventSource({
      ...{ topic: 'document', ref: 'document', kind: sql`'document.added'` },
      from: sql`file.document e`,
      where: sql`e.removed_at is null`,
      ...{ at: sql`e.recorded_at`, actor: sql`e.uploaded_by` },
      facts: sql`jsonb_build_object('title', e.title, 'category', e.category,
        'validToOn', e.valid_to_on)`,
    }),
  ]
}
