import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import type { Label } from '#kernel/document/label.ts'
import { isTableByGrade, nameOfMember, nameOfWord } from '#kernel/policy/member-names.ts'

/** One difference between two documents, as a sentence, with its place in the later one. */
export type PolicyChange = Label & { readonly path: string; readonly undo: Undo }

/** What makes the later document say the same as the earlier one in this place; see `withoutChange`. */
export type Undo = {
  /** In the later document. */
  readonly steps: readonly (string | number)[]
  /** What stood there; undefined: nothing did. */
  readonly value: Canonical | undefined
  /** Whether it is put between entries of a list rather than in the place of one. */
  readonly isInserted?: boolean
}

type Place = {
  readonly path: string
  readonly steps: Undo['steps']
  readonly names: readonly Label[]
}

/**
 * What a later document says otherwise than an earlier one of its kind, in the order of the documents:
 * none where they say the same, at least one where they do not. Entries of lists are matched by
 * what names them (id, indicator, code), else by position.
 */
export function changesInWords(
  before: unknown,
  after: unknown,
  indicatorName: (id: string) => Label,
): PolicyChange[] {
  const name = namerOf(indicatorName)
  const whole: Place = { path: '', steps: [], names: [] }
  return differences(before as Canonical, after as Canonical, whole, name)
}

type Namer = {
  member(key: string): Label
  entry(list: string, value: Canonical, index: number): Label
  word(key: string, value: string): Label
}

function differences(before: Canonical, after: Canonical, at: Place, name: Namer): PolicyChange[] {
  if (isSame(before, after)) return []
  if (isList(before) && isList(after)) return inLists(before, after, at, name)
  if (isObject(before) && isObject(after) && !isLabel(before) && !isTerms(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => {
      const place = memberAt(at, key, name)
      const [was, is] = [before[key], after[key]]
      if (was === undefined) return is === undefined ? [] : [added(place, is, key, name)]
      return is === undefined ? [removed(place, was, key, name)] : differences(was, is, place, name)
    })
  }
  const key = lastKey(at.path)
  const [was, is] = [valueText(key, before, name), valueText(key, after, name)]
  return [sentence(at, before, `${was.zh} → ${is.zh}`, `${was.en} → ${is.en}`)]
}

function inLists(
  before: readonly Canonical[],
  after: readonly Canonical[],
  at: Place,
  name: Namer,
): PolicyChange[] {
  const list = lastKey(at.path)
  const keyed = (value: Canonical, index: number) => keyOf(value) ?? `#${index}`
  const was = new Map(before.map((value, index) => [keyed(value, index), value]))
  const is = new Map(after.map((value, index) => [keyed(value, index), value]))
  // Two entries of one name cannot be told apart by it.
  if (was.size < before.length || is.size < after.length) {
    return [sentence(at, before, '内容有改动', 'is written otherwise')]
  }
  const found: PolicyChange[] = []
  after.forEach((value, index) => {
    const place = entryAt(at, list, value, index, name)
    const earlier = was.get(keyed(value, index))
    if (earlier === undefined) found.push(added(place, value, list, name))
    else found.push(...differences(earlier, value, place, name))
  })
  before.forEach((value, index) => {
    const key = keyed(value, index)
    if (is.has(key)) return
    const change = removed(entryAt(at, list, value, index, name), value, list, name)
    found.push({ ...change, undo: { ...change.undo, isInserted: true } })
  })
  if (found.length === 0) return [sentence(at, before, '顺序有调整', 'is in another order')]
  return found
}

function memberAt(at: Place, key: string, name: Namer): Place {
  const isGrade = isTableByGrade(lastKey(at.path))
  return {
    path: at.path === '' ? key : `${at.path}.${key}`,
    steps: [...at.steps, key],
    names: [...at.names, isGrade ? { zh: `${key} 级`, en: `grade ${key}` } : name.member(key)],
  }
}

