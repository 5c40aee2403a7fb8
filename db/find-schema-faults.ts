import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#server/platform/database.ts'

// Each exception with its reason. A name that no longer needs its place here is a fault too.
const unwatched: Readonly<Record<string, string>> = {
  'party.name_index': 'derived from names that are watched',
  'party.search_key': 'derived from names that are watched',
  'customer.line': 'derived from what other rooms keep, proved by customer verify',
  'exposure.balance': 'the fold of exposure.entry, proved by exposure verify',
  'exposure.position': 'the fold of exposure.entry, proved by exposure verify',
  'exposure.ship_day': 'the fold of exposure.position, proved by exposure verify',
  'file.document_part': 'proved by the hash in file.document whenever it is read',
  'pilot.fired_rule': 'derived from decisions, which are watched',
  'report.figure_day': 'derived from the book, which is watched',
  'report.near_limit': 'derived from exposure.balance, of some minutes ago',
  'notice.notice': 'tells of commands that are in the trail themselves',
  'notice.mail': 'carries notices, written by a job as it tries',
  'user.session_use': 'when somebody was last seen is no decision of anybody',
  'user.api_key_use': 'when a key was last used is no decision of anybody',
}

const withoutCurrency: Readonly<Record<string, string>> = {
  'receivable.allocation': 'in the currency of its invoice, which is that of its credit',
  'order.delivery': 'in the currency of its order',
}

const inexactByNature: Readonly<Record<string, string>> = {
  'company.exchange_rate.rate': 'a rate has as many places as its source gives; it is not money',
}

/** Rooms whose tables are about the machine or about files, not about the business. */
const notWatchedRooms = ['audit', 'platform', 'import']

/** What in the catalogs breaks a rule of the house, one sentence each. */
export async function findSchemaFaults(db: Reader): Promise<string[]> {
  const found: string[] = []
  for (const { query, exceptions = {}, say } of rules) {
    const names = (await db.rows(query)).map((row) => row.name)
    for (const name of names) if (!(name in exceptions)) found.push(`${name} ${say}`)
    for (const name of Object.keys(exceptions)) {
      if (!names.includes(name)) found.push(`${name} needs no exception any more: it ${say}`)
    }
  }
  return found
}

type Rule = {
  readonly query: RawBuilder<{ name: string }>
  readonly say: string
  readonly exceptions?: Readonly<Record<string, string>>
}

const tables = sql`(
  select c.oid, n.nspname as room, n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
    and n.nspname not in ('information_schema', 'graphile_worker', 'public'))`

const columns = sql`(
  select t.oid, t.room, t.name as table_name, t.name || '.' || a.attname as name,
    a.attname::text as attname, format_type(a.atttypid, null) as type, a.attnum
  from ${tables} t join pg_attribute a on a.attrelid = t.oid
  where a.attnum > 0 and not a.attisdropped)`

const isWatched = sql`exists (select from audit.watched w where w.relation = t.name)`

const rules: readonly Rule[] = [
  {
    say: 'has no comment.',
    query: sql`select t.name from ${tables} t
      where coalesce(obj_description(t.oid, 'pg_class'), '') = '' order by 1`,
  },
  {
    say: 'is not watched by the audit.',
    exceptions: unwatched,
    query: sql`select t.name from ${tables} t
      where not ${isWatched} and not t.room = any(${sql.val(notWatchedRooms)}) order by 1`,
  },
  {
    say: 'is watched but its four triggers are not all there and enabled.',
    query: sql`select t.name from ${tables} t where ${isWatched} and (
      select count(*) from pg_trigger g where g.tgrelid = t.oid and g.tgenabled = 'O'
        and (g.tgname, g.tgfoid::regproc::text, g.tgtype) in (
          ('audit_insert', 'audit.record_insert', 4), ('audit_update', 'audit.record_update', 16),
          ('audit_delete', 'audit.record_delete', 8), ('audit_truncate', 'audit.refuse', 34))
      ) <> 4 order by 1`,
  },
  {
    say: 'is watched but has no uuid column "id".',
    query: sql`select t.name from ${tables} t where ${isWatched} and not exists (
      select from ${columns} c where c.oid = t.oid and c.attname = 'id' and c.type = 'uuid')
      order by 1`,
  },
  {
    say: 'is watched but lost a column, which changes the digest of every row.',
    query: sql`select t.name from ${tables} t where ${isWatched} and exists (
      select from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and a.attisdropped)
      order by 1`,
  },
  {
    say: 'is named as watched but is no table.',
    query: sql`select w.relation as name from audit.watched w
      where not exists (select from ${tables} t where t.name = w.relation) order by 1`,
  },
  {
    say: 'has no primary key.',
    // Files wait for import in tables that are read as a whole.
    query: sql`select t.name from ${tables} t where t.room <> 'import' and not exists (
      select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p') order by 1`,
  },
  {
    say: 'belongs to a party, so its primary key must begin with party_id.',
    exceptions: {
      'platform.event': 'read in the order of time by those who listen, for all parties at once',
    },
    query: sql`select t.name from ${tables} t
      join ${columns} c on c.oid = t.oid and c.attname = 'party_id'
      join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
      where t.room <> 'import' and k.conkey[1] <> c.attnum order by 1`,
  },
  {
    say: 'is an amount of money, so it is a bigint.',
    query: sql`select c.name from ${columns} c
      where c.attname ~ '_minor$' and c.type <> 'bigint' order by 1`,
  },
  {
    say: 'has amounts of money but no currency.',
    exceptions: withoutCurrency,
    query: sql`select distinct c.table_name as name from ${columns} c
      where c.attname ~ '_minor$' and not exists (
        select from ${columns} o where o.oid = c.oid and o.attname ~ '(^|_)currency$'
          and o.type = 'character') order by 1`,
  },
  {
    say: 'is of a type that is not exact or not bounded.',
    exceptions: inexactByNature,
    query: sql`select c.name from ${columns} c
      where c.type in ('numeric', 'real', 'double precision', 'money') order by 1`,
  },
  {
    say: 'is a day, so its name ends in _on, and only then.',
    query: sql`select c.name from ${columns} c
      where (c.type = 'date') <> (c.attname ~ '_on$') order by 1`,
  },
  {
    say: 'is a moment with its zone, so its name ends in _at, and only then.',
    query: sql`select c.name from ${columns} c
      where (c.type ~ '^timestamp') <> (c.attname ~ '_at$')
        or c.type = 'timestamp without time zone' order by 1`,
  },
]
