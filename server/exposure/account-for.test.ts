import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isRefusal } from '#contract/problem.ts'
import { accountFor, accountOpenedFor, type WhichAccount } from '#server/exposure/account-for.ts'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.close())

const told = (answer: Awaited<ReturnType<typeof accountFor>>) =>
  isRefusal(answer) ? answer.refused.detail : `${answer.level} ${answer.segment}`.trim()

test('an account is found by what people call it, and opened where it is to be decided about', async () => {
  const { code, id } = await story.customer('1000.00')
  const context = story.server.database.context()
  const find = async (which: WhichAccount) => told(await accountFor(context, code, which))
  const open = async (which: WhichAccount, dryRun = false) =>
    told(await accountOpenedFor({ ...context, dryRun }, code, which))

  assert.equal(await find({}), 'party')
  assert.equal(
    await find({ segment: 'export' }),
    `${code} has no account for the segment export yet.`,
  )
  assert.match(await open({ segment: 'export' }, true), /has no account for the segment export yet/)
  assert.equal(await open({ segment: 'export' }), 'segment export')
  assert.equal(await find({ segment: 'export' }), 'segment export')
  assert.match(await open({ group: true }), /heads no group/)
  await story.customer(null, { groupParentId: id })
  assert.equal(await open({ group: true }), 'group')
  assert.match(await find({ group: true, segment: 'export' }), /not both/)
  assert.match(told(await accountFor(context, 'NOBODY', {})), /No party has/)
})
