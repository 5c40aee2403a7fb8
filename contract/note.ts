import Type, { type Static } from 'typebox'
import { Id, NextPage, nullable, PageQuery } from '#contract/common.ts'

const noteAudiences = ['all', 'credit'] as const
export type NoteAudience = (typeof noteAudiences)[number]
const Audience = Type.Unsafe<NoteAudience>({
  type: 'string',
  enum: [...noteAudiences],
  description: 'credit: only its author and who decides on credit read it',
})

export const NewNote = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 4000, description: 'Names people by @login' }),
    audience: Type.Optional(Audience),
  },
  { additionalProperties: false },
)
export type NewNote = Static<typeof NewNote>

export const NoteShown = Type.Object({
  id: Type.String(),
  partyId: Type.String(),
  text: Type.String(),
  audience: Audience,
  mentions: Type.Array(
    Type.Object({ id: Type.String(), login: Type.String(), name: Type.String() }),
  ),
  author: Type.Object({ id: Type.String(), name: Type.String() }),
  recordedAt: Type.String(),
  editedAt: nullable(Type.String()),
  isOwn: Type.Boolean({
    description: 'The caller wrote it and may edit it; an administrator may remove any',
  }),
})
export type NoteShown = Static<typeof NoteShown>

export const NoteWritten = Type.Object({
  ...NoteShown.properties,
  unknownMentions: Type.Array(
    Type.String({ description: 'What follows an @ and is nobody who may sign in' }),
  ),
})
export type NoteWritten = Static<typeof NoteWritten>

export const NoteQuery = Type.Object(
  { limit: PageQuery.limit, after: Type.Optional(Id) },
  { additionalProperties: false },
)
export type NoteQuery = Static<typeof NoteQuery>

export const NotePage = Type.Object({
  items: Type.Array(NoteShown),
  next: NextPage,
})
export type NotePage = Static<typeof NotePage>
