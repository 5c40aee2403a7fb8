import { sql } from 'kysely'
import pg from 'pg'
import { type Figures, figuresOf } from '#bench/latencies.ts'
import { seededPartyId } from '#bench/seed-accounts.ts'
import type { Database } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

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

/**
 * The least that an accountable check can be: one SQL function that decides nothing, but locks the
 * account and writes what every check must leave behind, each by its own transaction: its audit
 * entry, its key, its decision (as long as one that a check made), entry, balance and position.
 */
export async function prepareRecordYardstick(db: Database): Promise<void> {
  await db.pool.query(`
    create table yardstick.sample as
      select inputs, result, hash, policy_id, engine from "check".decision limit 1;
    create function yardstick.record(asked uuid, id uuid, document text, minor bigint)
    returns boolean language plpgsql as $$
    begin
      perform set_config('xinheng.entry', id::text, true);
      insert into audit.entry (id, actor_kind, actor_id, actor_name, command, input_hash, details)
        values (id, 'key', 'yardstick', 'yardstick', 'credit-check.run', '', '{"checks": 1}');
      perform 1 from exposure.account where party_id = asked for update;
      insert into platform.idempotency_key (actor_id, key, command, input_hash, reply)
        values ('yardstick', document, 'credit-check.run', sha256(document::bytea),
          jsonb_build_array(jsonb_build_object('partyId', asked, 'decisionId', id)));
      insert into "check".decision (party_id, id, mode, checkpoint, outcome, document_id, number,
        currency, amount_minor, policy_id, engine, inputs, result, hash, decided_for)
        select asked, id, 'reserve', 'order', 'approved', id, document, 'CNY', minor, s.policy_id,
          s.engine, s.inputs, s.result, s.hash, 'yardstick' from yardstick.sample s;
      insert into exposure.entry (party_id, account_id, id, stage, currency, amount_minor,
        document_kind, document_id, number, cause, effective_on, decision_id)
        values (asked, asked, id, 'order', 'CNY', minor, 'reservation', id, document, 'reserved',
          current_date, id);
      insert into exposure.balance as b (party_id, account_id, currency, order_minor)
        values (asked, asked, 'CNY', minor)
        on conflict (party_id, account_id, currency)
        do update set order_minor = b.order_minor + excluded.order_minor;
      insert into exposure.position (party_id, document_id, stage, account_id, document_kind, number,
        order_number, currency, amount_minor, expires_at)
        values (asked, id, 'order', asked, 'reservation', document, document, 'CNY', minor,
          now() + interval '7 days');
      return true;
    end $$`)
}

/** Records by 32 connections, as checks would be that wait for nothing but the database. */
export function runRecordYardstick(
  db: Database,
  of: { accounts: number; seconds: number },
): Promise<Figures> {
  return callByAll(db, of.seconds, () => ({
    name: 'record',
    text: 'select yardstick.record($1, $2, $3, $4) as done',
    values: [seededPartyId(anyOf(of.accounts)), newId(), crypto.randomUUID(), 10_000],
  }))
}

export function runYardstick(
  db: Database,
  of: { accounts: number; seconds: number },
): Promise<Figures> {
  return callByAll(db, of.seconds, () => ({
    name: 'reserve',
    text: 'select yardstick.reserve($1, $2, $3) as done',
    values: [anyOf(of.accounts), crypto.randomUUID(), 10_000],
  }))
}

function anyOf(accounts: number): number {
  return 1 + Math.floor(Math.random() * accounts)
}

/** Calls a function by all connections, each waiting for its answer before it asks again. */
async function callByAll(
  db: Database,
  seconds: number,
  call: () => pg.QueryConfig,
): Promise<Figures> {
  const { options } = db.pool
  const pool = new pg.Pool({ ...options, password: options.password, max: connections })
  const cpu = process.cpuUsage()
  const latenciesMs: number[] = []
  const begunMs = performance.now()
  const client = async () => {
    for (;;) {
      const askedMs = performance.now()
      if (askedMs >= begunMs + seconds * 1000) return
      const reply = await pool.query(call())
      if (reply.rows[0].done !== true) throw new Error('the yardstick was refused')
      latenciesMs.push(performance.now() - askedMs)
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  const took = (performance.now() - begunMs) / 1000
  await pool.end()
  return figuresOf({
    ...{ latenciesMs, checks: latenciesMs.length, seconds: took, cpuSeconds: cpuSince(cpu) },
  })
}

export function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
