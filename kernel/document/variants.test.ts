import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { prepareTrial, type Trial } from '#kernel/document/trial.ts'
import {
  mergedFor,
  type PartyProfile,
  type PartyScope,
  policyFor,
  policyOfVariant,
  prepareVariants,
  type Variant,
  type WithVariants,
} from '#kernel/document/variants.ts'

const customer: PartyProfile = {
  id: '0190',
  industry: '批发业',
  department: '华东',
  region: '浙江',
  roles: ['customer', 'supplier'],
}

interface Policy extends WithVariants<Policy> {
  readonly name: string
}

function variant(id: string, scope: PartyScope, more: object = {}): Variant<object> {
  return { id, label: { zh: id, en: id }, scope, ...more }
}

function prepared(...variants: readonly Variant<object>[]): Policy {
  return {
    name: 'base',
    variants: variants.map(({ id, label, scope, trial }) => ({
      ...{ id, label, scope, policy: { name: id, variants: [] } },
      trial: trial ? prepareTrial(trial) : null,
    })),
  }
}

function problemsOf(variants: readonly Variant<object>[]): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  prepareVariants({ variants }, (policy) => ({ kind: 'ready', policy }), problems)
  return problems
}

const fitting: readonly (readonly [string, PartyScope, boolean])[] = [
  ['one of the industries', { industries: ['制造业', '批发业'] }, true],
  ['another industry', { industries: ['制造业'] }, false],
  ['all lists', { industries: ['批发业'], departments: ['华东'], regions: ['浙江'] }, true],
  ['one list that does not fit', { industries: ['批发业'], regions: ['江苏'] }, false],
  ['one of its classes', { roles: ['channel-partner', 'customer'] }, true],
  ['no class of its own', { roles: ['platform-user'] }, false],
]

for (const [what, scope, isOf] of fitting) {
  test(`a variant is ${isOf ? '' : 'not '}of a customer with ${what}`, () => {
    assert.equal(policyFor(prepared(variant('v', scope)), customer).variant, isOf ? 'v' : null)
  })
}

test('what is not known of a customer fits no scope', () => {
  const unknown = { id: null, industry: null, department: null, region: null, roles: [] }
  for (const [, scope] of fitting) {
    assert.equal(policyFor(prepared(variant('v', scope)), unknown).variant, null)
  }
})

test('the first that fits holds, and is found again by its id', () => {
  const policy = prepared(
    variant('none', { industries: ['制造业'] }),
    variant('first', { departments: ['华东'] }),
    variant('second', { industries: ['批发业'] }),
  )
  assert.equal(policyFor(policy, customer).policy.name, 'first')
  assert.equal(policyOfVariant(policy, 'second').name, 'second')
  assert.equal(policyOfVariant(policy, null).name, 'base')
  assert.throws(() => policyOfVariant(policy, 'gone'))
})

test('a variant stands in place of what it names, and has no variants of its own', () => {
  const whole = { id: 'p', caps: 1, terms: 2, variants: [{}] }
  assert.deepEqual(mergedFor(whole, variant('v', {}, { caps: 9 })), { id: 'p', caps: 9, terms: 2 })
})

const broken: readonly (readonly [string, readonly Variant<object>[], string, string])[] = [
  ['no scope', [variant('v', {})], 'incomplete', 'variants[0].scope'],
  ['an empty list', [variant('v', { regions: [] })], 'incomplete', 'variants[0].scope'],
  [
    'an id given twice',
    [variant('v', { regions: ['浙江'] }), variant('v', { regions: ['江苏'] })],
    'duplicate-id',
    'variants[1].id',
  ],
  [
    'a narrower one after a wider one',
    [
      variant('a', { regions: ['浙江', '江苏'] }),
      variant('b', { regions: ['浙江'], roles: ['customer'] }),
    ],
    'unreachable',
    'variants[1].scope',
  ],
]

for (const [what, variants, kind, path] of broken) {
  test(`variants with ${what} are refused`, () => {
    const problems = problemsOf(variants)
    assert.deepEqual(
      problems.map((each) => [each.kind, each.path]),
      [[kind, path]],
    )
    if (kind !== 'unreachable') return
    // The customer who shows it is under the earlier one.
    const [shown] = problems[0]?.shownBy ?? []
    assert.deepEqual(
      shown?.knows.map(({ value }) => value),
      ['浙江', 'customer'],
    )
    assert.equal(shown.gets.zh, 'a')
  })
}

test('a narrower one before a wider one is as it should be', () => {
  const variants = [
    variant('b', { regions: ['浙江'], roles: ['customer'] }),
    variant('a', { regions: ['浙江'] }),
  ]
  assert.deepEqual(problemsOf(variants), [])
})

test('what is wrong in a variant is told there, what is wrong for all is told once', () => {
  const wrong = (path: string): DocumentProblem => ({
    ...{ kind: 'out-of-range', path },
    ...{ message: { zh: path, en: path }, remedy: { zh: '', en: '' } },
  })
  const problems = [wrong('caps')]
  const variants = [variant('v', { regions: ['浙江'] })]
  const found = [wrong('caps'), wrong('terms')]
  prepareVariants({ variants }, () => ({ kind: 'problems', problems: found }), problems)
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['caps', 'variants[0].terms'],
  )
})

const trial: Trial = { name: 'net-45', share: '20%', group: 'challenger', readOn: '2027-03-31' }

test('a variant of a trial is of those whom chance draws, and of nobody who is not known', () => {
  const policy = prepared(variant('v', {}, { trial }))
  const ids = Array.from({ length: 1_000 }, (_, at) => `0190-${at}`)
  const drawn = ids.filter((id) => policyFor(policy, { ...customer, id }).variant === 'v')
  assert(drawn.length > 150 && drawn.length < 250, String(drawn.length))
  assert.equal(policyFor(policy, { ...customer, id: null }).variant, null)
  const within = prepared(variant('v', { industries: ['制造业'] }, { trial }))
  assert(ids.every((id) => policyFor(within, { ...customer, id }).variant === null))
})

test('the rest of a trial is unreachable behind the whole, its other group is not', () => {
  const later = (more: object) => problemsOf([variant('a', {}, { trial }), variant('b', {}, more)])
  assert.deepEqual(later({ trial: { ...trial, group: 'champion' } }), [])
  assert.deepEqual(
    later({ trial }).map(({ kind, path }) => `${kind} ${path}`),
    ['unreachable variants[1].scope'],
  )
  assert.deepEqual(
    later({ trial: { ...trial, share: '0%' } }).map(({ kind, path }) => `${kind} ${path}`),
    ['out-of-range variants[1].trial.share'],
  )
})
