import type { Canonical } from '#kernel/decision/canonical.ts'
import type { Undo } from '#kernel/policy/changes-in-words.ts'

/** A document as it would be without one of its changes. */
export function withoutChange(
  document: Canonical,
  { isInserted = false, steps: [step, ...rest], value }: Undo,
): Canonical {
  if (step === undefined) return value ?? null
  if (Array.isArray(document)) {
    const list = document as readonly Canonical[]
    const at = Number(step)
    if (rest.length > 0) {
      return list.map((each, index) =>
        index === at ? withoutChange(each, { steps: rest, value, isInserted }) : each,
      )
    }
    if (value === undefined) return list.filter((_, index) => index !== at)
    return isInserted ? list.toSpliced(at, 0, value) : list.with(at, value)
  }
  const { [String(step)]: inner, ...others } = document as { readonly [key: string]: Canonical }
  const next =
    rest.length === 0 ? value : withoutChange(inner ?? null, { steps: rest, value, isInserted })
  return next === undefined ? others : { ...others, [String(step)]: next }
}
