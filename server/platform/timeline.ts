import { type RawBuilder, sql } from 'kysely'
import type { TimelineEvent, TimelineTopic } from '#contract/timeline.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** The place of an event: its day, when it was recorded, its id. Events are told latest first. */
export type TimelinePlace = Pick<TimelineEvent, 'at' | 'id'> & { readonly on: Day | string }

/** Which events are asked for: so many of these parties before a place. */
export type TimelineAsked = {
  readonly partyIds: readonly string[]
  readonly before: TimelinePlace
  readonly limit: number
  /** In which an instant is a day. */
  readonly timeZone: string
}

/**
 * Events of one source, latest first. `floor` is how far down the source looked where that is not
 * told by its last event: older ones are on the next page.
 */
export type TimelineSource = {
  readonly topics: readonly TimelineTopic[]
  readonly find: (db: Reader, asked: TimelineAsked) => Promise<FoundEvents>
}

export type FoundEvents = {
  readonly events: TimelineEvent[]
  readonly floor: TimelinePlace | null
}

type Declared = {
  readonly topic: TimelineTopic
  /** What its `ref` names. */
  readonly ref: string
  readonly kind: RawBuilder<unknown>
  /** The table as `e`, and what else the rows need. */
  readonly from: RawBuilder<unknown>
  readonly where?: RawBuilder<unknown>
  /** A day that an index of the party's rows has; left out, `at` is what the index has. */
  readonly on?: RawBuilder<unknown>
  readonly at: RawBuilder<unknown>
  readonly actor?: RawBuilder<unknown>
  readonly number?: RawBuilder<unknown>
  readonly minor?: RawBuilder<unknown>
  readonly currency?: RawBuilder<unknown>
  readonly facts: RawBuilder<unknown>
}

type EventRow = {
  id: string
  partyId: string
  on: Day
  at: string
  kind: string
  actor: string | null
  number: string | null
  minor: bigint | null
  currency: Currency | null
  facts: Record<string, unknown>
}

/**
 * Events that are rows of one table. The latest of each party are read by its own index and then
 * the latest of them all, so that a page costs the same however many events there are.
 */
export function eventSource(of: Declared): TimelineSource {
  const nothing = sql`null`
  const find = async (db: Reader, asked: TimelineAsked): Promise<FoundEvents> => {
    const on = of.on ?? dayOfInstant(of.at, asked.timeZone)
    const first = of.on ? sql`${of.on} desc, ` : sql``
    const rows = await db.rows(sql<EventRow>`
      select e.* from unnest(${list(asked.partyIds)}::uuid[]) as k (party_id)
      cross join lateral (
        select e.id, e.party_id as "partyId", ${on} as "on", ${of.at} as at,
          ${of.kind} as kind, ${of.actor ?? nothing}::text as actor,
          ${of.number ?? nothing}::text as number, ${of.minor ?? nothing}::bigint as minor,
          ${of.currency ?? nothing}::text as currency, ${of.facts} as facts
        from ${of.from}
        where e.party_id = k.party_id and ${of.where ?? sql`true`}
          and ${of.on ? beforeByDay(asked, of.on, of.at) : beforeByInstant(asked, of.at)}
        order by ${first}${of.at} desc, e.id desc limit ${asked.limit}
      ) e
      order by e."on" desc, e.at desc, e.id desc limit ${asked.limit}`)
    return { events: rows.map((row) => eventOf(row, of.topic, of.ref)), floor: null }
  }
  return { topics: [of.topic], find }
}

function eventOf(row: EventRow, topic: TimelineTopic, refKind: string): TimelineEvent {
  const { id, partyId, on, at, kind, actor, number, minor, currency, facts } = row
  return {
    ...{ id, topic, kind, on, at, actor, number },
    amount: minor === null || currency === null ? null : toDecimal({ minor, currency }),
    ...{ currency, facts },
    ref: { kind: refKind, partyId, id },
  }
}

/** Before a place, by a day that an index of the party's rows has. */
export function beforeByDay(
  { before }: TimelineAsked,
  on: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(${on} <= ${before.on}::date and (${on}, ${at}, e.id)
    < (${before.on}::date, ${before.at}::timestamptz, ${before.id}::uuid))`
}

/** Before a place, by an instant that an index of the party's rows has. */
export function beforeByInstant(
  { before, timeZone }: TimelineAsked,
  at: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(${at} < ((${before.on}::date + 1)::timestamp at time zone ${timeZone})
    and (${dayOfInstant(at, timeZone)}, ${at}, e.id)
      < (${before.on}::date, ${before.at}::timestamptz, ${before.id}::uuid))`
}

export function dayOfInstant(at: RawBuilder<unknown>, timeZone: string): RawBuilder<unknown> {
  return sql`(${at} at time zone ${timeZone})::date`
}
