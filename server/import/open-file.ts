import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ImportOptions } from '#contract/import.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { openTable } from '#server/import/read-table.ts'
import { defaultLimits, type Table } from '#server/import/table.ts'

/** A file at hand for as many readings as it takes. */
export type ImportFile = {
  /** Of the bytes as they came, compressed or not. */
  readonly hash: Buffer
  readonly bytes: number
  readonly compressed: boolean
  /** Reads it from the start. */
  readonly open: () => Promise<Table | Refusal>
  /** Removes what was unpacked; the file itself stays. */
  readonly discard: () => Promise<void>
}

/** Takes a file's hash and unpacks it where it is compressed by gzip. */
export async function openImportFile(
  path: string,
  options: ImportOptions,
): Promise<ImportFile | Refusal> {
  const handle = await open(path, 'r').catch(() => null)
  if (!handle)
    return refuse('file-not-readable', `There is no file ${path}, or it is not ours to read.`)
  const status = await handle.stat()
  const head = Buffer.alloc(2)
  if (status.isFile()) await handle.read(head, 0, 2, 0)
  await handle.close()
  if (!status.isFile()) return refuse('file-not-readable', `${path} is a folder, not a file.`)
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const compressed = head[0] === 0x1f && head[1] === 0x8b
  const unpacked = compressed ? await unpack(path) : { path, discard: async () => {} }
  if ('refused' in unpacked) return unpacked
  return {
    hash: hash.digest(),
    bytes: status.size,
    compressed,
    open: () => openAsTable(unpacked.path, options),
    discard: unpacked.discard,
  }
}

type Unpacked = { readonly path: string; readonly discard: () => Promise<void> }

async function unpack(path: string): Promise<Unpacked | Refusal> {
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-import-'))
  const discard = () => rm(folder, { recursive: true, force: true })
  const target = join(folder, 'file')
  let bytes = 0
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > defaultLimits.fileBytes ? tooLarge : null, chunk)
    },
  })
  try {
    await pipeline(createReadStream(path), createGunzip(), limited, createWriteStream(target))
    return { path: target, discard }
  } catch (error) {
    await discard()
    const { code } = error as { code?: string }
    if (error === tooLarge) return refuse('file-not-readable', tooLarge.message, tooLargeFacts)
    if (!code?.startsWith('Z_')) throw error
    return refuse('file-not-readable', 'The gzip file is damaged or cut off: export it again.', {
      zh: 'gzip 文件已损坏或不完整：请重新导出。',
    })
  }
}

const gigabytes = defaultLimits.fileBytes / 2 ** 30
const tooLarge = new Error(`The file is over ${gigabytes} GB once unpacked: split it.`)
const tooLargeFacts = { zh: `文件解压后超过 ${gigabytes} GB：请拆成几个文件。` }

async function openAsTable(path: string, options: ImportOptions): Promise<Table | Refusal> {
  const opening = await openTable(
    { path },
    {
      ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
      ...(options.delimiter === undefined ? {} : { delimiter: delimiterOf(options.delimiter) }),
      ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
    },
  )
  if (opening.kind === 'table') return opening
  return refuse('file-not-readable', `${opening.message.en}.`, {
    why: opening.kind,
    zh: opening.message.zh,
  })
}

function delimiterOf(text: string): string {
  return text === '\\t' || text === 'tab' ? '\t' : text
}
