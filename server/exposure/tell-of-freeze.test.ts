import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.close())

test('who sells to a customer is told of its freeze and of the end of it, not of a watch', async () => {
  const person = {
    login: 'lina',
    name: '李娜',
    roles: ['sales'],
    password: 'correct horse battery',
  }
  const { id } = await story.post('/api/persons', person)
  const customer = await story.customer('1000.00', { salesperson: '李娜' })
  const ref = { partyId: customer.id, id: customer.account }
  for (const status of ['watch', 'frozen', 'open', 'blocked']) {
    await story.setStatus(ref, status, '法务通知')
  }
  const told = await story.server.database.db.pool.query(
    'select kind, subject_zh, body_zh from notice.notice where person_id = $1 order by id',
    [id],
  )
  assert.deepEqual(
    told.rows.map(({ kind, body_zh: body }) => [kind, body]),
    [
      ['account.frozen', 'admin: 法务通知'],
      ['account.unfrozen', 'admin: 法务通知'],
    ],
  )
  assert.match(told.rows[0].subject_zh, new RegExp(`^${customer.code} .* 的信用账户被冻结$`))
})
