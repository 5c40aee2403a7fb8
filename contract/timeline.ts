import Type, { type Static } from 'typebox'
import { nullable } from '#contract/common.ts'

/** What events of a party are about: `kinds` of a request names these. */
export const timelineTopics = [
  'registration',
  'rating',
  'limit',
  'status',
  'security',
  'order',
  'delivery',
  'hold',
  'invoice',
  'receipt',
  'returned',
  'dispute',
  'promise',
  'fact',
  'note',
  'document',
  'policy',
] as const
export type TimelineTopic = (typeof timelineTopics)[number]

export const TimelineEvent = Type.Object({
  id: Type.String({ description: 'Of the row that tells it; unique together with `kind`' }),
  topic: Type.Unsafe<TimelineTopic>({ type: 'string', enum: [...timelineTopics] }),
  kind: Type.String({ description: 'Such as invoice.issued or hold.released; the page words it' }),
  on: Type.String({ description: 'The day that it took effect: the order of the timeline' }),
  at: Type.String({ description: 'When it was recorded' }),
  actor: nullable(Type.String()),
  number: nullable(Type.String({ description: 'Of the document' })),
  amount: nullable(Type.String()),
  currency: nullable(Type.String()),
  facts: Type.Record(Type.String(), Type.Unknown(), { description: 'What the words need' }),
  ref: nullable(Type.Object({ kind: Type.String(), partyId: Type.String(), id: Type.String() })),
})
export type TimelineEvent = Static<typeof TimelineEvent>

export const TimelineQuery = Type.Object(
  {
    before: Type.Optional(
      Type.String({ maxLength: 300, description: '`next` of the page before' }),
    ),
    kinds: Type.Optional(
      Type.String({ maxLength: 300, description: `Topics by comma: ${timelineTopics.join(', ')}` }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  },
  { additionalProperties: false },
)
export type TimelineQuery = Static<typeof TimelineQuery>

export const TimelinePage = Type.Object({
  items: Type.Array(TimelineEvent, { description: 'Latest first' }),
  next: nullable(
    Type.String({ description: 'Give it as `before`; a page may be short and yet have one' }),
  ),
})
export type TimelinePage = Static<typeof TimelinePage>
