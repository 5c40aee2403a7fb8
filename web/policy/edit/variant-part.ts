import type { Canonical } from '#kernel/decision/canonical.ts'
import { mergedFor, type Variant } from '#kernel/document/variants.ts'
import { type CanonicalObject, listAt, type Path, pathText, valueAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'

type Cells = Parameters<EditorProps['set']>[0]

const ofScope = ['id', 'label', 'scope', 'trial']

/**
 * What is edited: the policy itself, or the policy as it is for one of its variants. What is changed of
 * a variant stands in the variant, where the member is named anew as a whole.
 */
export function variantPart(props: EditorProps, under: number | null): EditorProps {
  if (under === null) return props
  const { document, problems, set } = props
  const variant = listAt(document, ['variants'])[under]
  if (variant === undefined) return props
  const { currency: _, ...merged } = mergedFor(
    document as CanonicalObject,
    variant as unknown as Variant<object>,
  ) as CanonicalObject
  const place: Path = ['variants', under]
  const start = `${pathText(place)}.`
  const told = [...problems].flatMap(([path, text]): [string, string][] =>
    path.startsWith(start) ? [[path.slice(start.length), text]] : [],
  )
  return {
    ...props,
    document: merged,
    problems: new Map(told),
    set: (cells) => set(inVariant(document, place, cells)),
  }
}

function inVariant(document: Canonical, place: Path, cells: Cells): Cells {
  const begun = new Set<string>()
  return cells.flatMap(({ path, value }) => {
    const [member] = path
    const cell = { path: [...place, ...path], value }
    if (typeof member !== 'string' || path.length === 1 || begun.has(member)) return [cell]
    begun.add(member)
    const own = valueAt(document, [...place, member])
    const base = valueAt(document, [member])
    if (own !== undefined || base === undefined) return [cell]
    return [{ path: [...place, member], value: base }, cell]
  })
}

/** What a variant names anew. */
export function ownMembers(document: Canonical, under: number): string[] {
  const variant = (listAt(document, ['variants'])[under] ?? {}) as CanonicalObject
  return Object.keys(variant).filter((member) => !ofScope.includes(member))
}

/** A variant that names nothing anew yet; its id is one that no other has. */
export function newVariant(document: Canonical, name: string): Canonical {
  const taken = listAt(document, ['variants']).map((each) => valueAt(each, ['id']))
  let number = taken.length + 1
  while (taken.includes(`variant-${number}`)) number += 1
  return { id: `variant-${number}`, label: { zh: name, en: name }, scope: {} }
}
