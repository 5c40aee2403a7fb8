/** What one file brings; `statements` are financial ones, `bank-lines` those of an account. */
export type ImportKind = 'parties' | 'invoices' | 'receipts' | 'statements' | 'bank-lines'

export type Words = { readonly zh: string; readonly en: string }

/**
 * How a cell is read. `code` is an identifier whose leading zeros and long digits count, `terms`
 * are payment terms in words, `choice` takes one of the field's `choices`.
 */
export type FieldType =
  | 'text'
  | 'code'
  | 'date'
  | 'amount'
  | 'currency'
  | 'terms'
  | 'yes-no'
  | 'number'
  | 'percent'
  | 'choice'

export type ImportField = {
  readonly id: string
  readonly type: FieldType
  /** True where a file without a column for it cannot be imported and an empty cell is bad. */
  readonly required: boolean
  readonly label: Words
  /** What people write above such a column, the clearest first; the order breaks ties. */
  readonly headers: readonly string[]
  /** For `choice`: each value with the words that mean it. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** For `choice`: other words are no mistake either, their rows are only of no use. */
  readonly isOpen?: boolean
}

/**
 * A field as told by a short row of a table: headers separated by `|`. The label is the first
 * header unless the list puts it somewhere else.
 */
export function field(
  id: string,
  type: FieldType,
  label: readonly [zh: string, en: string],
  headers: string,
): ImportField {
  return {
    id,
    type,
    required: false,
    label: { zh: label[0], en: label[1] },
    headers: withLabels(headers.split('|'), label),
  }
}

export function required(of: ImportField): ImportField {
  return { ...of, required: true }
}

export function choice(
  of: ImportField,
  choices: Readonly<Record<string, readonly string[]>>,
): ImportField {
  return { ...of, choices }
}

/** A choice whose other words are left out and not complained about. */
export function openChoice(
  of: ImportField,
  choices: Readonly<Record<string, readonly string[]>>,
): ImportField {
  return { ...of, choices, isOpen: true }
}

function withLabels(headers: readonly string[], label: readonly [string, string]): string[] {
  const listed = headers.map((header) => header.trim())
  const lower = new Set(listed.map((header) => header.toLowerCase()))
  return [...label.filter((word) => !lower.has(word.toLowerCase())), ...listed]
}
