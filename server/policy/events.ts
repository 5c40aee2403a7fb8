import { sql } from 'kysely'
import type { TimelineEvent } from '#contract/timeline.ts'
import {
  beforeByInstant,
  dayOfInstant,
  type TimelineAsked,
  type TimelineSource,
} from '#server/platform/timeline.ts'

type Row = Pick<TimelineEvent, 'id' | 'on' | 'at' | 'actor' | 'facts'>

/** Publications of policies: they touch every customer that there was. */
export const policyEvents: TimelineSource = {
  topics: ['policy'],
  find: async (db, asked: TimelineAsked) => {
    const at = sql`e.published_at`
    const rows = await db.rows(sql<Row>`
      select e.id, ${dayOfInstant(at, asked.timeZone)} as "on", ${at} as at,
        e.published_by as actor,
        jsonb_build_object('policy', e.kind, 'version', e.number, 'title', e.title) as facts
      from policy.version e
      where e.published_at is not null and ${beforeByInstant(asked, at)}
      order by e.published_at desc, e.id desc limit ${asked.limit}`)
    const events = rows.map(
      (row): TimelineEvent => ({
        ...row,
        ...{
          topic: 'policy',
          kind: 'policy.published',
          number: null,
          amount: null,
          currency: null,
        },
        ref: null,
      }),
    )
    return { events, floor: null }
  },
}
