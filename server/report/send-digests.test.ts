import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'
import { type MailListener, openMailListener } from '#server/testing-mail.ts'

const settings = ['XINHENG_SMTP_URL', 'XINHENG_MAIL_FROM', 'XINHENG_URL'] as const

let story: CreditStories
let listener: MailListener
let cookie: string

before(async () => {
  listener = await openMailListener()
  process.env.XINHENG_SMTP_URL = listener.url
  process.env.XINHENG_MAIL_FROM = 'credit@hengyue.example'
  process.env.XINHENG_URL = 'https://xinheng.hengyue.example'
  story = await openCreditStories('2026-11-24')
  cookie = await hire('li', '李娜')
})
after(async () => {
  await story.close()
  await listener.close()
  for (const name of settings) delete process.env[name]
})

/** A credit manager who wants held documents by the mail of the day alone. */
async function hire(login: string, name: string): Promise<string> {
  const own = await story.hire(login, 'credit-manager')
  const { id } = await story.accepted('GET', '/api/me', undefined, { cookie: own })
  await story.put(`/api/persons/${id}`, {
    ...{ name, roles: ['credit-manager'], department: null, disabled: false },
    email: `${login}@hengyue.example`,
  })
  const items = [{ kind: 'hold.opened', inApp: true, byEmail: false, inDigest: true }]
  const chosen = await story.accepted(
    'PUT',
    '/api/me/notice-preferences',
    { items },
    { cookie: own },
  )
  const kinds = chosen.items as { kind: string; inDigest: boolean }[]
  assert.deepEqual(
    kinds.filter(({ inDigest }) => inDigest).map(({ kind }) => kind),
    ['hold.opened'],
  )
  return own
}

async function mails(count: number) {
  for (let waitedMs = 0; waitedMs < 10_000 && listener.received.length < count; waitedMs += 50) {
    await sleep(50)
  }
  return listener.received
}

async function holdOne(document: string): Promise<void> {
  const { id } = await story.customer('1000.00')
  const { outcome } = await story.check({
    ...{ party: id, amount: '5000.00', document, mode: 'reserve' },
  })
  assert.equal(outcome, 'held')
}

test('a day without anything to tell sends no mail', async () => {
  await story.byTheClock('report.digest')
  assert.equal(listener.received.length, 0)
})

test('one mail a day has what is unread and what waits, and it is no notice', async () => {
  await holdOne('SO-1')
  await holdOne('SO-2')
  await story.settled()
  assert.equal(listener.received.length, 0, 'nothing is mailed at once')
  await story.byTheClock('report.digest')
  const [mail] = await mails(1)
  assert.deepEqual(mail?.recipients, ['li@hengyue.example'])
  assert.equal(mail?.headers.subject, '信衡日报 2026-11-24: 2 条未读')
  const lines = mail?.body.trimEnd().split(/\r?\n/) ?? []
  assert.deepEqual(lines.slice(0, 2), ['今日', '- 暂挂单据: 2'])
  assert.ok(lines.includes('未读通知 (2)'), mail?.body)
  assert.match(mail?.body ?? '', /- SO-2 \(.*\) 被暂挂\r?\n- SO-1 \(.*\) 被暂挂/)
  assert.ok(lines.includes('https://xinheng.hengyue.example/'))
  assert.ok(lines.includes('Xinheng on 2026-11-24: 2 unread'))
  const { unread, items } = await story.accepted('GET', '/api/notices', undefined, { cookie })
  assert.deepEqual([unread, (items as unknown[]).length], [2, 2])
})

test('it is not sent twice on a day, nor tells again what it told', async () => {
  await story.byTheClock('report.digest')
  assert.equal(listener.received.length, 1)
  story.turnTo('2026-11-25')
  await holdOne('SO-3')
  await story.byTheClock('report.digest')
  const second = (await mails(2))[1]
  assert.equal(second?.headers.subject, '信衡日报 2026-11-25: 1 条未读')
  assert.equal(second?.body.includes('SO-1'), false)
})

test('what was read is not told, and who left the company is sent nothing', async () => {
  story.turnTo('2026-11-26')
  await holdOne('SO-4')
  await story.accepted('POST', '/api/notices/read-all', undefined, { cookie })
  await story.byTheClock('report.digest')
  const third = (await mails(3))[2]
  assert.equal(third?.headers.subject, '信衡日报 2026-11-26: 0 条未读')
  assert.match(third?.body ?? '', /- 暂挂单据: 4/)
  const { id } = await story.accepted('GET', '/api/me', undefined, { cookie })
  await story.put(`/api/persons/${id}`, {
    ...{ name: '李娜', roles: ['credit-manager'], department: null, disabled: true },
  })
  story.turnTo('2026-11-27')
  await story.byTheClock('report.digest')
  await sleep(200)
  assert.equal(listener.received.length, 3)
})
