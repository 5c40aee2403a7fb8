import { type Refusal, refuse } from '#contract/problem.ts'

/** The place after the last row of a page, made of the values that its list is ordered by. */
export function cursorText(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Reads a cursor of so many parts; null where a list is asked for from its beginning. */
export function readCursor(
  text: string | undefined,
  parts: readonly RegExp[],
  field = 'after',
): readonly string[] | null | Refusal {
  if (text === undefined) return null
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (
      Array.isArray(read) &&
      read.length === parts.length &&
      read.every((part, index) => typeof part === 'string' && parts[index]?.test(part))
    ) {
      return read
    }
  } catch {
    // Whatever is not a cursor is refused below.
  }
  return refuse('invalid-input', `${field}: give what the page before told as \`next\`.`)
}

export const dayPart = /^\d{4}-\d{2}-\d{2}$/
export const idPart = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const textPart = /^[^\0]*$/
