import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCheckRules } from '#kernel/check/check-check-rules.ts'
import { type CheckRules, checkRulesReader } from '#kernel/check/check-rules.ts'
import { everywhere, limitRule, rulesDocument, statusRule } from '#kernel/check/testing-check.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'

const names = { roles: ['admin', 'credit-manager', 'sales'], partyRoles: ['customer', 'supplier'] }
const sound = rulesDocument([statusRule, limitRule])

/** What is wrong with a document, by its shape or by what it says. */
function problemsOf(document: unknown) {
  const reading = readDocument(checkRulesReader, JSON.parse(JSON.stringify(document)))
  if (reading.kind === 'problems') return reading.problems
  return checkCheckRules(reading.document, standardRatingScale, names)
}

const withRule = (rule: object): object => ({
  ...sound,
  rules: [statusRule, { id: 'r', ...everywhere, ...rule }],
})
const dunned = { kind: 'dunning-level', from: 1 }
const trial = { name: '试点', share: '20%', group: 'challenger', readOn: '2027-01-31' }

const faults: [string, Partial<CheckRules> | object, string[]][] = [
  ['sound rules', {}, []],
  ['no such currency', { currency: 'YUAN' }, ['unknown-reference currency']],
  ['no such scale', { scale: 'other' }, ['unknown-reference scale']],
  [
    'a horizon of no days',
    { horizon: { days: 0, laterShare: '0%' } },
    ['out-of-range horizon.days'],
  ],
  [
    'a share over the whole',
    { horizon: { days: 9, laterShare: '101%' }, tolerance: '-1%', amendTolerance: '5' },
    ['out-of-range horizon.laterShare', 'out-of-range tolerance', 'out-of-range amendTolerance'],
  ],
  ['grace of eleven years', { graceDays: 4000 }, ['out-of-range graceDays']],
  ['a reservation of no time', { reservationMinutes: 0 }, ['out-of-range reservationMinutes']],
  [
    'authority of a role that is not there, and of less than nothing',
    { releaseAuthority: { boss: '5', sales: '-1', admin: 'unlimited' } },
    ['unknown-reference releaseAuthority.boss', 'out-of-range releaseAuthority.sales'],
  ],
  ['no rule for frozen accounts', { rules: [limitRule] }, ['incomplete rules']],
  [
    'a rule for frozen accounts that spares some, only warns, or asks at one checkpoint',
    {
      rules: [
        { ...statusRule, id: 'a', except: { parties: ['C1'] } },
        { ...statusRule, id: 'b', reaction: 'warn' },
        { ...statusRule, id: 'c', checkpoints: ['order'] },
      ],
    },
    ['incomplete rules'],
  ],
  [
    'a rule id given twice',
    { rules: [statusRule, limitRule, limitRule] },
    ['duplicate-id rules[2].id'],
  ],
  ['a kind that is not there', withRule({ kind: 'limits' }), ['wrong-type rules[1].kind']],
  [
    'a parameter of another kind',
    withRule({ ...dunned, overDays: 3 }),
    ['unknown-key rules[1].overDays'],
  ],
  [
    'a parameter that is missing',
    withRule({ kind: 'dunning-level' }),
    ['missing-key rules[1].from'],
  ],
  ['no checkpoint', withRule({ ...dunned, checkpoints: [] }), ['incomplete rules[1].checkpoints']],
  [
    'a checkpoint named twice',
    withRule({ ...dunned, checkpoints: ['order', 'order'] }),
    ['duplicate-id rules[1].checkpoints[1]'],
  ],
  ['an empty scope', withRule({ ...dunned, scope: {} }), ['incomplete rules[1].scope']],
  [
    'an empty list in a scope',
    withRule({ ...dunned, except: { parties: [] } }),
    ['incomplete rules[1].except.parties'],
  ],
  [
    'a grade and a party role that are not there',
    withRule({ ...dunned, scope: { grades: ['A', 'E'], roles: ['costumer'] } }),
    ['unknown-reference rules[1].scope.grades[1]', 'unknown-reference rules[1].scope.roles[0]'],
  ],
  [
    'a scope that is spared altogether',
    withRule({ ...dunned, scope: { grades: ['A'] }, except: { grades: ['A', 'B'] } }),
    ['inconsistent rules[1].except.grades'],
  ],
  ['past due over nothing', withRule({ kind: 'overdue-amount' }), ['incomplete rules[1]']],
  [
    'amounts that are none',
    withRule({ kind: 'days-overdue', overDays: 4000, minimumAmount: '1.001' }),
    ['out-of-range rules[1].minimumAmount', 'out-of-range rules[1].overDays'],
  ],
  ['level 0', withRule({ kind: 'dunning-level', from: 0 }), ['out-of-range rules[1].from']],
  [
    'no broken promise at all',
    withRule({ kind: 'broken-promises', count: 0, withinDays: 0 }),
    ['out-of-range rules[1].count', 'out-of-range rules[1].withinDays'],
  ],
  ['no field', withRule({ kind: 'fields-changed', fields: [] }), ['incomplete rules[1].fields']],
  [
    'no level',
    withRule({ kind: 'utilisation', basis: 'dynamic', levels: [], overShare: 'much' }),
    ['incomplete rules[1].levels', 'out-of-range rules[1].overShare'],
  ],
  [
    'a trial of nobody, on no day',
    withRule({ ...dunned, trial: { ...trial, share: '100%', readOn: '2027-02-30' } }),
    ['out-of-range rules[1].trial.share', 'wrong-type rules[1].trial.readOn'],
  ],
  [
    'a trial with two shares',
    {
      rules: [
        statusRule,
        { ...everywhere, id: 'a', ...dunned, trial },
        { ...everywhere, id: 'b', ...dunned, from: 2, trial: { ...trial, share: '30%' } },
      ],
    },
    ['inconsistent rules[2].trial'],
  ],
  [
    'a stricter rule that is tried out on a part, beside the rule for all',
    {
      rules: [
        statusRule,
        { ...everywhere, id: 'a', kind: 'dunning-level', from: 3 },
        { ...everywhere, id: 'b', kind: 'dunning-level', from: 2, trial, reaction: 'shadow' },
      ],
    },
    [],
  ],
  [
    'a rule for a part that adds nothing to the one for all',
    {
      rules: [
        statusRule,
        { ...everywhere, id: 'a', kind: 'dunning-level', from: 2 },
        { ...everywhere, id: 'b', kind: 'dunning-level', from: 3, trial },
      ],
    },
    ['unreachable rules[2]'],
  ],
  [
    'a basis that is not there',
    withRule({ kind: 'limit', basis: 'horizon', levels: ['party'] }),
    ['wrong-type rules[1].basis'],
  ],
]
for (const [name, change, expected] of faults) {
  test(`${name}: ${expected.length === 0 ? 'no problem' : 'found with its path'}`, () => {
    const found = problemsOf({ ...sound, ...change })
    assert.deepEqual(
      found.map(({ kind, path }) => `${kind} ${path}`),
      expected,
    )
    for (const { message, remedy } of found) {
      assert(message.zh && message.en && remedy.zh && remedy.en)
    }
  })
}
