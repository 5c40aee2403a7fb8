import type { PartyReference } from '#kernel/import/records.ts'
import { copyField } from '#server/import/copy-text.ts'

type StagedNames = {
  /** The number of the way in which a row names its party; a new one is introduced by its line. */
  readonly refOf: (record: PartyReference, row: number) => number
  /** Lines of the names met since the last call. */
  readonly takeLines: () => string
}

// A name that is forgotten gets another number when it comes again, which does no harm.
const mostRemembered = 400_000

/** Numbers the names in a file as they come, in bounded memory. */
export function numberNames(
  line: (row: number, ref: number, names: string) => string,
): StagedNames {
  const seen = new Map<string, number>()
  let last = 0
  let lines = ''
  return {
    refOf(record, row) {
      const { customerCode: code, customerName: name, creditCode } = record
      const key = `${code ?? ''}\u0001${name ?? ''}\u0001${creditCode ?? ''}`
      const known = seen.get(key)
      if (known !== undefined) return known
      if (seen.size >= mostRemembered) seen.clear()
      last++
      seen.set(key, last)
      const names = `${copyField(code)}\t${copyField(name)}\t${copyField(creditCode)}`
      lines += line(-row, last, names)
      return last
    },
    takeLines() {
      const taken = lines
      lines = ''
      return taken
    },
  }
}
