import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { parse } from 'yaml'
import { readDocument } from '#kernel/document/read-document.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { bookSizeOf } from '#kernel/model/book-size.ts'
import { updateExpertCard } from '#kernel/model/update-expert-card.ts'
import { openStream, unit } from '#kernel/random/random.ts'
import { prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import { scorecardReader } from '#kernel/scoring/scorecard.ts'

const written: unknown = parse(
  readFileSync(new URL('../../packs/standard/scorecard.yaml', import.meta.url), 'utf8'),
)
const reading = readDocument(scorecardReader, written)
assert.ok(reading.kind === 'read')
const card = reading.document
const preparation = prepareScorecard(card, standardRatingScale, allIndicators)
assert.ok(preparation.kind === 'prepared')
const prepared = preparation.scorecard

/** Cases of whom only the characteristic at a place tells the outcome. */
function casesBy(telling: number, count: number) {
  const stream = openStream('small-book', telling, count)
  return Array.from({ length: count }, () => {
    const points = prepared.characteristics.map(({ id, maximum }) => ({
      ...{ id, maximum, value: null, bin: 0 },
      points: unit(stream) * maximum,
    }))
    const of = points[telling]
    const lost = of ? 1 - of.points / of.maximum : 0
    return { points, bad: unit(stream) < lost ** 3 }
  })
}

it('says how many characteristics the bad customers can carry', () => {
  assert.deepEqual(bookSizeOf(29), { kind: 'too-few-bads', bads: 29, needed: 30 })
  assert.deepEqual(bookSizeOf(30), { kind: 'model', characteristics: 3, bads: 30, needed: 30 })
  assert.deepEqual(bookSizeOf(217), { kind: 'model', characteristics: 21, bads: 217, needed: 30 })
})

it('leaves the weights of the expert as they are without any case', () => {
  const { factors } = updateExpertCard(card, prepared, [])
  for (const { id, factor } of factors) assert.ok(Math.abs(factor - 1) < 1e-6, `${id} ${factor}`)
})

it('moves weights by what is seen, the more the more cases there are', () => {
  const factorAfter = (count: number) =>
    updateExpertCard(card, prepared, casesBy(3, count)).factors[3]?.factor ?? 0
  const [few, many] = [factorAfter(40), factorAfter(2000)]
  assert.ok(few > 1 && many > few, `${few} and ${many}`)
})

it('gives a card that passes the checks and keeps its total', () => {
  const { card: updated } = updateExpertCard(card, prepared, casesBy(0, 300))
  const again = prepareScorecard(updated, standardRatingScale, allIndicators)
  assert.ok(again.kind === 'prepared')
  const total = (of: typeof prepared) =>
    of.characteristics.reduce((sum, { maximum }) => sum + maximum, 0)
  assert.ok(Math.abs(total(again.scorecard) - total(prepared)) < 0.5)
})