function entryAt(at: Place, list: string, value: Canonical, index: number, name: Namer): Place {
  return {
    path: `${at.path}[${index}]`,
    steps: [...at.steps, index],
    names: [...at.names.slice(0, -1), name.entry(list, value, index)],
  }
}

function added(at: Place, value: Canonical, key: string, name: Namer): PolicyChange {
  const said = valueText(key, value, name)
  return isObject(value) || isList(value)
    ? sentence(at, undefined, '新增', 'is new')
    : sentence(at, undefined, `新增 ${said.zh}`, `is new: ${said.en}`)
}

function removed(at: Place, value: Canonical, key: string, name: Namer): PolicyChange {
  const said = valueText(key, value, name)
  return isObject(value) || isList(value)
    ? sentence(at, value, '删除', 'is gone')
    : sentence(at, value, `删除(原为 ${said.zh})`, `is gone (was ${said.en})`)
}

function sentence(
  { names, path, steps }: Place,
  value: Canonical | undefined,
  zh: string,
  en: string,
): PolicyChange {
  const where = (of: 'zh' | 'en') => names.map((each) => each[of]).join(of === 'zh' ? ' · ' : ', ')
  const colon = names.length === 0 ? '' : ' '
  return {
    ...{ path, zh: `${where('zh')}${colon}${zh}`, en: `${where('en')}${colon}${en}` },
    undo: { steps, value },
  }
}

function isSame(before: Canonical, after: Canonical): boolean {
  return canonicalText(before) === canonicalText(after)
}

function valueText(key: string, value: Canonical, name: Namer): Label {
  if (isLabel(value)) return { zh: `“${value.zh}”`, en: `“${value.en}”` }
  if (isTerms(value)) {
    const { code, days } = value
    return { zh: `${days} 天 (${code})`, en: `${days} days (${code})` }
  }
  if (typeof value === 'string') return name.word(key, value)
  if (isObject(value) || isList(value)) {
    const text = JSON.stringify(value)
    return { zh: text, en: text }
  }
  return { zh: String(value), en: String(value) }
}

function namerOf(indicatorName: (id: string) => Label): Namer {
  const entryName = (list: string, value: Canonical, index: number): Label => {
    if (!isObject(value)) return { zh: String(value), en: String(value) }
    const own = isLabel(value.label) ? value.label : null
    const id = value.id ?? value.code ?? value.indicator
    if (own) return own
    if (typeof value.indicator === 'string') return indicatorName(value.indicator)
    if (typeof id === 'string') return { zh: id, en: id }
    const of = nameOfMember(list)
    return { zh: `${of.zh}第 ${index + 1} 项`, en: `${of.en} ${index + 1}` }
  }
  return {
    member: nameOfMember,
    entry: entryName,
    word: (key, value) => (key === 'indicator' ? indicatorName(value) : nameOfWord(value)),
  }
}

/** What an entry is known by, through all versions. */
function keyOf(value: Canonical): string | null {
  if (typeof value === 'string') return value
  if (!isObject(value)) return null
  const key = value.id ?? value.code ?? null
  if (typeof key === 'string') return key
  // Conditions and bins name an indicator too, but several may name the same one.
  const isQuestion = 'dimension' in value && typeof value.indicator === 'string'
  return isQuestion ? String(value.indicator) : null
}

function lastKey(path: string): string {
  return /(?:^|\.)([^.[\]]+)(?:\[\d+\])*$/.exec(path)?.[1] ?? path
}

function isList(value: Canonical | undefined): value is readonly Canonical[] {
  return Array.isArray(value)
}

function isObject(value: Canonical | undefined): value is { readonly [key: string]: Canonical } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isLabel(
  value: Canonical | undefined,
): value is { readonly zh: string; readonly en: string } {
  return isObject(value) && typeof value.zh === 'string' && typeof value.en === 'string'
}

function isTerms(
  value: Canonical | undefined,
): value is { readonly code: string; readonly days: number } {
  return isObject(value) && typeof value.code === 'string' && typeof value.days === 'number'
}
