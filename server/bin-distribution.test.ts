import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import type { BinDistribution } from '#contract/lab.ts'
import { isRefusal } from '#contract/problem.ts'
import { loadDemo } from '#server/demo/public.ts'
import { binDistribution } from '#server/lab/bin-distribution.ts'
import type { Context } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let manager: Context

before(async () => {
  database = await openTestDatabase()
  const size = { seed: 'demo', customers: 64, suppliers: 1, openOrders: false }
  assert.ok(!isRefusal(await loadDemo(database.context('admin'), size)))
  manager = database.context('credit-manager')
})

after(() => database.close())

const standard = () =>
  parse(readFileSync(`${import.meta.dirname}/../packs/standard/scorecard.yaml`, 'utf8'))

async function distribution(document: unknown): Promise<BinDistribution> {
  const answer = await binDistribution(manager, document)
  assert.ok(!isRefusal(answer), isRefusal(answer) ? answer.refused.detail : '')
  return answer
}

test('every customer falls into one bin of each characteristic, and so does everyone judged', async () => {
  const document = standard()
  const told = await distribution(document)
  assert.equal(told.customers + told.notRated, 64)
  assert.ok(told.judged > 30 && told.bad > 0, JSON.stringify(told))
  assert.equal(told.characteristics.length, document.characteristics.length)
  for (const { bins, id, missing } of told.characteristics) {
    for (const [figure, whole] of [
      ['customers', told.customers],
      ['judged', told.judged],
      ['bad', told.bad],
    ] as const) {
      const sum = [...bins, missing].reduce((all, bin) => all + bin[figure], 0)
      assert.equal(sum, whole, `${id} ${figure}`)
    }
  }
})

test('a bin that is split shows its customers in both parts', async () => {
  const document = standard()
  const boundOf = (each: { bins?: { upTo?: string; below?: string }[] }) =>
    String(each.bins?.[0]?.upTo ?? each.bins?.[0]?.below ?? 0)
  const at = document.characteristics.findIndex(
    (each: object) => Number.parseFloat(boundOf(each)) > 0,
  )
  const before = (await distribution(document)).characteristics[at]
  const [first, ...rest] = document.characteristics[at].bins
  const bound = boundOf(document.characteristics[at])
  const half = bound.replace(/^[\d.]+/, (number) => String(Number(number) / 2))
  document.characteristics[at].bins = [{ points: first.points, upTo: half }, first, ...rest]
  const after = (await distribution(document)).characteristics[at]
  assert.equal(after?.bins.length, (before?.bins.length ?? 0) + 1)
  const [low, high] = after?.bins ?? []
  assert.equal((low?.customers ?? 0) + (high?.customers ?? 0), before?.bins[0]?.customers)
})

test('who sees nobody is told of nobody, and a wrong card is refused with its problem', async () => {
  const nobody = {
    ...manager,
    actor: { ...manager.actor, scope: { salespeople: [], departments: [] } },
  }
  const told = await binDistribution(nobody as never, standard())
  assert.ok(!isRefusal(told))
  assert.deepEqual([told.customers, told.judged], [0, 0])
  const refused = await binDistribution(manager, { ...standard(), scale: 'none' })
  assert.ok(isRefusal(refused))
  assert.match(refused.refused.detail, /scale/)
})
