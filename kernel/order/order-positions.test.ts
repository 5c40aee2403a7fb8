import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type OrderEvent,
  type OrderPositions,
  positionsAfter,
  totalOf,
} from '#kernel/order/order-positions.ts'

/** Counted, order, and the deliveries A and B. */
type Row = readonly [counted: bigint, order: bigint, a?: bigint, b?: bigint]

const from = ([counted, order, a, b]: Row): OrderPositions => ({
  counted,
  ahead: counted > order ? counted - order : 0n,
  order,
  deliveries: [
    ...(a === undefined ? [] : [{ id: 'A', minor: a }]),
    ...(b === undefined ? [] : [{ id: 'B', minor: b }]),
  ],
})

const delivered = (id: string, fromRest: bigint, beyond = 0n): OrderEvent => ({
  kind: 'delivered',
  ...{ id, fromRest, beyond },
})
const rest = (before: bigint, to: bigint): OrderEvent => ({
  kind: 'rest-changed',
  from: before,
  to,
})
const returned = (minor: bigint, again = 0n): OrderEvent => ({
  kind: 'returned',
  ...{ id: 'A', minor, again },
})

const rules: readonly [string, Row, OrderEvent, Row][] = [
  ['a confirmed order counts', [0n, 0n], { kind: 'confirmed', rest: 100n }, [100n, 100n]],
  ['a part of it that was released', [0n, 0n], { kind: 'confirmed', rest: 60n }, [60n, 60n]],
  ['reopened, what was invoiced ahead', [30n, 0n], { kind: 'confirmed', rest: 100n }, [100n, 70n]],
  ['a delivery moves its value', [100n, 100n], delivered('A', 40n), [60n, 60n, 40n]],
  ['the next one too', [60n, 60n, 40n], delivered('B', 60n), [0n, 0n, 40n, 60n]],
  ['over-delivery adds the excess', [60n, 60n], delivered('A', 60n, 5n), [0n, 0n, 65n]],
  ['beyond a partial release it raises', [20n, 20n], delivered('A', 40n), [0n, 0n, 40n]],
  ['invoiced ahead counts once', [100n, 0n], delivered('A', 40n), [60n, 0n, 0n]],
  ['partly invoiced ahead', [100n, 70n], delivered('A', 40n), [60n, 60n, 10n]],
  ['a larger quantity or price', [100n, 100n], rest(100n, 120n), [120n, 120n]],
  ['a smaller one', [100n, 100n], rest(100n, 75n), [75n, 75n]],
  ['a smaller one above a release', [60n, 60n], rest(100n, 80n), [60n, 60n]],
  ['a smaller one below a release', [60n, 60n], rest(100n, 50n), [50n, 50n]],
  ['a smaller one invoiced ahead', [100n, 70n], rest(100n, 80n), [80n, 50n]],
  ['below what was invoiced ahead', [100n, 20n], rest(100n, 60n), [60n, 0n]],
  ['a price after delivery', [0n, 0n, 40n], { kind: 'repriced', id: 'A', to: 44n }, [0n, 0n, 44n]],
  ['a return', [60n, 60n, 40n], returned(10n), [60n, 60n, 30n]],
  ['a return to be delivered again', [60n, 60n, 40n], returned(10n, 10n), [70n, 70n, 30n]],
  ['the rest is ended', [60n, 60n, 40n], { kind: 'rest-ended' }, [0n, 0n, 40n]],
  ['with what was invoiced ahead of it', [60n, 20n, 0n], { kind: 'rest-ended' }, [0n, 0n, 0n]],
  ['settled without an invoice', [0n, 0n, 1n, 3n], { kind: 'settled' }, [0n, 0n, 0n, 0n]],
  ['positions of an older ledger', [0n, 50n], delivered('A', 50n), [0n, 0n, 50n]],
]

for (const [what, before, event, after] of rules) {
  test(`${event.kind}: ${what}`, () => {
    const { ahead: _, ...counts } = positionsAfter(from(before), event)
    const { ahead: __, ...expected } = from(after)
    assert.deepEqual(counts, expected)
  })
}

const amount = fc.bigInt({ min: 0n, max: 10n ** 12n })

test('delivering within the rest never lowers what counts by more than was invoiced ahead', () => {
  fc.assert(
    fc.property(amount, amount, amount, (order, ahead, value) => {
      const now: OrderPositions = { counted: order + ahead, ahead, order, deliveries: [] }
      const fromRest = value < now.counted ? value : now.counted
      const then = positionsAfter(now, delivered('A', fromRest))
      assert.equal(totalOf(then), totalOf(now))
    }),
  )
})

test('no event makes a position negative', () => {
  const events = fc.oneof(
    fc.record({ kind: fc.constant('confirmed' as const), rest: amount }),
    fc.record({
      ...{ kind: fc.constant('delivered' as const), id: fc.constant('A') },
      ...{ fromRest: amount, beyond: amount },
    }),
    fc.record({ kind: fc.constant('rest-changed' as const), from: amount, to: amount }),
    fc.record({
      ...{ kind: fc.constant('returned' as const), id: fc.constant('A') },
      ...{ minor: amount, again: amount },
    }),
    fc.record({ kind: fc.constant('rest-ended' as const) }),
  )
  fc.assert(
    fc.property(fc.array(events, { maxLength: 30 }), (all) => {
      let now: OrderPositions = { counted: 0n, ahead: 0n, order: 0n, deliveries: [] }
      for (const event of all) {
        now = positionsAfter(now, event)
        assert.ok(now.order >= 0n && now.counted >= now.order, JSON.stringify(event.kind))
        for (const { minor } of now.deliveries) assert.ok(minor >= 0n)
      }
    }),
  )
})
