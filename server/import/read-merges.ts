import type { Archive } from '#server/import/read-workbook.ts'
import { unpack, type ZipEntry } from '#server/import/read-zip.ts'

/** A cell merged over several rows: the value of its first row counts for all of them. */
export type TallMerge = { readonly column: number; readonly from: number; readonly to: number }

const overlapBytes = 32
const mostMergeBytes = 2 ** 24

/**
 * Cells merged over several rows, by their first row. A sheet lists them behind its rows, so it is
 * unpacked once only to look for them; that costs a tenth of reading it.
 */
export async function readTallMerges(
  archive: Archive,
  sheet: ZipEntry,
): Promise<ReadonlyMap<number, readonly TallMerge[]>> {
  let list: string | null = null
  let tail = Buffer.alloc(0)
  for await (const chunk of unpack(archive.file, sheet, archive.limits.unpackedBytes)) {
    if (list === null) {
      const bytes = Buffer.concat([tail, chunk])
      const at = bytes.indexOf('mergeCell ')
      if (at >= 0) list = bytes.toString('latin1', at)
      else tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - overlapBytes)))
    } else if (list.length < mostMergeBytes) {
      list += chunk.toString('latin1')
    }
  }
  return tallMergesIn(list ?? '')
}

function tallMergesIn(list: string): ReadonlyMap<number, readonly TallMerge[]> {
  const merges = new Map<number, TallMerge[]>()
  for (const match of list.matchAll(/mergeCell\s+ref="([A-Z]+)(\d+):[A-Z]+(\d+)"/g)) {
    const [, letters = '', first = '', last = ''] = match
    const merge = { column: columnOf(letters), from: Number(first), to: Number(last) }
    if (merge.to <= merge.from) continue
    const sameRow = merges.get(merge.from)
    if (sameRow) sameRow.push(merge)
    else merges.set(merge.from, [merge])
  }
  return merges
}

/** The column of a reference such as `AB12`, from 0; -1 where there are no letters. */
export function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}
