import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isId, newId } from '#server/platform/ids.ts'

test('ids of one process grow and never repeat, also many within a millisecond', () => {
  const ids = Array.from({ length: 100_000 }, newId)
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(ids, ids.toSorted())
})

test('an id is a UUIDv7 of the present time', () => {
  const before = Date.now()
  const id = newId()
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const ms = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  // Ids made in bursts run a little ahead of the clock.
  assert.ok(ms >= before && ms <= Date.now() + 1000, `${ms}`)
})

test('random parts differ in every bit that is free', () => {
  const tails = Array.from({ length: 2000 }, () =>
    BigInt(`0x${newId().slice(19).replace('-', '')}`),
  )
  const seenOne = tails.reduce((bits, tail) => bits | tail, 0n)
  const seenZero = tails.reduce((bits, tail) => bits & tail, (1n << 64n) - 1n)
  assert.equal(seenOne, (0b10n << 62n) | ((1n << 62n) - 1n))
  assert.equal(seenZero, 0b10n << 62n)
})

test('only the canonical spelling is an id', () => {
  assert.ok(isId(newId()))
  for (const text of ['', '7', newId().toUpperCase(), `${newId()} `, newId().replaceAll('-', '')]) {
    assert.equal(isId(text), false, text)
  }
})
