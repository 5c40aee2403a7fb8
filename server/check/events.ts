import { sql } from 'kysely'
import { eventSource, type TimelineSource } from '#server/platform/timeline.ts'

const releases = sql`select r.*, h.number from "check".release r
  left join "check".hold h on h.party_id = r.party_id and h.id = r.hold_id`

/** What of a party's was held, and what was let pass. */
export const checkEvents: readonly TimelineSource[] = [
  eventSource({
    ...{ topic: 'hold', ref: 'hold', kind: sql`'hold.opened'` },
    from: sql`"check".hold e`,
    ...{ at: sql`e.opened_at`, actor: sql`e.requested_by`, number: sql`e.number` },
    ...{ minor: sql`e.amount_minor`, currency: sql`e.currency` },
    facts: sql`jsonb_build_object('rules', e.rules, 'checkpoint', e.checkpoint, 'state', e.state,
      'closedAt', e.closed_at, 'decisionId', e.decision_id)`,
  }),
  eventSource({
    ...{ topic: 'hold', ref: 'release', kind: sql`'hold.recalled'` },
    from: sql`(${releases} where r.recalled_at is not null) e`,
    ...{ at: sql`e.recalled_at`, actor: sql`e.recalled_by`, number: sql`e.number` },
    ...{ minor: sql`e.up_to_minor`, currency: sql`e.currency` },
    facts: sql`jsonb_build_object('reason', e.recall_reason, 'holdId', e.hold_id)`,
  }),
  eventSource({
    ...{ topic: 'hold', ref: 'release', kind: sql`'hold.released'` },
    from: sql`(${releases}) e`,
    ...{ at: sql`e.recorded_at`, actor: sql`e.released_by`, number: sql`e.number` },
    ...{ minor: sql`e.up_to_minor`, currency: sql`e.currency` },
    facts: sql`jsonb_build_object('reason', e.reason, 'cause', e.cause, 'authority', e.authority,
      'untilOn', e.until_on, 'holdId', e.hold_id)`,
  }),
]
