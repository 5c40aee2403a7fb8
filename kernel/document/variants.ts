import type { Label } from '#kernel/document/label.ts'
import type { MadeUpFact } from '#kernel/document/made-up-customer.ts'
import { type DocumentProblem, problem, shownBy } from '#kernel/document/problem.ts'
import { label, list, object, type Reader, text } from '#kernel/document/read-document.ts'
import {
  checkTrials,
  isInTrial,
  isWithinTrial,
  type PreparedTrial,
  prepareTrial,
  type Trial,
  trialReader,
} from '#kernel/document/trial.ts'
import { invariant } from '#kernel/invariant.ts'

/** Of whom a variant is; of several lists all must fit, of a list one entry. */
export type PartyScope = {
  readonly industries?: readonly string[]
  readonly departments?: readonly string[]
  readonly regions?: readonly string[]
  /** `customer`, `channel-partner`, `platform-user`. */
  readonly roles?: readonly string[]
}

/** What scopes ask of a customer. */
export type PartyProfile = {
  /** By which trials draw; null of a made-up customer, which is of no trial. */
  readonly id: string | null
  readonly industry: string | null
  readonly department: string | null
  readonly region: string | null
  readonly roles: readonly string[]
}

/** A part of a policy for some customers (适用范围): what it names stands in place of the policy's. */
export type Variant<Overrides extends object> = {
  readonly id: string
  readonly label: Label
  readonly scope: PartyScope
  /** Of those whom the scope fits, only a group of a trial. */
  readonly trial?: Trial
} & Partial<Overrides>

/** A policy as it is for one variant, and what the variant is. */
export type Prepared<Policy> = {
  readonly id: string
  readonly label: Label
  readonly scope: PartyScope
  readonly trial: PreparedTrial | null
  readonly policy: Policy
}

const texts = list(text)
const scopeReader = object(
  {},
  { industries: texts, departments: texts, regions: texts, roles: texts },
)

/** Reads variants that may name these members of the policy anew. */
export function variantsReader<Overrides extends object>(
  members: { readonly [M in keyof Overrides]: Reader<Overrides[M]> },
): Reader<readonly Variant<Overrides>[]> {
  const optional = { trial: trialReader, ...(members as object) }
  const one = object({ id: text, label, scope: scopeReader }, optional as never)
  return list(one as Reader<unknown> as Reader<Variant<Overrides>>)
}

/** A policy that was checked, ready to decide, with what holds for some customers instead. */
export type WithVariants<Policy> = { readonly variants: readonly Prepared<Policy>[] }

/** What holds for a customer: the first variant that fits, or the policy itself and no variant. */
export function policyFor<Policy extends WithVariants<Policy>>(
  policy: Policy,
  profile: PartyProfile,
): { readonly variant: string | null; readonly policy: Policy } {
  const found = policy.variants.find(
    ({ scope, trial }) =>
      fitsScope(scope, profile) && (trial === null || isInTrial(trial, profile.id ?? null)),
  )
  return found ? { variant: found.id, policy: found.policy } : { variant: null, policy }
}

/** What holds for a variant by its id, as a stored decision names it. */
export function policyOfVariant<Policy extends WithVariants<Policy>>(
  policy: Policy,
  variant: string | null,
): Policy {
  if (variant === null) return policy
  const found = policy.variants.find(({ id }) => id === variant)
  invariant(found, `the policy has the variant ${variant}`)
  return found.policy
}

/** Whether a scope is of a customer. */
export function fitsScope(
  scope: PartyScope,
  { department, industry, region, roles }: PartyProfile,
): boolean {
  const has = (list: readonly string[] | undefined, value: string | null) =>
    list === undefined || (value !== null && list.includes(value))
  return (
    has(scope.industries, industry) &&
    has(scope.departments, department) &&
    has(scope.regions, region) &&
    (scope.roles === undefined || roles.some((role) => scope.roles?.includes(role)))
  )
}

/** What a variant is called. */
export function variantLabel<Policy>(
  policy: WithVariants<Policy>,
  variant: string | null,
): Label | null {
  return policy.variants.find(({ id }) => id === variant)?.label ?? null
}

/** The policy as it is for a variant: a policy of its own, without variants. */
export function mergedFor<Policy extends object>(
  policy: Policy & { readonly variants?: unknown },
  { id: _, label: _label, scope: _scope, trial: _trial, ...overrides }: Variant<object>,
): Policy {
  const { variants: _variants, ...base } = policy
  return { ...base, ...overrides } as unknown as Policy
}

