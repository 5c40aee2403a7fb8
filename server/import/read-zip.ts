import { createInflateRaw } from 'node:zlib'
import type { TableFile } from '#server/import/table-file.ts'

/** One packed file of a ZIP archive (PKWARE APPNOTE 6.3). */
export type ZipEntry = {
  readonly name: string
  readonly method: 'stored' | 'deflated' | 'other'
  readonly encrypted: boolean
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly headerAt: number
}

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localHeader = 0x04034b50
const mostEntries = 10_000

/** The entries of an archive by name, or null where the file is none or is damaged. */
export async function readZipDirectory(
  file: TableFile,
): Promise<ReadonlyMap<string, ZipEntry> | null> {
  const tailBytes = Math.min(file.size, 65_557)
  const tail = await file.read(file.size - tailBytes, tailBytes)
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== endOfDirectory) end--
  if (end < 0) return null
  const count = tail.readUInt16LE(end + 10)
  const size = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (count > mostEntries || start + size > file.size) return null
  return entriesOf(await file.read(start, size), count)
}

function entriesOf(directory: Buffer, count: number): ReadonlyMap<string, ZipEntry> | null {
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== directoryEntry) return null
    const nameBytes = directory.readUInt16LE(at + 28)
    const method = directory.readUInt16LE(at + 10)
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes).replaceAll('\\', '/')
    entries.set(name, {
      name,
      method: method === 0 ? 'stored' : method === 8 ? 'deflated' : 'other',
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      packedBytes: directory.readUInt32LE(at + 20),
      unpackedBytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/** Thrown while unpacking where an entry is larger than allowed, whatever its header claims. */
export class UnpackedTooLarge extends Error {}

/** The bytes of an entry, unpacked as they are asked for; never more than `largestBytes`. */
export async function* unpack(
  file: TableFile,
  entry: ZipEntry,
  largestBytes: number,
): AsyncGenerator<Buffer> {
  const header = await file.read(entry.headerAt, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== localHeader) {
    throw new Error(`${entry.name} has no header in the archive`)
  }
  const start = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = file.stream(start, start + entry.packedBytes)
  const bytes =
    entry.method === 'stored' ? packed : packed.pipe(createInflateRaw({ chunkSize: 1 << 16 }))
  packed.on('error', (error) => bytes.destroy(error))
  let total = 0
  try {
    for await (const chunk of bytes) {
      total += chunk.length
      if (total > largestBytes) throw new UnpackedTooLarge(`${entry.name} is too large`)
      yield chunk
    }
  } finally {
    packed.destroy()
    bytes.destroy()
  }
}
