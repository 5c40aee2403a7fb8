import { sql } from 'kysely'
import pg from 'pg'
import { type Figures, figuresOf } from '#bench/latencies.ts'
import type { Database } from '#server/platform/database.ts'

const connections = 32

/**
 * The least that a credit check can be: one SQL function that raises an account's sum where its limit
 * allows and writes one row of a ledger, committed durably, called through `pg` by 32 connections.
 */
export async function prepareYardstick(db: Database, accounts: number): Promise<void> {
  await db.pool.query(`
    create schema yardstick;
    create table yardstick.account (
      id integer primary key, limit_minor bigint not null, used_minor bigint not null
    ) with (fillfactor = 50);
    create table yardstick.entry (
      id uuid primary key, account_id integer not null, amount_minor bigint not null,
      recorded_at timestamptz not null default now()
    );
    create function yardstick.reserve(asked integer, entry uuid, minor bigint) returns boolean
    language plpgsql as $$
    begin
      update yardstick.account set used_minor = used_minor + minor
        where id = asked and used_minor + minor <= limit_minor;
      if not found then return false; end if;
      insert into yardstick.entry (id, account_id, amount_minor) values (entry, asked, minor);
      return true;
    end $$`)
  await db.rows(sql`
    insert into yardstick.account select i, 1000000000000, 0
    from generate_series(1, ${accounts}::integer) i`)
  await db.rows(sql`vacuum analyze yardstick.account`)
}

export async function runYardstick(
  db: Database,
  of: { accounts: number; seconds: number },
): Promise<Figures> {
  const { options } = db.pool
  const pool = new pg.Pool({ ...options, password: options.password, max: connections })
  const endMs = performance.now() + of.seconds * 1000
  const cpu = process.cpuUsage()
  const latenciesMs: number[] = []
  const begunMs = performance.now()
  const client = async () => {
    while (performance.now() < endMs) {
      const askedMs = performance.now()
      const account = 1 + Math.floor(Math.random() * of.accounts)
      const reply = await pool.query({
        name: 'reserve',
        text: 'select yardstick.reserve($1, $2, $3)',
        values: [account, crypto.randomUUID(), 10_000],
      })
      if (reply.rows[0].reserve !== true) throw new Error('the yardstick was refused')
      latenciesMs.push(performance.now() - askedMs)
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  const seconds = (performance.now() - begunMs) / 1000
  await pool.end()
  return figuresOf({ latenciesMs, checks: latenciesMs.length, seconds, cpuSeconds: cpuSince(cpu) })
}

export function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
