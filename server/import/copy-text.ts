import type { RawBuilder } from 'kysely'
import type { Transaction } from '#server/platform/database.ts'

/** A field of PostgreSQL's COPY text format; null is `\N`. */
export function copyField(value: string | null): string {
  if (value === null) return '\\N'
  return special.test(value) ? value.replace(specials, escaped) : value
}

// A zero byte cannot be stored at all; it is left out.
const special = /[\\\t\n\r\0]/
const specials = /[\\\t\n\r\0]/g
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

function escaped(character: string): string {
  return escapes[character] ?? ''
}

type CopyTarget = {
  /** Takes lines, each with its line feed; waits while the database is behind. */
  readonly write: (lines: string) => Promise<void>
  /** Ends the copy; must be called whatever happens, or the connection stays inside it. */
  readonly end: () => Promise<void>
}

/** Opens a `copy … from stdin` for writing. */
export function openCopy(tx: Transaction, copy: RawBuilder<unknown>): CopyTarget {
  const stream = tx.copyIn(copy)
  let failure: Error | null = null
  let wake = () => {}
  const ended = new Promise<void>((resolve) => {
    const settle = (error: Error | null) => {
      failure ??= error
      wake()
      resolve()
    }
    stream.on('finish', () => settle(null))
    stream.on('error', settle)
  })
  return {
    write: async (lines) => {
      if (failure) throw failure
      if (stream.write(lines)) return
      await new Promise<void>((resolve) => {
        wake = resolve
        stream.once('drain', resolve)
      })
      if (failure) throw failure
    },
    end: async () => {
      if (!failure) stream.end()
      await ended
      if (failure) throw failure
    },
  }
}
