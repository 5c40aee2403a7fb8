import type { Readable, Writable } from 'node:stream'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

// `date` stays text (a Day has no zone), `bigint` is exact, a moment is ISO text in UTC.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text))
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, toInstant)

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** What can be asked. Stores that only read take this. */
export type Reader = {
  rows<Row>(query: RawBuilder<Row>): Promise<Row[]>
  row<Row>(query: RawBuilder<Row>): Promise<Row | undefined>
  /** Bytes of `copy (...) to stdout`; read it to the end. */
  copyOut(query: RawBuilder<unknown>): Promise<Readable>
}

/** What can be changed, inside one transaction. Only `runCommand` hands it out. */
export type Transaction = Reader & {
  /** Runs a statement and tells how many rows it touched. */
  run(query: RawBuilder<unknown>): Promise<number>
  /** A stream into `copy table (...) from stdin`; await its `finish`. */
  copyIn(copy: RawBuilder<unknown>): Writable
}

export type Database = Reader & {
  readonly pool: pg.Pool
  /** Runs statements in one transaction; `runCommand` is what rooms use. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** Reads one state of the database, however long it takes and whatever is written meanwhile. */
  snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export function openDatabase(connection: pg.PoolConfig, applicationName: string): Database {
  const pool = new pg.Pool({
    max: 20,
    application_name: applicationName,
    options: '-c timezone=UTC -c search_path=pg_catalog',
    ...connection,
  })
  // An idle connection that breaks is dropped by the pool; the next query opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    pool,
    rows: (query) => rows(pool, query),
    row: async (query) => (await rows(pool, query))[0],
    copyOut: async (query) => {
      const client = await pool.connect()
      const stream = copyOut(client, query)
      stream.once('close', () => client.release())
      return stream
    },
    transaction: (work) => inTransaction(pool, 'begin', work),
    snapshot: (work) =>
      inTransaction(pool, 'begin isolation level repeatable read, read only', work),
    close: () => pool.end(),
  }
}

async function inTransaction<Result>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(transactionOn(client))
    await client.query('commit')
    return result
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
    rows: (query) => rows(client, query),
    row: async (query) => (await rows(client, query))[0],
    run: async (query) => {
      const { sql: text, parameters } = query.compile(compiler)
      return (await client.query(text, [...parameters])).rowCount ?? 0
    },
    copyOut: async (query) => copyOut(client, query),
    copyIn: (copy) => client.query(copyFrom(query(copy))),
  }
}

async function rows<Row>(on: pg.Pool | pg.PoolClient, raw: RawBuilder<Row>): Promise<Row[]> {
  const { sql: text, parameters } = raw.compile(compiler)
  return (await on.query(text, [...parameters])).rows
}

function copyOut(client: pg.PoolClient, raw: RawBuilder<unknown>): Readable {
  return client.query(copyTo(query(raw)))
}

/** COPY takes no parameters: its text is built from `sql.lit` and `sql.ref` only. */
function query(raw: RawBuilder<unknown>): string {
  const { sql: text, parameters } = raw.compile(compiler)
  if (parameters.length > 0) throw new Error('copy takes no parameters: use sql.lit')
  return text
}

/** `2026-11-24 00:38:30.763+00` as `2026-11-24T00:38:30.763Z`. */
function toInstant(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, '')}Z`
}

/** A list of uuids, texts … as one array parameter: `any(${list(ids)}::uuid[])`. */
export function list<Item>(items: readonly Item[]): RawBuilder<unknown> {
  return sql.val(items)
}

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
