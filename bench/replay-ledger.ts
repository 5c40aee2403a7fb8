import { sql } from 'kysely'
import type { Stage } from '#kernel/exposure/stage.ts'
import { type Database, type Reader, walk } from '#server/platform/database.ts'

/** What is wrong with the ledger, in sentences, and how much of it was looked at. */
export type Replay = {
  readonly entries: number
  readonly raises: number
  readonly released: number
  readonly faults: readonly string[]
}

const standardToleranceBps = 500n

type Account = {
  readonly id: string
  readonly partyId: string
  readonly level: string
  readonly chargedPartyId: string
  readonly aboveIds: readonly string[]
  readonly limitMinor: bigint | null
  readonly toleranceBps: number | null
  status: string
  netMinor: bigint
}

type Event = {
  readonly entryId: string | null
  readonly accountId: string
  readonly stage: Stage | null
  readonly minor: bigint | null
  readonly decisionId: string | null
  readonly outcome: string | null
  readonly result: string | null
  readonly status: [string, string] | null
}

/**
 * Goes through the ledger entry by entry in the order in which the accounts were locked, which the
 * positions of the audit trail tell, with nothing of the code that wrote it: no approval may leave an
 * account beyond limit and tolerance or pass a frozen one, unless a release of a person is recorded;
 * and what each decision says of the exposure after it is what the ledger had then. All amounts are
 * of one currency, and limits and ties stay as they are meanwhile.
 */
export function replayLedger(db: Database): Promise<Replay> {
  return db.snapshot(async (reader) => {
    const accounts = await accountsBefore(reader)
    const faults: string[] = []
    const counts = { entries: 0, raises: 0, released: 0 }
    let open: Event[] = []
    const close = () => {
      const [first] = open
      if (first?.decisionId) judge(accounts, open, counts, faults)
      open = []
    }
    for await (const events of walk(reader, eventsInOrder, 5000)) {
      for (const event of events) {
        const account = accounts.get(event.accountId)
        if (!account) throw new Error(`no account ${event.accountId}`)
        if (open[0]?.decisionId !== event.decisionId) close()
        if (event.status) account.status = event.status[1]
        if (event.entryId === null) continue
        counts.entries += 1
        const minor = signed(event)
        for (const id of [account.id, ...account.aboveIds]) {
          const counting = accounts.get(id)
          if (counting) counting.netMinor += minor
        }
        open.push(event)
      }
    }
    close()
    faults.push(...(await releasesMissing(reader)))
    return { ...counts, faults }
  })
}

const secured = new Set<Stage | null>(['prepayment', 'letter-of-credit', 'insured', 'collateral'])

function signed({ stage, minor }: Event): bigint {
  return secured.has(stage) ? -(minor ?? 0n) : (minor ?? 0n)
}

/** What a decision let into the ledger, judged by where it left the accounts. */
function judge(
  accounts: ReadonlyMap<string, Account>,
  events: readonly Event[],
  counts: { raises: number; released: number },
  faults: string[],
): void {
  const [first] = events
  const leaf = accounts.get(first?.accountId ?? '')
  if (!first || !leaf) return
  const result = JSON.parse(first.result ?? '{}') as {
    levels: [string, string][]
    releasedBy?: string
  }
  const levels = [leaf, ...leaf.aboveIds.flatMap((id) => accounts.get(id) ?? [])].filter(
    ({ level, partyId }) => level === 'group' || partyId === leaf.chargedPartyId,
  )
  const said = (what: string) => faults.push(`decision ${first.decisionId}: ${what}`)
  if (first.outcome === 'held' || first.outcome === null)
    said('it is held or unknown, yet it posted')
  const raise = events.reduce((sum, event) => sum + signed(event), 0n)
  if (raise > 0n) counts.raises += 1
  if (result.releasedBy) counts.released += 1
  for (const [index, at] of levels.entries()) {
    const { id, level, limitMinor, status, toleranceBps } = at
    const net = netOf(accounts, at, leaf.chargedPartyId)
    const told = result.levels[index]?.[1]
    if (told !== net.toString()) said(`it tells ${told} after it at ${level} ${id}, not ${net}`)
    if (status === 'frozen' && raise > 0n) said(`it passed the frozen ${level} ${id}`)
    if (result.releasedBy || raise <= 0n || (limitMinor === null && level !== 'party')) continue
    const limit = limitMinor ?? 0n
    const tolerance = toleranceBps === null ? standardToleranceBps : BigInt(toleranceBps)
    const most = limit + (limit * tolerance) / 10_000n
    if (net > most) said(`it leaves ${net} at ${level} ${id}, where ${most} is the most`)
  }
}

/** A group stands without what members other than the one that asks are ahead. */
function netOf(accounts: ReadonlyMap<string, Account>, at: Account, chargedId: string): bigint {
  let minor = at.netMinor
  if (at.level === 'group') {
    for (const member of accounts.values()) {
      const other = member.level === 'party' && member.partyId === member.chargedPartyId
      if (!other || member.partyId === chargedId || !member.aboveIds.includes(at.id)) continue
      if (member.netMinor < 0n) minor -= member.netMinor
    }
  }
  return minor > 0n ? minor : 0n
}

/** Accounts as they were before anything was posted; a status that was changed is the first one. */
async function accountsBefore(reader: Reader): Promise<Map<string, Account>> {
  const rows = await reader.rows(sql<Omit<Account, 'netMinor'>>`
    select a.id, a.party_id as "partyId", a.level, a.charged_party_id as "chargedPartyId",
      a.above_ids as "aboveIds", a.limit_minor as "limitMinor", a.tolerance_bps as "toleranceBps",
      'open' as status
    from exposure.account a`)
  return new Map(rows.map((row) => [row.id, { ...row, netMinor: 0n }]))
}

const eventsInOrder = sql<Event>`
  select * from (
    select c.position, e.id as "entryId", e.account_id as "accountId", e.stage,
      e.amount_minor as minor, e.decision_id as "decisionId", d.outcome, d.result,
      null::jsonb as status
    from audit.change c
    cross join unnest(c.row_ids) as k (id)
    join exposure.entry e on e.id = k.id
    left join "check".decision d on d.party_id = e.party_id and d.id = e.decision_id
    where c.relation = 'exposure.entry'
    union all
    select c.position, null, k.id, null, null, null, null, null,
      c.differences -> k.id::text -> 'status'
    from audit.change c cross join unnest(c.row_ids) as k (id)
    where c.relation = 'exposure.account' and c.operation = 'update'
      and c.differences -> k.id::text ? 'status'
  ) events
  order by position, "entryId"`

async function releasesMissing(reader: Reader): Promise<string[]> {
  const rows = await reader.rows(sql<{ id: string }>`
    select d.id from "check".decision d
    where d.result like '%"releasedBy"%' and not exists (
      select from "check".release r where r.id = (d.result::jsonb ->> 'releasedBy')::uuid)`)
  return rows.map(({ id }) => `decision ${id} names a release that is not recorded`)
}
