import Type, { type Static } from 'typebox'
import { nullable } from '#contract/common.ts'
import type { Permission } from '#contract/role.ts'

/**
 * What `GET /api/events` tells open pages. `ready` comes first on each stream: whoever had one before
 * reads again what is shown. `change` says that something became different, `refresh` that anything
 * may have, `signed-out` that the session ended and no more comes.
 */
const liveEvents = ['ready', 'change', 'refresh', 'signed-out'] as const

export type LiveEventName = (typeof liveEvents)[number]

/** The data of a `change`: where it is about everybody or many, party and id are null. */
export const LiveChange = Type.Object({
  kind: Type.String({ description: 'What happened, such as hold.opened' }),
  partyId: nullable(Type.String()),
  id: nullable(Type.String({ description: 'Of the hold, order, job ... that it is about' })),
})
export type LiveChange = Static<typeof LiveChange>

/** By the first word of a kind: what lets a person hear of it. What is not named nobody hears. */
export const hearing: Readonly<Record<string, Permission>> = {
  party: 'party:read',
  indicator: 'indicator:read',
  policy: 'policy:read',
  rating: 'scoring:read',
  limit: 'exposure:read',
  'temporary-limit': 'exposure:read',
  'credit-account': 'exposure:read',
  security: 'exposure:read',
  hold: 'hold:read',
  order: 'order:read',
  contract: 'order:read',
  invoice: 'receivable:read',
  receipt: 'receivable:read',
  credit: 'receivable:read',
  'credit-note': 'receivable:read',
  bill: 'receivable:read',
  allocation: 'receivable:read',
  dispute: 'receivable:read',
  promise: 'receivable:read',
  import: 'import:read',
  job: 'system:read',
  notice: 'system:read',
  figure: 'report:read',
}
