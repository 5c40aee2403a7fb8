import { sql } from 'kysely'
import type { NoteAudience } from '#contract/note.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type NoteRow = {
  readonly partyId: string
  readonly id: string
  readonly body: string
  readonly audience: NoteAudience
  readonly mentionedIds: readonly string[]
  readonly authorId: string
  readonly authorName: string
  readonly recordedAt: string
  readonly editedAt: string | null
}

const columns = sql`
  n.party_id as "partyId", n.id, n.body, n.audience, n.mentioned_ids as "mentionedIds",
  n.author_id as "authorId", n.author_name as "authorName", n.recorded_at as "recordedAt",
  n.edited_at as "editedAt"`

/** Who reads: the author sees own notes, `seesAll` those for the people of credit too. */
export type NoteReader = { readonly actorId: string; readonly seesAll: boolean }

/** What a reader may see of notes named `n`. */
const visible = ({ actorId, seesAll }: NoteReader) =>
  sql`(n.audience = 'all' or ${seesAll}::boolean or n.author_id = ${actorId})`

/** Notes of a family of parties, latest first: ids grow with time. */
export function listNotes(
  db: Reader,
  partyIds: readonly string[],
  of: NoteReader & { readonly limit: number; readonly after: string | null },
): Promise<NoteRow[]> {
  return db.rows(sql<NoteRow>`
    select ${columns} from file.note n
    where n.party_id = any(${list(partyIds)}::uuid[]) and n.removed_at is null and ${visible(of)}
      and (${of.after}::uuid is null or n.id < ${of.after}::uuid)
    order by n.id desc limit ${of.limit}`)
}

export function findNote(db: Reader, partyId: string, id: string): Promise<NoteRow | undefined> {
  return db.row(sql<NoteRow>`
    select ${columns} from file.note n
    where n.party_id = ${partyId} and n.id = ${id} and n.removed_at is null`)
}

export async function insertNote(
  tx: Transaction,
  note: Omit<NoteRow, 'recordedAt' | 'editedAt'>,
): Promise<void> {
  await tx.run(sql`
    insert into file.note
      (party_id, id, body, audience, mentioned_ids, author_id, author_name)
    values (${note.partyId}, ${note.id}, ${note.body}, ${note.audience},
      ${list(note.mentionedIds)}::uuid[], ${note.authorId}, ${note.authorName})`)
}

export async function updateNote(
  tx: Transaction,
  note: Pick<NoteRow, 'partyId' | 'id' | 'body' | 'audience' | 'mentionedIds'>,
): Promise<void> {
  await tx.run(sql`
    update file.note set body = ${note.body}, audience = ${note.audience},
      mentioned_ids = ${list(note.mentionedIds)}::uuid[], edited_at = now()
    where party_id = ${note.partyId} and id = ${note.id}`)
}

export async function markNoteRemoved(
  tx: Transaction,
  of: { readonly partyId: string; readonly id: string; readonly by: string },
): Promise<void> {
  await tx.run(sql`
    update file.note set removed_at = now(), removed_by = ${of.by}
    where party_id = ${of.partyId} and id = ${of.id}`)
}
