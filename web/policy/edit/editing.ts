import type { Canonical } from '#kernel/decision/canonical.ts'

export type CanonicalObject = { readonly [key: string]: Canonical }

export type Path = readonly (string | number)[]

/** What was written, what was before it, and what was taken back. */
export type Editing = {
  readonly document: Canonical
  readonly past: readonly Canonical[]
  readonly future: readonly Canonical[]
}

export type Edit =
  | {
      readonly kind: 'set'
      readonly cells: readonly { readonly path: Path; readonly value: Canonical | undefined }[]
    }
  /** Another document altogether. */
  | { readonly kind: 'replace'; readonly document: Canonical }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }

const mostSteps = 200

export function edited(editing: Editing, edit: Edit): Editing {
  const { document, future, past } = editing
  switch (edit.kind) {
    case 'undo': {
      const before = past.at(-1)
      if (before === undefined) return editing
      return { document: before, past: past.slice(0, -1), future: [document, ...future] }
    }
    case 'redo': {
      const [after, ...rest] = future
      if (after === undefined) return editing
      return { document: after, past: [...past, document], future: rest }
    }
    case 'replace':
      return stepTo(editing, edit.document)
    case 'set':
      return stepTo(
        editing,
        edit.cells.reduce((of, { path, value }) => withValue(of, path, value), document),
      )
  }
}

function stepTo({ document, past }: Editing, next: Canonical): Editing {
  return { document: next, past: [...past, document].slice(-mostSteps), future: [] }
}

/** The document with another value at a place; undefined takes the member or entry away. */
export function withValue(
  of: Canonical,
  [key, ...rest]: Path,
  value: Canonical | undefined,
): Canonical {
  if (key === undefined) return value ?? null
  const inner = valueAt(of, [key])
  const next = rest.length === 0 ? value : withValue(inner ?? {}, rest, value)
  if (Array.isArray(of)) {
    const list = of as readonly Canonical[]
    return next === undefined
      ? list.filter((_, at) => at !== key)
      : replaced(list, Number(key), next)
  }
  const { [String(key)]: _, ...others } = of as CanonicalObject
  return next === undefined ? others : { ...(of as CanonicalObject), [String(key)]: next }
}

function replaced(list: readonly Canonical[], at: number, next: Canonical): Canonical[] {
  return at >= list.length
    ? [...list, next]
    : list.map((each, index) => (index === at ? next : each))
}

export function valueAt(of: Canonical | undefined, path: Path): Canonical | undefined {
  return path.reduce<Canonical | undefined>((value, key) => {
    if (value === null || typeof value !== 'object') return undefined
    return (value as Readonly<Record<string | number, Canonical>>)[key]
  }, of)
}

/** As problems name a place: `characteristics[3].bins[0].points`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
}

export function listAt(of: Canonical | undefined, path: Path): readonly Canonical[] {
  const found = valueAt(of, path)
  return Array.isArray(found) ? found : []
}

export function textAt(of: Canonical | undefined, path: Path): string {
  const found = valueAt(of, path)
  return found === undefined || found === null || typeof found === 'object' ? '' : String(found)
}

/** A label with another text in one language; the other keeps its own, unless both said the same. */
export function labelWith(
  of: Canonical | undefined,
  path: Path,
  language: 'zh' | 'en',
  text: string,
): Canonical {
  const [zh, en] = [textAt(of, [...path, 'zh']), textAt(of, [...path, 'en'])]
  if (zh === en || (language === 'zh' ? en : zh) === '') return { zh: text, en: text }
  return language === 'zh' ? { zh: text, en } : { zh, en: text }
}
