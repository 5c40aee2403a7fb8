import type { Label } from '#kernel/document/label.ts'
import { type DocumentProblem, problem, suggestion } from '#kernel/document/problem.ts'

/**
 * Reads a value of a parsed JSON or YAML document strictly. What is wrong goes to `problems`, and
 * then the answer is undefined.
 */
export type Reader<T> = (value: unknown, path: string, problems: DocumentProblem[]) => T | undefined

export type Reading<T> =
  | { readonly kind: 'read'; readonly document: T }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

/** Reads a whole document; either it is complete and of the right shape, or all problems come. */
export function readDocument<T>(reader: Reader<T>, value: unknown): Reading<T> {
  const problems: DocumentProblem[] = []
  const document = reader(value, '', problems)
  if (document === undefined || problems.length > 0) return { kind: 'problems', problems }
  return { kind: 'read', document }
}

type Shape = Readonly<Record<string, Reader<unknown>>>
type Read<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Reader<infer T> ? T : never
}

/** An object with exactly these keys; a key that is not known is named with the nearest one. */
export function object<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Reader<Read<R> & Partial<Read<O>>> {
  const fields = new Map<string, Reader<unknown>>([
    ...Object.entries(required),
    ...Object.entries(optional ?? {}),
  ])
  const known = [...fields.keys()]
  return (value, path, problems) => {
    if (!isPlainObject(value)) return wrongType(path, problems, ['一组键值', 'an object'])
    const before = problems.length
    const result: Record<string, unknown> = {}
    for (const [key, member] of Object.entries(value)) {
      const reader = fields.get(key)
      if (reader) result[key] = reader(member, join(path, key), problems)
      else problems.push(unknownKey(join(path, key), key, known))
    }
    for (const key of Object.keys(required)) {
      if (!Object.hasOwn(value, key)) problems.push(missingKey(join(path, key), key))
    }
    if (problems.length > before) return undefined
    return result as Read<R> & Partial<Read<O>>
  }
}

export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, path, problems) => {
    if (!Array.isArray(value)) return wrongType(path, problems, ['列表', 'a list'])
    const items: T[] = []
    for (const [index, member] of value.entries()) {
      const read = item(member, `${path}[${index}]`, problems)
      if (read !== undefined) items.push(read)
    }
    return items.length === value.length ? items : undefined
  }
}

/** An object whose keys are free, such as amounts by grade. */
export function keyed<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, path, problems) => {
    if (!isPlainObject(value)) return wrongType(path, problems, ['一组键值', 'an object'])
    const entries: [string, T][] = []
    for (const [key, member] of Object.entries(value)) {
      const read = item(member, join(path, key), problems)
      if (read !== undefined) entries.push([key, read])
    }
    return Object.fromEntries(entries)
  }
}

/** An object that is read by the reader its `kind` names. */
export function byKind<T>(readers: Readonly<Record<string, Reader<T>>>): Reader<T> {
  return (value, path, problems) => {
    if (!isPlainObject(value)) return wrongType(path, problems, ['一组键值', 'an object'])
    const kind = oneOf(...Object.keys(readers))(value.kind, join(path, 'kind'), problems)
    return kind === undefined ? undefined : readers[kind]?.(value, path, problems)
  }
}

export const text: Reader<string> = (value, path, problems) => {
  if (typeof value === 'string' && value.trim() !== '') return value
  return wrongType(path, problems, ['文字', 'a text'])
}

/**
 * A decimal, a percentage or a word for a bound, kept as the text that was written. YAML reads a
 * bare 15 or 0.5 as a number; up to 15 digits its shortest spelling is what was written.
 */
export const decimalText: Reader<string> = (value, path, problems) => {
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  if (typeof value === 'number' && isShort(value)) return String(value)
  return wrongType(path, problems, ['数字 (十进制)', 'a decimal number'])
}

/** `yes` and `no`, also as true and false, or any other word. */
export const wordText: Reader<string> = (value, path, problems) => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return text(value, path, problems)
}

export const wholeNumber: Reader<number> = (value, path, problems) => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  return wrongType(path, problems, ['不小于 0 的整数', 'a whole number, 0 or more'])
}

export function oneOf<const T extends string>(...choices: readonly T[]): Reader<T> {
  return (value, path, problems) => {
    const found = choices.find((choice) => choice === value)
    if (found !== undefined) return found
    const written = typeof value === 'string' ? value : ''
    problems.push(
      problem(
        'wrong-type',
        path,
        [`"${written}" 不是可选值`, `"${written}" is not one of the choices`],
        suggestion(written, choices),
      ),
    )
    return undefined
  }
}

export const label: Reader<Label> = object({ zh: text, en: text })

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isShort(value: number): boolean {
  const spelled = String(value)
  return /^-?\d+(\.\d+)?$/.test(spelled) && spelled.replace(/\D/g, '').length <= 15
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function wrongType(
  path: string,
  problems: DocumentProblem[],
  wanted: readonly [string, string],
): undefined {
  problems.push(
    problem(
      'wrong-type',
      path,
      [`此处应为${wanted[0]}`, `Here ${wanted[1]} is expected`],
      [`请改为${wanted[0]}`, `Write ${wanted[1]}`],
    ),
  )
}

function unknownKey(path: string, key: string, known: readonly string[]): DocumentProblem {
  return problem(
    'unknown-key',
    path,
    [`不认识的键 "${key}"`, `The key "${key}" is not known`],
    suggestion(key, known),
  )
}

function missingKey(path: string, key: string): DocumentProblem {
  return problem(
    'missing-key',
    path,
    [`缺少 "${key}"`, `"${key}" is missing`],
    [`请补上 "${key}"`, `Add "${key}"`],
  )
}
