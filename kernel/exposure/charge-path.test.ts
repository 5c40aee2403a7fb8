import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chargePathOf, type PartyLinks } from '#kernel/exposure/charge-path.ts'

type Ties = { merged?: string; payer?: string; group?: string; heads?: boolean }

function linksOf(ties: Readonly<Record<string, Ties>>): Map<string, PartyLinks> {
  return new Map(
    Object.entries(ties).map(([id, { merged, payer, group, heads }]) => [
      id,
      {
        id,
        mergedIntoId: merged ?? null,
        payerId: payer ?? null,
        groupParentId: group ?? null,
        headsGroup: heads ?? false,
      },
    ]),
  )
}

const cases: readonly [string, Readonly<Record<string, Ties>>, string, readonly string[]][] = [
  ['alone, it charges itself', { A: {} }, 'A', []],
  ['its payer is charged', { A: { payer: 'P' }, P: {} }, 'P', []],
  ['the payer of its payer is charged', { A: { payer: 'P' }, P: { payer: 'Q' }, Q: {} }, 'Q', []],
  ['a duplicate counts as its survivor', { A: { merged: 'S' }, S: {} }, 'S', []],
  [
    'the survivor of its payer is charged',
    { A: { payer: 'P' }, P: { merged: 'S' }, S: {} },
    'S',
    [],
  ],
  ['its group counts', { A: { group: 'G' }, G: { heads: true } }, 'A', ['G']],
  [
    'groups above the group count, nearest first',
    { A: { group: 'G' }, G: { group: 'H', heads: true }, H: { heads: true } },
    'A',
    ['G', 'H'],
  ],
  ['the head of a group counts to it', { A: { heads: true } }, 'A', ['A']],
  [
    'the group of the payer counts, not its own',
    { A: { payer: 'P', group: 'G' }, P: { group: 'H' }, G: { heads: true }, H: { heads: true } },
    'P',
    ['H'],
  ],
  [
    'a group head that was merged hands its group on',
    { A: { group: 'G' }, G: { merged: 'H', heads: true }, H: { heads: true } },
    'A',
    ['H'],
  ],
  ['payers in a circle end where it closes', { A: { payer: 'B' }, B: { payer: 'A' } }, 'B', []],
  [
    'groups in a circle are each counted once',
    { A: { group: 'G' }, G: { group: 'H', heads: true }, H: { group: 'G', heads: true } },
    'A',
    ['G', 'H'],
  ],
]

for (const [name, ties, chargedId, groupIds] of cases) {
  test(name, () => {
    assert.deepEqual(chargePathOf('A', linksOf(ties)), { chargedId, groupIds })
  })
}
