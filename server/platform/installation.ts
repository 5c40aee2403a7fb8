import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type pg from 'pg'
import { type Database, openDatabase } from '#server/platform/database.ts'
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts'

const root = resolve(import.meta.dirname, '../..')

export const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

/** Where this installation keeps what it must not lose: `XINHENG_DATA`, or `data` beside the code. */
export function dataFolder(): string {
  return resolve(process.env.XINHENG_DATA ?? join(root, 'data'))
}

export type Installation = {
  readonly db: Database
  readonly embedded: boolean
  /** Closes the connections and stops the embedded database unless others use it. */
  close(): Promise<void>
}

/** Connects to `DATABASE_URL`, or starts (or joins) the embedded PostgreSQL of the data folder. */
export async function openInstallation(applicationName: string): Promise<Installation> {
  const url = process.env.DATABASE_URL
  if (url) {
    const db = openDatabase({ connectionString: url }, applicationName)
    await requireVersion(db.pool)
    return { db, embedded: false, close: () => db.close() }
  }
  const folder = dataFolder()
  mkdirSync(folder, { recursive: true })
  const postgres = await startEmbeddedPostgres(folder)
  const db = openDatabase(postgres.connection, applicationName)
  return {
    db,
    embedded: true,
    close: async () => {
      await db.close()
      await postgres.leave()
    },
  }
}

async function requireVersion(pool: pg.Pool): Promise<void> {
  const shown = await pool.query("select current_setting('server_version_num')::int as number")
  const number: number = shown.rows[0].number
  if (number < 150_000) {
    throw new Error(`DATABASE_URL is a PostgreSQL ${Math.floor(number / 10_000)}: 15 is needed.`)
  }
}

/** The server that runs on this data folder, as it noted itself; undefined when none answers. */
export async function runningServer(): Promise<{ pid: number; url: string } | undefined> {
  const file = join(dataFolder(), 'server.json')
  if (!existsSync(file)) return undefined
  try {
    const noted: { pid: number; url: string } = JSON.parse(readFileSync(file, 'utf8'))
    const health = await fetch(`${noted.url}/health`, { signal: AbortSignal.timeout(2000) })
    const { service } = (await health.json()) as { service?: string }
    return service === 'xinheng' ? noted : undefined
  } catch {
    return undefined
  }
}
