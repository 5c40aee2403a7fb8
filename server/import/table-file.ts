import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where a table comes from: a path, bytes in memory, or a stream that is read once. */
export type TableSource =
  | { readonly path: string }
  | { readonly bytes: Uint8Array }
  | { readonly stream: Readable }

/** A file that can be read from any place, as a check of its encoding and ZIP archives need. */
export type TableFile = {
  readonly size: number
  /** Bytes from `position`, fewer at the end of the file. */
  readonly read: (position: number, length: number) => Promise<Buffer>
  /** Bytes from `start` up to `end` (not included). */
  readonly stream: (start: number, end: number) => Readable
  readonly close: () => Promise<void>
}

type FileOpening =
  | { readonly kind: 'file'; readonly file: TableFile }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'too-large'; readonly largestBytes: number }

/** Opens a source; a stream is first written to a temporary file that `close` removes. */
export async function openTableFile(
  source: TableSource,
  largestBytes: number,
): Promise<FileOpening> {
  if ('bytes' in source) return openBytes(Buffer.from(source.bytes), largestBytes)
  if ('path' in source) return openPath(source.path, largestBytes, async () => {})
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-import-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  const path = join(folder, 'upload')
  try {
    await pipeline(source.stream, upTo(largestBytes), createWriteStream(path))
  } catch (error) {
    await remove()
    if (error === tooLarge) return { kind: 'too-large', largestBytes }
    throw error
  }
  return openPath(path, largestBytes, remove)
}

const tooLarge = new Error('The upload is larger than allowed')

function upTo(largestBytes: number): Transform {
  let total = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length
      if (total > largestBytes) done(tooLarge)
      else done(null, chunk)
    },
  })
}

function openBytes(bytes: Buffer, largestBytes: number): FileOpening {
  if (bytes.length > largestBytes) return { kind: 'too-large', largestBytes }
  const file: TableFile = {
    size: bytes.length,
    read: async (position, length) => bytes.subarray(position, position + length),
    stream: (start, end) =>
      Readable.from(slices(bytes.subarray(start, end)), { objectMode: false }),
    close: async () => {},
  }
  return { kind: 'file', file }
}

const chunkBytes = 1 << 18

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}

async function openPath(
  path: string,
  largestBytes: number,
  afterwards: () => Promise<void>,
): Promise<FileOpening> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return { kind: 'missing', path }
  const status = await handle.stat()
  if (!status.isFile() || status.size > largestBytes) {
    await handle.close()
    await afterwards()
    return status.isFile() ? { kind: 'too-large', largestBytes } : { kind: 'missing', path }
  }
  const file: TableFile = {
    size: status.size,
    read: async (position, length) => {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    },
    stream: (start, end) =>
      end <= start
        ? Readable.from([])
        : createReadStream(path, { start, end: end - 1, highWaterMark: chunkBytes }),
    close: async () => {
      await handle.close()
      await afterwards()
    },
  }
  return { kind: 'file', file }
}
