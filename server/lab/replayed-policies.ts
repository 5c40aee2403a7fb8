import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { NewReplay } from '#contract/replay.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { readTried } from '#server/lab/try-policy.ts'
import type { Reader } from '#server/platform/database.ts'
import { type PolicySet, policySet } from '#server/policy/public.ts'

/** Policies that a past is replayed under: today's, the one that is tried, and its variants. */
export type ReplayedPolicies = {
  readonly kind: PolicyKind
  readonly title: string
  readonly now: PolicySet
  readonly tried: PolicySet
  readonly variants: readonly { readonly value: string; readonly set: PolicySet }[]
  /** The value of the varied number in the policy that is tried. */
  readonly varied: string | null
}

/** Reads and checks them all before the past is looked at. */
export async function replayedPolicies(
  db: Reader,
  { tried: asked, vary }: NewReplay,
): Promise<ReplayedPolicies | Refusal> {
  const candidate = await readTried(db, asked)
  if (isRefusal(candidate)) return candidate
  const now = await policySet(db)
  if (isRefusal(now)) return now
  const tried = await policySet(db, [candidate], now)
  if (isRefusal(tried)) return tried
  const variants: { value: string; set: PolicySet }[] = []
  for (const value of vary?.values ?? []) {
    const document = withValue(candidate.document, vary?.pointer ?? '', value)
    if (isRefusal(document)) return document
    const set = await policySet(db, [{ kind: candidate.kind, document }], tried)
    if (isRefusal(set)) return refusedAt(value, set)
    variants.push({ value, set })
  }
  const varied = vary ? String(valueAt(candidate.document, vary.pointer)) : null
  return { kind: candidate.kind, title: titleOf(candidate.document), now, tried, variants, varied }
}

function refusedAt(value: string, { refused }: Refusal): Refusal {
  const zh = refused.facts?.zh
  return refuse(refused.kind, `${value}: ${refused.detail}`, {
    ...refused,
    ...(typeof zh === 'string' && { zh: `取值 ${value}：${zh}` }),
  })
}

/** The document with another value in one place, a number or a text as the one that stood there. */
export function withValue(document: unknown, pointer: string, value: string): unknown | Refusal {
  const standing = valueAt(document, pointer)
  if (typeof standing !== 'number' && typeof standing !== 'string') {
    return refuse('invalid-input', `vary.pointer: there is no number at ${pointer}.`, {
      zh: `“同时比较的数字”：政策的 ${pointer} 处没有数字。`,
    })
  }
  const isNumber = typeof standing === 'number'
  if (isNumber && !/^\d{1,9}$/.test(value)) {
    return refuse('invalid-input', `vary.values: "${value}" is no whole number.`, {
      zh: `“取值”：“${value}”不是整数。`,
    })
  }
  const copy: unknown = structuredClone(document)
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  const holder = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy)
  ;(holder as Record<string, unknown>)[last] = isNumber ? Number(value) : value
  return copy
}

function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, step) =>
        at !== null && typeof at === 'object' && Object.hasOwn(at, step)
          ? (at as Record<string, unknown>)[step]
          : undefined,
      document,
    )
}

function titleOf(document: unknown): string {
  const { label } = document as { label?: { zh?: unknown } }
  return typeof label?.zh === 'string' ? label.zh : ''
}
