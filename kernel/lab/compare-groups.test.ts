import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Compared, compareGroups } from '#kernel/lab/compare-groups.ts'
import { normal, openStream, unit } from '#kernel/random/random.ts'

const figures = ['late', 'sales', 'held', 'unpaid', 'writtenOff']

/** Customers of very different sizes, some of whom pay late; of challengers another part of them. */
function company(seed: string, of: { customers: number; share: number; late: [number, number] }) {
  const stream = openStream(seed, 'company')
  return Array.from({ length: of.customers }, (): Compared => {
    const isChallenger = unit(stream) < of.share
    const due = Math.exp(normal(stream) * 1.2) * 100_000
    const chance = isChallenger ? of.late[1] : of.late[0]
    const late = unit(stream) < chance ? due * unit(stream) : 0
    const held = unit(stream) < 0.3 ? 1 : 0
    return {
      isChallenger,
      parts: { late: [late, due], sales: [due, 1], held: [held, 1], unpaid: [late, due] },
    }
  })
}

test('groups that differ by nothing but chance are not found different', () => {
  let found = 0
  const runs = 400
  for (let run = 0; run < runs; run += 1) {
    const customers = company(`same-${run}`, { customers: 600, share: 0.3, late: [0.3, 0.3] })
    if (compareGroups(customers, figures).some(({ verdict }) => /er$/.test(verdict))) found += 1
  }
  // Of five figures together at most one trial in twenty; the rest is chance of so many runs.
  assert(found <= runs * 0.08, `${found} of ${runs}`)
})

test('a true difference is found, and lies within its interval', () => {
  let [found, covered] = [0, 0]
  const runs = 200
  for (let run = 0; run < runs; run += 1) {
    const customers = company(`other-${run}`, { customers: 1_800, share: 0.5, late: [0.5, 0.3] })
    const [late] = compareGroups(customers, figures)
    assert(late?.low != null && late.high != null)
    if (late.verdict === 'lower') found += 1
    // What is late is half of what is due, on the average: -0.2 / 2.
    if (late.low < -0.1 && -0.1 < late.high) covered += 1
  }
  assert(found > runs * 0.8, `${found} of ${runs}`)
  assert(covered > runs * 0.95, `${covered} of ${runs}`)
})

test('of few customers nothing is said', () => {
  const customers = company('few', { customers: 50, share: 0.2, late: [0.5, 0.1] })
  const told = compareGroups(customers, figures)
  assert(told.every(({ verdict }) => verdict === 'too-few'))
  assert(told[0]?.champion !== null, 'the figures themselves are told')
  assert.equal(told.find(({ id }) => id === 'writtenOff')?.champion, null)
})

test('a figure is the sum over the customers, not the mean of theirs', () => {
  const of = (isChallenger: boolean, top: number, bottom: number): Compared => ({
    ...{ isChallenger, parts: { late: [top, bottom] } },
  })
  const [late] = compareGroups([of(true, 1, 10), of(true, 9, 10), of(false, 0, 90)], ['late'])
  assert.deepEqual([late?.challenger, late?.champion], [0.5, 0])
})
