import { sql } from 'kysely'
import type { TimelineEvent } from '#contract/timeline.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { list } from '#server/platform/database.ts'
import { beforeByDay, type TimelineSource } from '#server/platform/timeline.ts'

type Row = {
  partyId: string
  id: string
  on: Day
  at: string
  minor: bigint
  minorBefore: bigint | null
  currency: Currency
  terms: string
  termsBefore: string | null
  toOn: Day
  actor: string
}

/** A limit is confirmed with every rating: of so many those are told that changed it. */
const limitsRead = 400

/** The first limit of a party and every change of its amount or terms. */
export const limitEvents: TimelineSource = {
  topics: ['limit'],
  find: async (db, asked) => {
    const before = beforeByDay(asked, sql`e.from_on`, sql`e.recorded_at`)
    const order = sql`e.party_id order by e.from_on, e.recorded_at, e.id`
    const rows = await db.rows(sql<Row>`
      select e.party_id as "partyId", e.id, e.from_on as "on", e.recorded_at as at,
        e.amount_minor as minor, e.currency, e.terms, e.to_on as "toOn", e.decided_by as actor,
        lag(e.amount_minor) over (partition by ${order}) as "minorBefore",
        lag(e.terms) over (partition by ${order}) as "termsBefore"
      from unnest(${list(asked.partyIds)}::uuid[]) as k (party_id)
      cross join lateral (
        select * from "limit".credit_limit e where e.party_id = k.party_id and ${before}
        order by e.from_on desc, e.recorded_at desc, e.id desc limit ${limitsRead + 1}
      ) e
      order by e.from_on desc, e.recorded_at desc, e.id desc limit ${limitsRead + 1}`)
    const isCut = rows.length > limitsRead
    const seen = isCut ? rows.slice(0, -1) : rows
    const isNews = (row: Row) => row.minor !== row.minorBefore || row.terms !== row.termsBefore
    return { events: seen.filter(isNews).map(eventOf), floor: (isCut && seen.at(-1)) || null }
  },
}

function eventOf(row: Row): TimelineEvent {
  const { partyId, id, on, at, actor, currency, minor, minorBefore, terms, termsBefore } = row
  const from = minorBefore === null ? null : toDecimal({ minor: minorBefore, currency })
  return {
    ...{ id, topic: 'limit', kind: minorBefore === null ? 'limit.first' : 'limit.changed' },
    ...{ on, at, actor, number: null, amount: toDecimal({ minor, currency }), currency },
    facts: { from, terms, termsBefore, toOn: row.toOn },
    ref: { kind: 'limit', partyId, id },
  }
}
