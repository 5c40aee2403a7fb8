import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import {
  type TimelineEvent,
  type TimelinePage,
  type TimelineQuery,
  type TimelineTopic,
  timelineTopics,
} from '#contract/timeline.ts'
import { checkEvents } from '#server/check/public.ts'
import { findCompany } from '#server/company/public.ts'
import { fileEvents } from '#server/file/file-events.ts'
import { readerOf } from '#server/file/list-notes.ts'
import { actEvents } from '#server/file/timeline-acts.ts'
import { limitEvents } from '#server/limit/public.ts'
import { orderEvents } from '#server/order/public.ts'
import { familyIdsOf, findParties } from '#server/party/public.ts'
import { cursorText, dayPart, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { FoundEvents, TimelinePlace, TimelineSource } from '#server/platform/timeline.ts'
import { policyEvents } from '#server/policy/public.ts'
import { receivableEvents } from '#server/receivable/public.ts'
import { ratingEvents } from '#server/scoring/public.ts'

const sources: readonly TimelineSource[] = [
  actEvents,
  ratingEvents,
  limitEvents,
  policyEvents,
  ...orderEvents,
  ...checkEvents,
  ...receivableEvents,
]

/**
 * Everything that happened to a party and its duplicates, latest first. Every source is asked for
 * one page by its own index, all at once, and the pages are merged.
 */
export async function showTimeline(
  context: Context,
  partyId: string,
  query: TimelineQuery,
): Promise<TimelinePage | Refusal> {
  const { db } = context
  const topics = readTopics(query.kinds)
  if (isRefusal(topics)) return topics
  const cursor = readCursor(query.before, [dayPart, instantPart, idPart], 'before')
  if (isRefusal(cursor)) return cursor
  const [on, at, id] = cursor ?? []
  const before = on && at && id ? { on, at, id } : latest
  const [company, partyIds, parties] = await Promise.all([
    findCompany(db),
    familyIdsOf(db, partyId),
    findParties(db, [partyId]),
  ])
  const [party] = parties
  if (!party) return refuse('not-found', 'There is no such party.')
  const limit = query.limit ?? 50
  const timeZone = company?.timeZone ?? 'Asia/Shanghai'
  const asked = { partyIds, before, limit, timeZone }
  const found = await Promise.all(
    [...sources, ...fileEvents(readerOf(context.actor))]
      .filter((source) => source.topics.some((topic) => topics.has(topic)))
      .map((source) => source.find(db, asked)),
  )
  // A policy that was published before the party was known did not touch it.
  const touches = (event: TimelineEvent) =>
    topics.has(event.topic) && (event.topic !== 'policy' || event.at >= party.createdAt)
  return mergePages(found, limit, touches)
}

/** The latest of all pages down to where every source looked. */
function mergePages(
  found: readonly FoundEvents[],
  limit: number,
  isTold: (event: TimelineEvent) => boolean,
): TimelinePage {
  const floors = found.flatMap(({ events, floor }): TimelinePlace[] => {
    const last = events.length >= limit ? events.at(-1) : undefined
    return [floor, last].flatMap((place) => place ?? [])
  })
  const floor = floors.toSorted(byPlace)[0]
  const reached = found
    .flatMap(({ events }) => events)
    .filter((event) => floor === undefined || byPlace(event, floor) <= 0)
    .toSorted(byPlace)
  const items = reached.filter(isTold).slice(0, limit)
  const isCut = items.length < reached.filter(isTold).length
  const end = isCut ? items.at(-1) : floor
  return { items, next: end ? cursorText(end.on, end.at, end.id) : null }
}

/** Latest first. */
function byPlace(a: TimelinePlace, b: TimelinePlace): number {
  if (a.on !== b.on) return a.on < b.on ? 1 : -1
  if (a.at !== b.at) return instant(a.at) < instant(b.at) ? 1 : -1
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

/** Fractions of seconds come without their zeros at the end. */
function instant(at: string): string {
  const [whole = '', fraction = ''] = at.replace('Z', '').split('.')
  return `${whole}.${fraction.padEnd(6, '0')}`
}

const latest: TimelinePlace = {
  on: '9999-12-30',
  at: 'infinity',
  id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
}

const instantPart = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/

function readTopics(kinds: string | undefined): ReadonlySet<TimelineTopic> | Refusal {
  if (kinds === undefined) return new Set(timelineTopics)
  const asked = kinds.split(',').map((kind) => kind.trim())
  const unknown = asked.find((kind) => !timelineTopics.some((topic) => topic === kind))
  if (unknown === undefined) return new Set(asked as TimelineTopic[])
  const detail = `kinds: "${unknown}" is none of ${timelineTopics.join(', ')}.`
  return refuse('invalid-input', detail, { field: 'kinds' })
}
