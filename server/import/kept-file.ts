import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { takenWithBadRows } from '#server/import/batch.store.ts'
import type { Reader } from '#server/platform/database.ts'
import { dataFolder } from '#server/platform/installation.ts'

/** Where the file of an import is kept while it may be read again. */
export function keptPath(id: string): string {
  return join(folder(), id)
}

/** Keeps a copy of a file under an id. */
export async function keepFile(path: string, id: string): Promise<string> {
  await mkdir(folder(), { recursive: true })
  await copyFile(path, keptPath(id))
  return keptPath(id)
}

export function isKept(id: string): Promise<boolean> {
  return stat(keptPath(id)).then(
    () => true,
    () => false,
  )
}

export async function dropKept(id: string): Promise<void> {
  await rm(keptPath(id), { force: true })
}

const dayMs = 24 * 3600 * 1000
const monthMs = 31 * dayMs

/**
 * Removes files after a day. Those that were taken without their bad rows stay a month: their error
 * workbooks are made from them.
 */
export async function removeOldUploads(db: Reader, nowMs: number): Promise<void> {
  const names = (await readdir(folder()).catch(() => [])).filter((name) =>
    /^[0-9a-f-]{36}$/.test(name),
  )
  const ages: { id: string; ageMs: number }[] = []
  for (const id of names) {
    // Gone in the meantime is as good as new.
    const mtimeMs = await stat(keptPath(id)).then(
      (found) => found.mtimeMs,
      () => nowMs,
    )
    ages.push({ id, ageMs: nowMs - mtimeMs })
  }
  const old = ages.filter(({ ageMs }) => ageMs > dayMs)
  const needed = await takenWithBadRows(
    db,
    old.map(({ id }) => id),
  )
  for (const { id, ageMs } of old) {
    if (ageMs > monthMs || !needed.includes(id)) await dropKept(id)
  }
}

function folder(): string {
  return join(dataFolder(), 'uploads')
}
