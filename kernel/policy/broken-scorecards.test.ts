import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MadeUpCustomer } from '#kernel/document/made-up-customer.ts'
import { checkPolicy } from '#kernel/policy/policy.ts'
import {
  type Broken,
  context,
  factIn,
  type Proof,
  same,
  unproven,
} from '#kernel/policy/testing-broken.ts'
import type { Characteristic, Condition, Scorecard } from '#kernel/scoring/scorecard.ts'

const overdue = (parts: Partial<Characteristic>): Scorecard => ({
  id: 'card',
  label: same('card'),
  scale: 'standard',
  dimensions: [{ id: 'd', label: same('d') }],
  characteristics: [{ indicator: 'overdue_days_now', dimension: 'd', missing: '0', ...parts }],
})
const sound = overdue({ bins: [{ upTo: '0', points: '5' }, { points: '0' }] })
const days = (bounds: object): Condition => ({ indicator: 'overdue_days_now', ...bounds })
const reason = same('reason')
const bins = (...of: NonNullable<Characteristic['bins']>) => overdue({ bins: of })

/** Parts of the first question that take the value, by the bounds that are written. */
function partsFor({ characteristics: [first] }: Scorecard, value: string): number[] {
  return (first?.bins ?? []).flatMap((bin, index) => (isWithin(bin, value) ? [index] : []))
}

function isWithin(bounds: Omit<Condition, 'indicator'>, value: string): boolean {
  const { above, below, from, is, upTo } = bounds
  if (is !== undefined) return value === is
  const number = Number(value.replace('%', ''))
  const of = (text: string) => Number(text.replace('%', ''))
  return (
    value !== '' &&
    (from === undefined || number >= of(from)) &&
    (above === undefined || number > of(above)) &&
    (upTo === undefined || number <= of(upTo)) &&
    (below === undefined || number < of(below))
  )
}

const meets = (conditions: readonly Condition[] | undefined, customer?: MadeUpCustomer) =>
  conditions?.every((each) => isWithin(each, factIn(customer, each.indicator))) ?? false

const inNone: Proof = (card: Scorecard, [shown]) => partsFor(card, factIn(shown)).length === 0
const inTwo: Proof = (card: Scorecard, [shown]) => partsFor(card, factIn(shown)).length === 2
const unnamed: Proof = ({ characteristics: [first] }: Scorecard, [shown]) =>
  first?.choices?.every(({ is }) => is !== factIn(shown, first.indicator)) ?? false

const fallingPoints: Proof = ({ characteristics: [first] }: Scorecard, [low, high]) => {
  const pointsOf = (shown?: MadeUpCustomer) =>
    Number(first?.bins?.findLast((_, index) => index === firstPart(first, factIn(shown)))?.points)
  return pointsOf(low) < pointsOf(high) && Number(factIn(low)) < Number(factIn(high))
}

function firstPart(of: Characteristic, value: string): number {
  return of.bins?.findIndex((bin) => isWithin(bin, value)) ?? -1
}

function first({ characteristics: [one] }: Scorecard): Characteristic {
  assert(one)
  return one
}

