import type { NotePage, NoteQuery, NoteShown } from '#contract/note.ts'
import { may } from '#contract/role.ts'
import { listNotes, type NoteReader, type NoteRow } from '#server/file/note.store.ts'
import { familyIdsOf } from '#server/party/public.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'
import { findPersonsById, type NamedPerson } from '#server/user/public.ts'

/** The notes about a party and its duplicates that the caller may read, latest first. */
export async function showNotes(
  { db, actor }: Context,
  partyId: string,
  query: NoteQuery,
): Promise<NotePage> {
  const limit = query.limit ?? 50
  const page = { ...readerOf(actor), limit, after: query.after ?? null }
  const notes = await listNotes(db, await familyIdsOf(db, partyId), page)
  const persons = await findPersonsById(db, [...new Set(notes.flatMap((n) => n.mentionedIds))])
  const last = notes.length === limit ? notes.at(-1) : undefined
  return { items: notes.map((note) => noteShown(note, persons, actor)), next: last?.id ?? null }
}

export function readerOf(actor: Actor): NoteReader {
  return { actorId: actor.id, seesAll: may(actor.roles, 'file:confidential') }
}

export function noteShown(note: NoteRow, persons: readonly NamedPerson[], actor: Actor): NoteShown {
  const { partyId, id, body, audience, mentionedIds, recordedAt, editedAt } = note
  return {
    ...{ id, partyId, text: body, audience },
    mentions: persons
      .filter((person) => mentionedIds.includes(person.id))
      .map(({ id: personId, login, name }) => ({ id: personId, login, name })),
    author: { id: note.authorId, name: note.authorName },
    ...{ recordedAt, editedAt },
    isOwn: note.authorId === actor.id,
  }
}
