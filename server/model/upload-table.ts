import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { TrainingTable } from '#contract/training-table.ts'
import { openImportFile } from '#server/import/public.ts'
import { missing, mostLevels } from '#server/model/read-table.ts'
import { findTrainingTable, insertTrainingTable } from '#server/model/training-table.store.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { dataFolder } from '#server/platform/installation.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

const most = { rows: 500_000, columns: 300 }
const shownValues = 20
const keptMs = 31 * 24 * 3600 * 1000

/** Where the rows of a table are kept, as CSV. */
export function tablePath(id: string): string {
  return join(dataFolder(), 'model-tables', `${id}.csv`)
}

/** Keeps an uploaded CSV or Excel table to train models on, and tells what its columns are. */
export async function uploadTable(
  context: Context,
  file: { readonly path: string; readonly fileName: string },
): Promise<TrainingTable | Refusal> {
  const opened = await openImportFile(file.path, {})
  if (isRefusal(opened)) return opened
  const id = newId()
  try {
    const table = await opened.open()
    if (isRefusal(table)) return table
    await mkdir(join(dataFolder(), 'model-tables'), { recursive: true })
    await removeOldTables()
    const columns = new Columns()
    await pipeline(columns.lines(table.batches), createWriteStream(tablePath(id)))
    const wrong = columns.refusal()
    if (wrong) return await dropped(id, wrong)
    const kept = await runCommand(
      context,
      {
        name: 'model.upload-table',
        permission: 'policy:write',
        input: { fileName: file.fileName, fileHash: opened.hash.toString('hex') },
        subject: id,
      },
      async (tx) => {
        await insertTrainingTable(tx, {
          ...{ id, fileName: file.fileName, fileHash: opened.hash },
          ...{ rows: columns.rows, columns: columns.told(), uploadedBy: context.actor.name },
        })
        return (await findTrainingTable(tx, id)) ?? gone
      },
    )
    const isOther = isRefusal(kept) || kept.id !== id || context.dryRun === true
    return isOther ? await dropped(id, kept) : kept
  } finally {
    await opened.discard()
  }
}

/** A table with its rows still there. */
export async function keptTable(db: Reader, id: string): Promise<TrainingTable | Refusal> {
  const table = await findTrainingTable(db, id)
  const isThere = await stat(tablePath(id)).then(
    () => true,
    () => false,
  )
  return table && isThere ? table : gone
}

const gone = refuse(
  'not-found',
  'There is no such table, or it is no longer kept: upload it again.',
  {
    zh: '没有这张表，或已过保存期：请重新上传。',
  },
)

async function dropped<Answer>(id: string, answer: Answer): Promise<Answer> {
  await rm(tablePath(id), { force: true })
  return answer
}

async function removeOldTables(): Promise<void> {
  const folder = join(dataFolder(), 'model-tables')
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found && Date.now() - found.mtimeMs > keptMs) await rm(path, { force: true })
  }
}

/** Learns what columns hold while their rows pass by. */
class Columns {
  rows = 0
  #names: string[] = []
  #wrong: Refusal | null = null
  readonly #columns: { missing: number; isNumber: boolean; levels: Set<string> }[] = []

  async *lines(
    batches: AsyncIterable<{ kind: string; rows?: readonly (readonly string[])[] }>,
  ): AsyncGenerator<string> {
    for await (const batch of batches) {
      if (!batch.rows) {
        this.#wrong ??= refuse('file-not-readable', 'The file cannot be read to its end.', {
          zh: '文件读不到末尾。',
        })
        return
      }
      for (const row of batch.rows) {
        if (this.#names.length === 0) this.#head(row)
        else this.#row(row)
        if (this.#wrong) return
        yield `${this.#names.map((_, at) => quoted(row[at] ?? '')).join(',')}\n`
      }
    }
  }

  refusal(): Refusal | null {
    if (this.#wrong) return this.#wrong
    if (this.rows >= 50) return null
    return refuse('invalid-input', `The table has ${this.rows} rows: at least 50 are needed.`, {
      zh: `表里只有 ${this.rows} 行，至少要 50 行。`,
    })
  }

  told(): TrainingTable['columns'] {
    return this.#columns.map(({ isNumber, levels, missing: without }, at) => {
      const isOther = !isNumber && levels.size > mostLevels
      return {
        ...{ name: this.#names[at] ?? '', missing: without },
        kind: isNumber ? 'number' : isOther ? 'other' : 'words',
        values: [...levels].slice(0, shownValues),
      }
    })
  }

  #head(row: readonly string[]): void {
    const names = row.map((name) => name.trim())
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (
      names.length < 2 ||
      names.length > most.columns ||
      twice !== undefined ||
      names.includes('')
    ) {
      this.#wrong = refuse(
        'invalid-input',
        `The first row names the columns: from 2 to ${most.columns}, each with a name of its own` +
          `${twice === undefined ? '' : ` ("${twice}" is there twice)`}.`,
        { zh: `第一行应为列名：2 到 ${most.columns} 列，不能为空，也不能重名。` },
      )
      return
    }
    this.#names = names
    for (const _ of names) this.#columns.push({ missing: 0, isNumber: true, levels: new Set() })
  }

  #row(row: readonly string[]): void {
    this.rows += 1
    if (this.rows > most.rows) {
      this.#wrong = refuse('invalid-input', `A table has at most ${most.rows} rows.`, {
        zh: `表最多 ${most.rows} 行。`,
      })
    }
    for (const [at, column] of this.#columns.entries()) {
      const cell = (row[at] ?? '').trim()
      if (missing.has(cell)) column.missing += 1
      else {
        if (column.isNumber && Number.isNaN(Number(cell))) column.isNumber = false
        if (column.levels.size <= mostLevels) column.levels.add(cell)
      }
    }
  }
}

function quoted(cell: string): string {
  return /[",\r\n;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
