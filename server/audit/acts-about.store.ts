import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader } from '#server/platform/database.ts'
import { beforeByInstant, dayOfInstant, type TimelineAsked } from '#server/platform/timeline.ts'

export type ActAbout = {
  readonly id: string
  readonly subject: string
  readonly on: Day
  readonly at: string
  readonly actor: string
  readonly command: string
  readonly details: Readonly<Record<string, unknown>>
}

/**
 * What people did with parties by some commands, latest first. The commands stand in the statement
 * as they stand in the index that finds them among all that was done.
 */
export function actsAbout(
  db: Reader,
  asked: TimelineAsked,
  commands: readonly string[],
): Promise<ActAbout[]> {
  const at = sql`e.recorded_at`
  return db.rows(sql<ActAbout>`
    select e.* from unnest(${list(asked.partyIds)}::text[]) as k (subject)
    cross join lateral (
      select e.id, e.subject, ${dayOfInstant(at, asked.timeZone)} as "on", e.recorded_at as at,
        e.actor_name as actor, e.command, e.details
      from audit.entry e
      where e.subject = k.subject and e.command in (${sql.join(commands.map((c) => sql.lit(c)))})
        and ${beforeByInstant(asked, at)}
      order by e.recorded_at desc, e.id desc limit ${asked.limit}
    ) e
    order by e.at desc, e.id desc limit ${asked.limit}`)
}
