import { isUtf8 } from 'node:buffer'
import type { TableFile } from '#server/import/table-file.ts'

type EncodingFound =
  | {
      readonly kind: 'encoding'
      readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'
      /** Bytes of the byte order mark to leave out. */
      readonly markBytes: number
    }
  /** Neither; the offsets of the first byte that cannot be read so. */
  | { readonly kind: 'unknown'; readonly utf8Offset: number; readonly gb18030Offset: number }

/**
 * Finds the encoding over the whole file: a byte order mark, else strict UTF-8, else GB18030 (which
 * includes GBK and GB2312), checked byte by byte.
 */
export async function detectEncoding(file: TableFile): Promise<EncodingFound> {
  const head = await file.read(0, 3)
  if (head[0] === 0xff && head[1] === 0xfe) return found('utf-16le', 2)
  if (head[0] === 0xfe && head[1] === 0xff) return found('utf-16be', 2)
  const markBytes = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const utf8Offset = await firstBadUtf8(file)
  if (utf8Offset === null) return found('utf-8', markBytes)
  const gb18030Offset = await firstBadGb18030(file)
  if (gb18030Offset === null) return found('gb18030', 0)
  return { kind: 'unknown', utf8Offset, gb18030Offset }
}

type Encoding = Extract<EncodingFound, { kind: 'encoding' }>['encoding']

function found(encoding: Encoding, markBytes: number): EncodingFound {
  return { kind: 'encoding', encoding, markBytes }
}

async function firstBadUtf8(file: TableFile): Promise<number | null> {
  let rest = Buffer.alloc(0)
  let offset = 0
  for await (const chunk of file.stream(0, file.size)) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    const whole = bytes.length - openTail(bytes)
    if (!isUtf8(bytes.subarray(0, whole))) return offset + firstBadWithin(bytes.subarray(0, whole))
    rest = Buffer.from(bytes.subarray(whole))
    offset += whole
  }
  return rest.length === 0 ? null : offset
}

// Bytes at the end that begin a character whose rest is in the next chunk.
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0
  }
  return 0
}

function sequenceLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
}

function firstBadWithin(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    const length = byte < 0x80 ? 1 : sequenceLength(byte)
    if (!isUtf8(bytes.subarray(at, at + length))) return at
    at += length
  }
  return at
}

/** What a byte may be, given those of its character before it (GB 18030-2005, 1, 2 or 4 bytes). */
type Expecting = 'first' | 'second' | 'third' | 'fourth'

async function firstBadGb18030(file: TableFile): Promise<number | null> {
  let expecting: Expecting = 'first'
  let offset = 0
  for await (const chunk of file.stream(0, file.size)) {
    const bytes: Buffer = chunk
    for (let at = 0; at < bytes.length; at++) {
      const next = nextExpected(expecting, bytes[at] ?? 0)
      if (next === null) return offset + at
      expecting = next
    }
    offset += bytes.length
  }
  return expecting === 'first' ? null : offset
}

function nextExpected(expecting: Expecting, byte: number): Expecting | null {
  const lead = byte >= 0x81 && byte <= 0xfe
  switch (expecting) {
    case 'first':
      return byte < 0x80 ? 'first' : lead ? 'second' : null
    case 'second':
      if (byte >= 0x30 && byte <= 0x39) return 'third'
      return byte >= 0x40 && byte <= 0xfe && byte !== 0x7f ? 'first' : null
    case 'third':
      return lead ? 'fourth' : null
    case 'fourth':
      return byte >= 0x30 && byte <= 0x39 ? 'first' : null
  }
}
