import type { Readable, Writable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { isId } from '#server/platform/ids.ts'
import { statementOf } from '#server/platform/statement.ts'

// `date` stays text (a Day has no zone), `bigint` is exact, a moment is ISO text in UTC.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text))
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, toInstant)

/**
 * `prepared` keeps a statement parsed and planned on each connection: for the few that run for every
 * request or credit check, whose texts are few and whose values alone differ. Of those whose texts
 * differ with what is asked, `while-few` keeps the first that come.
 */
export type Asking = { readonly prepared: true | 'while-few' }

/** What can be asked. Stores that only read take this. */
export type Reader = {
  rows<Row>(query: RawBuilder<Row>, how?: Asking): Promise<Row[]>
  row<Row>(query: RawBuilder<Row>, how?: Asking): Promise<Row | undefined>
  /**
   * Asks several things without waiting for each answer before the next, where the connection lets
   * it: a message there and back costs more than most of what a credit check asks. The database
   * takes them in their order.
   */
  together<Answers extends readonly unknown[]>(
    ...asked: { readonly [Place in keyof Answers]: () => Promise<Answers[Place]> }
  ): Promise<Answers>
  /** Bytes of `copy (...) to stdout`; read it to the end. */
  copyOut(query: RawBuilder<unknown>): Promise<Readable>
}

/** What can be changed, inside one transaction. Only `runCommand` hands it out. */
export type Transaction = Reader & {
  /** Runs a statement and tells how many rows it touched. */
  run(query: RawBuilder<unknown>, how?: Asking): Promise<number>
  /** A stream into `copy table (...) from stdin`; await its `finish`. */
  copyIn(copy: RawBuilder<unknown>): Writable
}

export type Database = Reader & {
  readonly pool: pg.Pool
  /**
   * Runs statements in one transaction; `runCommand` is what rooms use. It names the audit entry
   * (a UUID) under which watched tables record what is done. A pipelined one takes no COPY.
   */
  transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    how?: { readonly entryId?: string; readonly pipelined?: boolean },
  ): Promise<Result>
  /** Reads one state of the database, however long it takes and whatever is written meanwhile. */
  snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export function openDatabase(connection: pg.PoolConfig, applicationName: string): Database {
  const settings = {
    max: 20,
    application_name: applicationName,
    options: '-c timezone=UTC -c search_path=pg_catalog',
    ...connection,
  }
  const pool = openPool(settings)
  // What runs here runs all the time, by keys: a plan is made once, not for each list of keys.
  const once = `${settings.options} -c plan_cache_mode=force_generic_plan -c jit=off`
  const pipelined = openPool({ ...settings, options: once, max: 4, pipeline: true })
  return {
    pool,
    together: (...asked) => Promise.all(asked.map((ask) => ask())) as never,
    rows: (query, how) => rows(pool, query, how),
    row: async (query, how) => (await rows(pool, query, how))[0],
    copyOut: async (query) => {
      const client = await pool.connect()
      const stream = copyOut(client, query)
      stream.once('close', () => client.release())
      return stream
    },
    transaction: (work, how) =>
      inTransaction(how?.pipelined ? pipelined : pool, beginning(how?.entryId), work),
    snapshot: (work) =>
      inTransaction(pool, 'begin isolation level repeatable read, read only', work),
    close: async () => {
      await Promise.all([pool.end(), pipelined.end()])
    },
  }
}

