import type { NewNote, NoteWritten } from '#contract/note.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { may } from '#contract/role.ts'
import { mentionsIn } from '#kernel/file/mentions.ts'
import { noteShown, readerOf } from '#server/file/list-notes.ts'
import {
  findNote,
  insertNote,
  markNoteRemoved,
  type NoteRow,
  updateNote,
} from '#server/file/note.store.ts'
import { ownFileOf } from '#server/file/own-file.ts'
import { notify } from '#server/notice/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import { findPersonsByLogin, type NamedPerson } from '#server/user/public.ts'

const mentionsMax = 20

type NoteKey = { readonly partyId: string; readonly id: string }

/** Writes a note about a party; whom it names by @login is told. */
export function writeNote(
  context: Context,
  partyId: string,
  { text, audience = 'all' }: NewNote,
): Promise<NoteWritten | Refusal> {
  const { actor } = context
  const command = { name: 'note.write', permission: 'file:write' } as const
  const input = { audience, length: text.length }
  return runCommand(context, { ...command, input, subject: partyId }, async (tx) => {
    const party = await ownFileOf(tx, partyId)
    if (isRefusal(party)) return party
    const named = await readMentions(tx, text, audience)
    if (isRefusal(named)) return named
    const note = {
      ...{ partyId, id: newId(), body: text.trim(), audience },
      mentionedIds: named.persons.map(({ id }) => id),
      ...{ authorId: actor.id, authorName: actor.name },
    }
    if (note.body === '') {
      return refuse('invalid-input', 'text: write something.', { zh: '备注不能为空。' })
    }
    await insertNote(tx, note)
    await tellMentioned(tx, context, { ...note, party, persons: named.persons })
    return written(tx, context, note, named)
  })
}

/** Writes an own note anew; only who was not named before is told. */
export function editNote(
  context: Context,
  key: NoteKey,
  { text, audience }: NewNote,
): Promise<NoteWritten | Refusal> {
  const command = { name: 'note.edit', permission: 'file:write' } as const
  const input = { noteId: key.id, length: text.length }
  return runCommand(context, { ...command, input, subject: key.partyId }, async (tx) => {
    const party = await ownFileOf(tx, key.partyId)
    if (isRefusal(party)) return party
    const before = await findOwn(tx, context, key, 'edit')
    if (isRefusal(before)) return before
    const now = { ...before, audience: audience ?? before.audience, body: text.trim() }
    if (now.body === '') {
      return refuse('invalid-input', 'text: write something, or remove it.', {
        zh: '备注不能为空：写下内容，或删除它。',
      })
    }
    const named = await readMentions(tx, text, now.audience)
    if (isRefusal(named)) return named
    const mentionedIds = named.persons.map(({ id }) => id)
    await updateNote(tx, { ...now, mentionedIds })
    const persons = named.persons.filter(({ id }) => !before.mentionedIds.includes(id))
    await tellMentioned(tx, context, { ...now, party, persons })
    return written(tx, context, key, named)
  })
}

/** Takes an own note away; an administrator may take away anybody's. */
export function removeNote(context: Context, key: NoteKey): Promise<{ id: string } | Refusal> {
  const command = { name: 'note.remove', permission: 'file:write' } as const
  const input = { noteId: key.id }
  return runCommand(context, { ...command, input, subject: key.partyId }, async (tx) => {
    const party = await ownFileOf(tx, key.partyId)
    if (isRefusal(party)) return party
    const note = await findOwn(tx, context, key, 'remove')
    if (isRefusal(note)) return note
    await markNoteRemoved(tx, { ...key, by: context.actor.name })
    return { id: key.id }
  })
}

async function findOwn(
  tx: Reader,
  context: Context,
  key: NoteKey,
  to: 'edit' | 'remove',
): Promise<NoteRow | Refusal> {
  const note = await findNote(tx, key.partyId, key.id)
  const { seesAll } = readerOf(context.actor)
  const isOwn = note?.authorId === context.actor.id
  const mayRemove = to === 'remove' && context.actor.roles.includes('admin')
  if (!note || !(isOwn || seesAll || note.audience === 'all')) {
    return refuse('not-found', 'There is no such note of this party.')
  }
  if (isOwn || mayRemove) return note
  return refuse('forbidden', `Only ${note.authorName}, who wrote this note, may change it.`, {
    zh: `只有写这条备注的 ${note.authorName} 可以修改它。`,
  })
}

type Named = { readonly persons: readonly NamedPerson[]; readonly unknown: readonly string[] }

/** Who is named. Nobody is named in what they may not read. */
async function readMentions(
  db: Reader,
  text: string,
  audience: NoteRow['audience'],
): Promise<Named | Refusal> {
  const mentions = mentionsIn(text)
  if (mentions.length > mentionsMax) {
    return refuse('invalid-input', `text: names more than ${mentionsMax} people: write to fewer.`, {
      zh: `备注提到的人超过 ${mentionsMax} 个：减少一些。`,
    })
  }
  const found = await findPersonsByLogin(db, mentions.flat())
  const byLogin = new Map(found.map((person) => [person.login.toLowerCase(), person]))
  const persons = new Map<string, NamedPerson>()
  const unknown: string[] = []
  for (const logins of mentions) {
    const login = logins.find((candidate) => byLogin.has(candidate))
    const person = byLogin.get(login ?? '')
    if (person) persons.set(person.id, person)
    else unknown.push(logins[0] ?? '')
  }
  const blind = [...persons.values()].filter(({ roles }) => !may(roles, 'file:confidential'))
  if (audience === 'credit' && blind.length > 0) {
    const names = blind.map(({ name }) => name)
    const detail = `text: ${names.join(', ')} may not read notes for credit: name others, or write it for all.`
    return refuse('invalid-input', detail, {
      field: 'text',
      zh: `${names.join('、')} 不能看“仅信用部门”的备注：改提别人，或改为“所有人”可见。`,
    })
  }
  return { persons: [...persons.values()], unknown }
}

async function tellMentioned(
  tx: CommandTransaction,
  { actor }: Context,
  of: Pick<NoteRow, 'partyId' | 'body'> & {
    readonly party: { readonly code: string; readonly name: string }
    readonly persons: readonly NamedPerson[]
  },
): Promise<void> {
  const others = of.persons.filter(({ id }) => id !== actor.id)
  if (others.length === 0) return
  const { code, name } = of.party
  await notify(tx, {
    ...{ kind: 'note.mentioned', roles: [], names: others.map(({ login }) => login) },
    partyId: of.partyId,
    subject: {
      zh: `${actor.name} 在 ${code} ${name} 的备注中提到了您`,
      en: `${actor.name} named you in a note about ${code} ${name}`,
    },
    body: { zh: of.body, en: of.body },
    path: `/api/parties/${of.partyId}/notes`,
  })
}

async function written(
  tx: Reader,
  context: Context,
  key: NoteKey,
  { persons, unknown }: Named,
): Promise<NoteWritten | Refusal> {
  const note = await findNote(tx, key.partyId, key.id)
  if (!note) return refuse('not-found', 'There is no such note of this party.')
  return { ...noteShown(note, persons, context.actor), unknownMentions: [...unknown] }
}
