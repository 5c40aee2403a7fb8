import { sql } from 'kysely'
import type { Party, PartyFile } from '#contract/party.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { historyOfRow } from '#server/audit/public.ts'
import { findParties } from '#server/party/party.store.ts'
import { showParty } from '#server/party/show-party.ts'
import type { Context } from '#server/platform/run-command.ts'

/**
 * A credit file as it read at the end of a day: today's with every later change of its fields taken
 * back, as the audit trail kept them, and without what was added later.
 */
export async function partyAsOf(
  context: Pick<Context, 'db' | 'actor' | 'today'>,
  partyId: string,
  on: { readonly asOf: Day; readonly timeZone: string },
): Promise<PartyFile | Refusal> {
  const { db, today } = context
  const file = await showParty(context, partyId)
  if (isRefusal(file) || on.asOf >= today) return file
  const [end, history] = await Promise.all([
    db.row(sql<{ at: string }>`
      select ((${on.asOf}::date + 1)::timestamp at time zone ${on.timeZone}) as at`),
    historyOfRow(db, partyId),
  ])
  const isLater = (at: string) => end !== undefined && Date.parse(at) >= Date.parse(end.at)
  let party: Party = file
  for (const { changedAt, fields } of history) {
    if (!isLater(changedAt)) break
    party = { ...party, ...fieldsBefore(fields) }
  }
  const linked = [party.groupParentId, party.payerId, party.mergedIntoId].filter(
    (id) => id !== null,
  )
  const heads = linked.length === 0 ? [] : await findParties(db, linked)
  const headOf = (id: string | null) => heads.find((head) => head.id === id) ?? null
  return {
    ...file,
    ...party,
    groupParent: headOf(party.groupParentId),
    payer: headOf(party.payerId),
    mergedInto: headOf(party.mergedIntoId),
    identifiers: file.identifiers.filter(({ createdAt }) => !isLater(createdAt)),
    otherNames: file.otherNames.filter(({ createdAt }) => !isLater(createdAt)),
  }
}

const fieldOf: Readonly<Record<string, keyof Party>> = {
  code: 'code',
  name: 'name',
  short_name: 'shortName',
  roles: 'roles',
  industry: 'industry',
  region: 'region',
  country: 'country',
  department: 'department',
  salesperson: 'salesperson',
  currency: 'currency',
  terms: 'terms',
  since_on: 'sinceOn',
  founded_on: 'foundedOn',
  group_parent_id: 'groupParentId',
  payer_id: 'payerId',
  merged_into_id: 'mergedIntoId',
  closed_on: 'closedOn',
  note: 'note',
}

function fieldsBefore(fields: Readonly<Record<string, [unknown, unknown]>>): Partial<Party> {
  const changed = Object.entries(fields).flatMap(([column, [before]]) => {
    const field = fieldOf[column]
    return field === undefined ? [] : [[field, before] as const]
  })
  return Object.fromEntries(changed)
}