const broken: readonly Broken[] = [
  [
    'a gap between two bins',
    'scorecard',
    bins({ upTo: '5', points: '5' }, { above: '6', points: '0' }),
    'gap characteristics[0].bins[0–1]',
    inNone,
  ],
  [
    'a gap below the first bin',
    'scorecard',
    bins({ from: '1', upTo: '5', points: '5' }, { above: '5', points: '0' }),
    'gap characteristics[0].bins[0]',
    inNone,
  ],
  [
    'a gap above the last bin',
    'scorecard',
    bins({ upTo: '5', points: '5' }, { above: '5', upTo: '90', points: '0' }),
    'gap characteristics[0].bins[1]',
    inNone,
  ],
  [
    'two bins that share a value',
    'scorecard',
    bins({ upTo: '5', points: '5' }, { from: '5', points: '0' }),
    'overlap characteristics[0].bins[0–1]',
    inTwo,
  ],
  [
    'two bins that share many values',
    'scorecard',
    bins({ upTo: '30', points: '5' }, { from: '10', points: '0' }),
    'overlap characteristics[0].bins[0–1]',
    inTwo,
  ],
  [
    'a bin that is never reached',
    'scorecard',
    bins({ upTo: '9', points: '5' }, { upTo: '3', points: '1' }, { points: '0' }),
    'unordered characteristics[0].bins[1]',
    (card: Scorecard, [shown]) => firstPart(first(card), factIn(shown)) === 0,
  ],
  [
    'a bin without values',
    'scorecard',
    bins({ upTo: '3', points: '5' }, { from: '9', upTo: '4', points: '1' }, { points: '0' }),
    'unordered characteristics[0].bins[1]',
    (card: Scorecard, [shown]) => partsFor(card, factIn(shown)).every((part) => part !== 1),
  ],
  [
    'more points for those who are later',
    'scorecard',
    overdue({
      better: 'lower',
      bins: [{ upTo: '0', points: '3' }, { upTo: '30', points: '5' }, { points: '0' }],
    }),
    'not-monotone characteristics[0]',
    fallingPoints,
  ],
  [
    'a word that no choice names',
    'scorecard',
    overdue({ indicator: 'zone', choices: [{ is: 'safe', points: '5' }] }),
    'incomplete characteristics[0].choices',
    unnamed,
  ],
  [
    'an answer that no choice names',
    'scorecard',
    overdue({ indicator: 'dishonest_debtor', choices: [{ is: 'no', points: '5' }] }),
    'incomplete characteristics[0].choices',
    unnamed,
  ],
  [
    'a choice given twice',
    'scorecard',
    overdue({
      indicator: 'zone',
      choices: ['safe', 'safe', 'otherwise'].map((is, index) => ({ is, points: `${index}` })),
    }),
    'duplicate-id characteristics[0].choices[1].is',
    (card: Scorecard, [shown]) =>
      first(card).choices?.filter(({ is }) => is === factIn(shown, 'zone')).length === 2,
  ],
  [
    'conditions that exclude each other',
    'scorecard',
    {
      ...sound,
      knockOuts: [{ when: [days({ above: '90' }), days({ upTo: '60' })], cap: 'D', reason }],
    },
    'unreachable knockOuts[0]',
    ({ knockOuts: [rule] = [] }: Scorecard, [shown]) =>
      meets(rule?.when.slice(0, 1), shown) && !meets(rule?.when, shown),
  ],
  [
    'a floor that a knock-out always takes back',
    'scorecard',
    {
      ...sound,
      floors: [{ when: [days({ above: '120' })], grade: 'BB', reason }],
      knockOuts: [{ when: [days({ above: '90' })], cap: 'D', reason }],
    },
    'inconsistent floors[0]',
    ({ floors: [floor] = [], knockOuts: [cap] = [] }: Scorecard, [shown]) =>
      meets(floor?.when, shown) && meets(cap?.when, shown),
  ],
  [
    'a floor whose grade needs what it excludes',
    'scorecard',
    {
      ...sound,
      floors: [{ when: [days({ above: '30' })], grade: 'A', reason }],
      requirements: [{ needs: [days({ upTo: '10' })], grade: 'A', reason }],
    },
    'inconsistent floors[0]',
    ({ floors: [floor] = [], requirements: [need] = [] }: Scorecard, [shown]) =>
      meets(floor?.when, shown) && !meets(need?.needs, shown),
  ],
  [
    'a grade whose needs cap it',
    'scorecard',
    {
      ...sound,
      requirements: [{ needs: [days({ upTo: '10' })], grade: 'AAA', reason }],
      knockOuts: [{ when: [days({ below: '60' })], cap: 'B', reason }],
    },
    'unreachable requirements[0]',
    ({ knockOuts: [cap] = [], requirements: [need] = [] }: Scorecard, [shown]) =>
      meets(need?.needs, shown) && meets(cap?.when, shown),
  ],
  [
    'a knock-out that another one covers',
    'scorecard',
    {
      ...sound,
      knockOuts: [
        { when: [days({ above: '60' })], cap: 'D', reason },
        { when: [days({ above: '90' })], cap: 'C', reason },
      ],
    },
    'unreachable knockOuts[1]',
    ({ knockOuts: [wide, narrow] = [] }: Scorecard, [shown]) =>
      meets(narrow?.when, shown) && meets(wide?.when, shown),
  ],
]

for (const each of broken) {
  test(`${each[0]} is found and shown by a made-up customer`, () => {
    assert.equal(unproven(each), null)
  })
}

test('the sound card that was broken has no problem', () => {
  assert.deepEqual(checkPolicy('scorecard', sound, context), [])
})