function openPool(settings: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(settings)
  // An idle connection that breaks is dropped by the pool; the next query opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Begins and names the entry by one message to the database. */
function beginning(entryId: string | undefined): string {
  if (entryId === undefined) return 'begin'
  if (!isId(entryId)) throw new Error('an audit entry is a UUID')
  return `begin; set local xinheng.entry = '${entryId}'`
}

async function inTransaction<Result>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const [, result] = await togetherOn(client, [
      () => client.query(begin),
      () => work(transactionOn(client)),
    ])
    await client.query('commit')
    return result as Result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function transactionOn(client: pg.PoolClient): Transaction {
  return {
    together: async (...asked) => (await togetherOn(client, asked)) as never,
    rows: (query, how) => rows(client, query, how),
    row: async (query, how) => (await rows(client, query, how))[0],
    run: async (query, how) => (await ask(client, query, how)).rowCount ?? 0,
    copyOut: async (query) => copyOut(client, query),
    copyIn: (copy) => client.query(copyFrom(query(copy))),
  }
}

/**
 * Asks without waiting for answers in between where the connection takes that. It ends when all did,
 * so that nothing is asked after a rollback, and fails by what failed first.
 */
async function togetherOn(
  client: pg.PoolClient,
  asked: readonly (() => Promise<unknown>)[],
): Promise<unknown[]> {
  const answers: unknown[] = []
  if (!client.pipeline) {
    for (const ask of asked) answers.push(await ask())
    return answers
  }
  sendAtOnce(client)
  let failure: { readonly error: unknown } | undefined
  const answer = async (ask: () => Promise<unknown>, place: number) => {
    try {
      answers[place] = await ask()
    } catch (error) {
      if (!failure || isAftermath(failure.error)) failure = { error }
    }
  }
  await Promise.all(asked.map(answer))
  if (failure) throw failure.error
  return answers
}

/** 25P02: refused since something before it in the transaction failed, which is what to tell. */
function isAftermath(error: unknown): boolean {
  return (error as { code?: string }).code === '25P02'
}

const gathering = new WeakSet<pg.PoolClient>()

/** Has what is asked in this turn go out by one write: each is a call of the system. */
function sendAtOnce(client: pg.PoolClient): void {
  if (gathering.has(client)) return
  gathering.add(client)
  const { stream } = client.connection
  stream.cork()
  process.nextTick(() => {
    gathering.delete(client)
    stream.uncork()
  })
}

async function rows<Row>(
  on: pg.Pool | pg.PoolClient,
  raw: RawBuilder<Row>,
  how?: Asking,
): Promise<Row[]> {
  return (await ask(on, raw, how)).rows
}

function ask(on: pg.Pool | pg.PoolClient, raw: RawBuilder<unknown>, how?: Asking) {
  const { text, values } = statementOf(raw)
  const name = how && nameOf(text, how)
  return on.query(name === undefined ? { text, values } : { name, text, values })
}

const few = 64
const statementNames = new Map<string, string>()
let manyNamed = 0

function nameOf(text: string, { prepared }: Asking): string | undefined {
  const known = statementNames.get(text)
  if (known !== undefined) return known
  if (prepared === 'while-few') {
    if (manyNamed === few) return undefined
    manyNamed += 1
  }
  const name = `s${statementNames.size}`
  statementNames.set(text, name)
  return name
}

function copyOut(client: pg.PoolClient, raw: RawBuilder<unknown>): Readable {
  return client.query(copyTo(query(raw)))
}

/** COPY takes no parameters: its text is built from `sql.lit` and `sql.ref` only. */
function query(raw: RawBuilder<unknown>): string {
  const { text, values } = statementOf(raw)
  if (values.length > 0) throw new Error('copy takes no parameters: use sql.lit')
  return text
}

/** `2026-11-24 00:38:30.763+00` as `2026-11-24T00:38:30.763Z`. */
function toInstant(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, '')}Z`
}

/** A list of uuids, texts … as one array parameter: `any(${list(ids)}::uuid[])`. */
export function list<Item>(items: readonly Item[]): RawBuilder<unknown> {
  return sql.val(arrayText(items) ?? items)
}

/**
 * A list as PostgreSQL spells it, where nothing in it needs quotes: ids, days, codes and numbers,
 * which the driver would examine sign by sign. Undefined where something does.
 */
function arrayText(items: readonly unknown[]): string | undefined {
  let text = ''
  for (const item of items) {
    const isPlain =
      typeof item === 'string'
        ? plainItem.test(item) && !(item.length === 4 && /null/i.test(item))
        : typeof item === 'bigint' || typeof item === 'boolean' || Number.isSafeInteger(item)
    if (!isPlain && item !== null && item !== undefined) return undefined
    text += `${text === '' ? '' : ','}${isPlain ? item : 'NULL'}`
  }
  return `{${text}}`
}

const plainItem = /^[\w.:+-]+$/

/** Walks a large result in one snapshot or transaction without holding it. */
export async function* walk<Row>(
  reader: Reader,
  query: RawBuilder<Row>,
  batchSize: number,
): AsyncGenerator<Row[]> {
  const name = sql.id(`walk_${cursors++}`)
  await reader.rows(sql`declare ${name} no scroll cursor for ${query}`)
  for (;;) {
    const batch = await reader.rows(sql<Row>`fetch ${sql.lit(batchSize)} from ${name}`)
    if (batch.length > 0) yield batch
    if (batch.length < batchSize) break
  }
  await reader.rows(sql`close ${name}`)
}

let cursors = 0
