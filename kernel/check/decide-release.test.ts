import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '#kernel/calendar/day.ts'
import { decideRelease, type ReleaseQuestion } from '#kernel/check/decide-release.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { type Money, money } from '#kernel/money/money.ts'

const cny = currency('CNY')
const usd = currency('USD')
const authorities = [
  { role: 'admin', authority: 'unlimited' },
  { role: 'credit-manager', authority: 1_000n },
  { role: 'sales', authority: 100n },
  { role: 'viewer', authority: 0n },
] as const

function currency(code: string): Currency {
  const parsed = parseCurrency(code)
  assert(parsed)
  return parsed
}

type Change = {
  hold?: Partial<ReleaseQuestion['hold']>
  asked?: Partial<ReleaseQuestion['asked']>
  roles?: readonly string[]
  isAsker?: boolean
}

function question({ hold, asked, roles, isAsker }: Change): ReleaseQuestion {
  return {
    today: day('2026-11-24'),
    hold: { state: 'open', amount: money(800n, cny), frozen: null, ...hold },
    asked: { upTo: money(800n, cny), untilOn: null, ...asked },
    person: { roles: roles ?? ['credit-manager'], isAsker: isAsker ?? false },
    authorities,
    currency: cny,
    convert: (amount) => toYuan(amount),
  }
}

/** Seven yuan for a dollar; nothing else has a rate. */
function toYuan({ minor, currency: from }: Money): Money | null {
  if (from === cny) return money(minor, cny)
  return from === usd ? money(minor * 7n, cny) : null
}

const euro = money(1n, currency('EUR'))
const wrong = { asked: { upTo: money(801n, cny), untilOn: day('2026-11-23') } }
const cases: [string, Change, string][] = [
  // In order of precedence: each of the first is wrong in everything that stands below it too.
  ['a hold that ended', { ...wrong, hold: { state: 'rejected', frozen: '甲' } }, 'not-open'],
  ['a last day that is past', { ...wrong, hold: { frozen: '甲' } }, 'day-past'],
  [
    'more than the document has',
    { asked: { upTo: money(801n, cny) }, hold: { frozen: '甲' }, roles: ['viewer'] },
    'more-than-held',
  ],
  ['a frozen account, even for an admin', { hold: { frozen: '甲' }, roles: ['admin'] }, 'frozen'],
  [
    'an amount without a rate',
    { asked: { upTo: euro }, hold: { amount: euro }, roles: ['viewer'] },
    'rate-missing',
  ],
  ['their own document as credit manager', { isAsker: true }, 'own-document'],
  ['their own document as admin', { isAsker: true, roles: ['admin'] }, 'own-document'],
  [
    'their own document, above any role of theirs',
    { isAsker: true, roles: ['sales'] },
    'above-authority',
  ],
  ['an amount above the role', { roles: ['sales'] }, 'above-authority'],
  ['a role without authority', { roles: ['viewer'] }, 'above-authority'],
  ['a role that the policy does not name', { roles: ['integrator'] }, 'above-authority'],
  [
    'dollars that are worth more than the role',
    { hold: { amount: money(143n, usd) }, asked: { upTo: money(143n, usd) } },
    'above-authority',
  ],
  // Released.
  [
    'dollars within the role',
    { hold: { amount: money(142n, usd) }, asked: { upTo: money(142n, usd) } },
    'released',
  ],
  [
    'exactly the amount of the role',
    { hold: { amount: money(1_000n, cny) }, asked: { upTo: money(1_000n, cny) } },
    'released',
  ],
  ['the better of two roles', { roles: ['sales', 'credit-manager'] }, 'released'],
  [
    'a part within the role of a document above it',
    { roles: ['sales'], asked: { upTo: money(100n, cny) } },
    'released',
  ],
  [
    'their own within what a salesperson may',
    { isAsker: true, asked: { upTo: money(100n, cny) } },
    'released',
  ],
  ['a hold that waits for an answer', { hold: { state: 'asked' } }, 'released'],
  ['today as its last day', { asked: { untilOn: day('2026-11-24') } }, 'released'],
  [
    'anything for an admin',
    { roles: ['admin'], hold: { amount: money(9n ** 20n, cny) } },
    'released',
  ],
]
for (const [name, change, kind] of cases) {
  test(`${kind}: ${name}`, () => {
    assert.equal(decideRelease(question(change)).kind, kind)
  })
}

test('a refusal names who can and how far the person may go', () => {
  assert.deepEqual(decideRelease(question({ isAsker: true })), {
    kind: 'own-document',
    may: 100n,
    able: ['admin', 'credit-manager'],
  })
})

test('a release names the role that carries it, and whether something is left', () => {
  const part = { asked: { upTo: money(90n, cny) }, isAsker: true, roles: ['admin'] }
  assert.deepEqual(decideRelease(question(part)), {
    kind: 'released',
    isPartial: true,
    by: { role: 'sales', authority: 100n },
  })
})

test('more authority or a smaller amount never turns a release into a refusal', () => {
  const amount = fc.bigInt({ min: 1n, max: 2_000n })
  const roles = fc.subarray(['admin', 'credit-manager', 'sales', 'viewer'])
  fc.assert(
    fc.property(amount, amount, roles, roles, fc.boolean(), (a, b, some, more, isAsker) => {
      const [small, large] = a < b ? [a, b] : [b, a]
      const kindOf = (upTo: bigint, own: readonly string[]) =>
        decideRelease(
          question({
            hold: { amount: money(2_000n, cny) },
            asked: { upTo: money(upTo, cny) },
            ...{ roles: own, isAsker },
          }),
        ).kind
      if (kindOf(large, some) !== 'released') return
      assert.equal(kindOf(small, some), 'released')
      assert.equal(kindOf(large, [...some, ...more]), 'released')
    }),
  )
})