/** The trials of variants that contradict each other or themselves. */
function trialProblems(variants: readonly Variant<object>[]): DocumentProblem[] {
  return checkTrials(variants.map(({ trial }, at) => [`variants[${at}].trial`, trial] as const))
}

/** Ids given twice, scopes of everybody, and variants that an earlier one leaves nobody. */
function checkVariants(variants: readonly Variant<object>[]): DocumentProblem[] {
  return variants.flatMap(({ id, scope, trial }, index): DocumentProblem[] => {
    const path = `variants[${index}]`
    const earlier = variants.slice(0, index)
    if (earlier.some((other) => other.id === id)) return [duplicate(path, id)]
    const lists = Object.values(scope)
    const isOfAll = lists.length === 0 && trial === undefined
    if (isOfAll || lists.some((list) => list.length === 0)) return [ofEverybody(path)]
    const wider = earlier.find(
      (other) => isWithin(scope, other.scope) && isWithinTrial(trial, other.trial),
    )
    if (!wider) return []
    return [shownBy(leftNobody(path, wider.id), { knows: factsOf(scope), gets: wider.label })]
  })
}

/** Whether whom the narrow scope fits, the wide one fits too. */
function isWithin(narrow: PartyScope, wide: PartyScope): boolean {
  return Object.entries(wide).every(([name, entries]) =>
    narrow[name as keyof PartyScope]?.every((entry) => entries.includes(entry)),
  )
}

const names: Readonly<Record<keyof PartyScope, Label>> = {
  industries: { zh: '行业', en: 'Industry' },
  departments: { zh: '部门', en: 'Department' },
  regions: { zh: '地区', en: 'Region' },
  roles: { zh: '客户类别', en: 'Class' },
}

function factsOf(scope: PartyScope): MadeUpFact[] {
  return Object.entries(scope).flatMap(([name, [first]]) =>
    first === undefined ? [] : [{ id: name, label: names[name as keyof PartyScope], value: first }],
  )
}

function duplicate(path: string, id: string): DocumentProblem {
  return problem(
    'duplicate-id',
    `${path}.id`,
    [`编号 "${id}" 重复`, `The id "${id}" appears twice`],
    ['给其中一个另起 id', 'Give one of them another id'],
  )
}

function ofEverybody(path: string): DocumentProblem {
  return problem(
    'incomplete',
    `${path}.scope`,
    ['没有写明适用于哪些客户', 'It does not say of which customers it is'],
    [
      '至少写一个行业、部门、地区或客户类别，或一个试点',
      'Name an industry, a department, a region, a class or a trial',
    ],
  )
}

function leftNobody(path: string, wider: string): DocumentProblem {
  return problem(
    'unreachable',
    `${path}.scope`,
    [`适用的客户都已归入 "${wider}"`, `All of its customers are under "${wider}" already`],
    ['移到它前面，或删除', 'Move it before that one, or remove it'],
  )
}

/**
 * Prepares a policy for each of its variants. Problems of what a variant names are told at the
 * variant; what it has from the policy is told there once.
 */
export function prepareVariants<Policy extends object, Ready>(
  policy: Policy & { readonly variants?: readonly Variant<object>[] },
  prepare: (
    merged: Policy,
  ) =>
    | { readonly kind: 'ready'; readonly policy: Ready }
    | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] },
  problems: DocumentProblem[],
): readonly Prepared<Ready>[] {
  const variants = policy.variants ?? []
  const ofTrials = trialProblems(variants)
  // Numbers are read of what was checked only; with problems nothing is decided anyway.
  const isSound = ofTrials.length === 0
  problems.push(...(isSound ? checkVariants(variants) : ofTrials))
  return variants.flatMap((variant, index) => {
    const prepared = prepare(mergedFor(policy, variant))
    const { id, label: told, scope } = variant
    if (prepared.kind === 'ready') {
      const trial = variant.trial && isSound ? prepareTrial(variant.trial) : null
      return [{ id, label: told, scope, trial, policy: prepared.policy }]
    }
    const own = prepared.problems.filter(
      (each) =>
        !problems.some(({ message, path }) => path === each.path && message.en === each.message.en),
    )
    problems.push(...own.map((each) => ({ ...each, path: `variants[${index}].${each.path}` })))
    return []
  })
}
