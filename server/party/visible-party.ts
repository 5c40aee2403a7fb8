import { type RawBuilder, sql } from 'kysely'
import { list, type Reader } from '#server/platform/database.ts'
import type { Actor, PartyScope } from '#server/platform/run-command.ts'

type Seeing = Pick<Actor, 'scope'>
type Condition = RawBuilder<boolean>

const handfulMost = 250
// By how many parties are seen, their rows are fetched party by party, or all rows are held against
// a set of them, which pays for a page up to one size and for sums up to another.
const fewMost = 1_000
const setOfPageMost = 10_000
const setOfSumMost = 200_000

/** Whether a scope is of no more parties than this; one that was never counted is of more. */
function isOfAtMost({ count }: PartyScope, most: number): boolean {
  return count !== undefined && count <= most
}

/** So few that the rows of all are fetched as fast as a walk along a list meets a page of them. */
export function isHandful(scope: PartyScope): boolean {
  return isOfAtMost(scope, handfulMost)
}

/** Whether the parties of a scope are few enough to be read as a set before a walk along a list. */
export function hasSet(scope: PartyScope): boolean {
  return isOfAtMost(scope, setOfPageMost)
}

/**
 * The condition that a row's party is one that the actor sees, for the list of conditions of any
 * store; none where they see all, so that their statements stay as they are. A merged duplicate is
 * seen by who sees its survivor. The rows of those parties are fetched, one party after the other.
 */
export function visibleParty({ scope }: Seeing, partyId: RawBuilder<unknown>): Condition[] {
  return scope === undefined ? [] : [sql`${partyId} = any(array(${idsOf(scope)}))`]
}

/** The same for sums over all rows, of which each is looked at anyhow. */
function visibleInSum(actor: Seeing, partyId: RawBuilder<unknown>): Condition[] {
  const { scope } = actor
  if (scope === undefined || isOfFew(scope)) return visibleParty(actor, partyId)
  return [
    isOfAtMost(scope, setOfSumMost)
      ? isInSet(scope, partyId)
      : sql`${partyId} in (${idsOf(scope)})`,
  ]
}

/** That rows of sums are better fetched party by party. */
export function isOfFew(scope: PartyScope): boolean {
  return isOfAtMost(scope, fewMost)
}

/**
 * The same asked of the row at hand: of a set that is read once, where they are not too many for
 * that, and otherwise by looking the party up. Neither lets a planner begin with the parties.
 */
export function rowIsSeen(scope: PartyScope, partyId: RawBuilder<unknown>): Condition {
  return hasSet(scope)
    ? isInSet(scope, partyId)
    : sql`(select ${isSeen(scope)} from party.party p where p.id = ${partyId})`
}

type OfParties = { readonly actor: Seeing; readonly partyIds?: readonly string[] | null }

/** As a truth value it is no join, which planners would begin with the parties. */
function isInSet(scope: PartyScope, partyId: RawBuilder<unknown>): Condition {
  return sql`(${partyId} in (${idsOf(scope)})) is true`
}

/** That a row is of these parties, which the actor is known to see, or of any that they see. */
export function ofParties(
  { actor, partyIds }: OfParties,
  partyId: RawBuilder<unknown>,
): Condition[] {
  if (!partyIds) return visibleParty(actor, partyId)
  return [sql`${partyId} = any(${list(partyIds)}::uuid[])`]
}

/** The same of rows of `party.party p` themselves, of which some may be merged duplicates. */
export function visibleRow({ scope }: Seeing, mayBeMerged: boolean): Condition[] {
  if (scope === undefined) return []
  return [mayBeMerged ? isSeen(scope) : isTheirs(scope, 'p')]
}

/** The same of rows that are never merged ones and bear salesperson and department. */
export function ownedBy({ scope }: Seeing, row: 'l' | 'p'): RawBuilder<unknown> {
  return scope === undefined ? sql`true` : isTheirs(scope, row)
}

function isSeen(scope: PartyScope): Condition {
  return sql`case when p.merged_into_id is null then ${isTheirs(scope, 'p')}
    else exists (select from party.party s where s.id = p.merged_into_id
      and ${isTheirs(scope, 's')}) end`
}

/** Some of them twice: what a salesperson has, and what a department has, is in an index each. */
function idsOf(scope: PartyScope): RawBuilder<{ id: string }> {
  const owned = partsOf(scope, 's').map(
    (part) => sql`select s.id from party.party s where s.merged_into_id is null and ${part}`,
  )
  const merged = sql`
    select m.id from party.party m join party.party s on s.id = m.merged_into_id
    where m.merged_into_id is not null and ${isTheirs(scope, 's')}`
  return sql`${sql.join([...owned, merged], sql` union all `)}`
}

function isTheirs(scope: PartyScope, of: 's' | 'p' | 'l'): Condition {
  const any = partsOf(scope, of)
  return any.length === 0 ? sql`false` : sql`(${sql.join(any, sql` or `)})`
}

function partsOf({ departments, salespeople }: PartyScope, of: 's' | 'p' | 'l'): Condition[] {
  return [isOneOf(of, 'salesperson', salespeople), isOneOf(of, 'department', departments)].flat()
}

function isOneOf(of: string, column: string, labels: readonly string[]): Condition[] {
  if (labels.length === 0) return []
  const field = sql.ref(`${of}.${column}`)
  const [only, ...others] = labels
  // One label alone leaves its index in the order of the codes.
  if (others.length === 0) return [sql`${field} = ${only}`]
  return [sql`${field} = any(${list(labels)}::text[])`]
}

/** The same for sums over all rows. */
export function ofPartiesInSum(of: OfParties, partyId: RawBuilder<unknown>): Condition[] {
  return of.partyIds ? ofParties(of, partyId) : visibleInSum(of.actor, partyId)
}

const keptMs = 60_000
const measured = new WeakMap<Reader, Map<string, { count: number; atMs: number }>>()

/**
 * About how many parties are seen, counted once a minute: those of a salesperson and of a department
 * count twice. It decides how a page of their rows is found, never which rows.
 */
export async function measuredScope(db: Reader, scope: PartyScope): Promise<PartyScope> {
  const kept = measured.get(db) ?? new Map()
  measured.set(db, kept)
  const key = JSON.stringify(scope)
  const known = kept.get(key)
  if (known && performance.now() - known.atMs < keptMs) return { ...scope, count: known.count }
  const row = await db.row(sql<{ count: number }>`
    select count(*)::integer as count from (${idsOf(scope)} limit ${setOfSumMost + 1}) seen`)
  const count = row?.count ?? 0
  if (kept.size > 10_000) kept.clear()
  kept.set(key, { count, atMs: performance.now() })
  return { ...scope, count }
}

/** Which of these parties the actor sees. */
export async function visibleIds(
  db: Reader,
  { scope }: Seeing,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (scope === undefined || ids.length === 0) return new Set(ids)
  const rows = await db.rows(sql<{ id: string }>`
    select p.id from party.party p
    where p.id = any(${list(ids)}::uuid[]) and ${isSeen(scope)}`)
  return new Set(rows.map(({ id }) => id))
}

export async function seesParty(db: Reader, actor: Seeing, partyId: string): Promise<boolean> {
  return (await visibleIds(db, actor, [partyId])).has(partyId)
}
