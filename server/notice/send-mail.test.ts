import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pino from 'pino'
import type { Mail } from '#contract/notice.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { Label } from '#kernel/document/label.ts'
import { noticeJobs } from '#server/notice/jobs.ts'
import { latestMails } from '#server/notice/mail.store.ts'
import { notify, stateOfMail } from '#server/notice/public.ts'
import { startJobs } from '#server/platform/job.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { type MailListener, openMailListener } from '#server/testing-mail.ts'
import { createPerson } from '#server/user/public.ts'

let database: TestDatabase
let listener: MailListener
let jobs: Awaited<ReturnType<typeof startJobs>>

before(async () => {
  database = await openTestDatabase()
  const made = await createPerson(database.context(), {
    login: 'li',
    name: '李娜',
    roles: ['sales'],
    email: 'li@hengyue.example',
    password: 'correct horse battery',
  })
  assert.ok(!isRefusal(made))
  jobs = await startJobs({
    db: database.db,
    log: pino({ enabled: false }),
    kinds: noticeJobs,
    contextOf: () => database.context(),
  })
})
after(async () => {
  await jobs.stop()
  await database.close()
})

beforeEach(async () => {
  listener = await openMailListener()
  process.env.XINHENG_SMTP_URL = listener.url
  process.env.XINHENG_MAIL_FROM = '信衡 <credit@hengyue.example>'
  process.env.XINHENG_URL = 'https://xinheng.hengyue.example/'
})
afterEach(async () => {
  await listener.close()
  for (const name of ['XINHENG_SMTP_URL', 'XINHENG_MAIL_FROM', 'XINHENG_URL']) {
    delete process.env[name]
  }
  await database.withoutTriggers(sql`truncate notice.mail, notice.notice`)
})

const subject = { zh: '订单 SO-2026-0117 被暂挂:额度不足', en: 'Order SO-2026-0117 is held' }

async function tell(words: { subject?: Label; andRefuse?: boolean } = {}): Promise<void> {
  const command = { name: 'test.tell', permission: 'system:read', input: {} } as const
  await runCommand(database.context(), command, async (tx) => {
    await notify(tx, {
      kind: 'hold.opened',
      roles: [],
      names: ['李娜'],
      partyId: null,
      subject: words.subject ?? subject,
      body: { zh: '还差 ¥12,345.67。\n.\n行首的点不会丢失。', en: 'CNY 12,345.67 short.' },
      path: '/api/holds/1',
    })
    return words.andRefuse ? refuse('wrong-state', 'Not now.') : undefined
  })
}

/** The one mail of a test as soon as it is so; the queue is told not to wait before it tries again. */
async function mailWhen(is: (mail: Mail) => boolean): Promise<Mail> {
  let latest: Mail | undefined
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
    latest = (await latestMails(database.db, 1))[0]
    if (latest && is(latest)) return latest
    await database.db.pool.query(
      'update graphile_worker._private_jobs set run_at = now() where last_error is not null',
    )
    await sleep(50)
  }
  assert.fail(`mail: ${JSON.stringify(latest)}`)
}

const isSent = (mail: Mail) => mail.state === 'sent'

test('a notice is mailed after its command, with its Chinese and English words intact', async () => {
  await tell()
  const { id, attempts, lastError } = await mailWhen(isSent)
  assert.deepEqual([attempts, lastError, listener.received.length], [1, null, 1])
  const [mail] = listener.received
  assert.deepEqual(mail?.recipients, ['li@hengyue.example'])
  assert.equal(mail?.headers.to, 'li@hengyue.example')
  assert.equal(mail?.headers.from, '信衡 <credit@hengyue.example>')
  assert.equal(mail?.headers.subject, subject.zh)
  assert.equal(mail?.headers['message-id'], `<${id}@hengyue.example>`)
  assert.deepEqual(mail?.body.trimEnd().split(/\r?\n/), [
    '还差 ¥12,345.67。',
    '.',
    '行首的点不会丢失。',
    '',
    'https://xinheng.hengyue.example/api/holds/1',
    '--',
    'Order SO-2026-0117 is held',
    'CNY 12,345.67 short.',
  ])
  assert.deepEqual(await stateOfMail(database.db), {
    ok: true,
    detail: `by ${new URL(listener.url).host} from 信衡 <credit@hengyue.example>`,
  })
})

test('a command that is refused mails nothing', async () => {
  await tell({ andRefuse: true })
  await tell({ subject: { zh: '后来的', en: 'the later one' } })
  await mailWhen(isSent)
  assert.deepEqual(
    listener.received.map(({ headers }) => headers.subject),
    ['后来的'],
  )
})

test('a server that refuses for now is tried again, and its words can be seen meanwhile', async () => {
  listener.refuseWith(451)
  await tell()
  const waiting = await mailWhen((mail) => mail.attempts >= 2)
  assert.equal(waiting.state, 'waiting')
  assert.match(waiting.lastError ?? '', /451 not today/)
  const state = await stateOfMail(database.db)
  assert.equal(state.ok, false)
  assert.match(state.detail, /^1 not sent: .*451 not today/)
  listener.refuseWith(null)
  const sent = await mailWhen(isSent)
  assert.ok(sent.attempts > waiting.attempts && sent.lastError === null)
  assert.equal(listener.received.length, 1)
})

test('an address that is refused for good is not tried again', async () => {
  listener.refuseWith(550)
  await tell()
  const failed = await mailWhen(({ state }) => state === 'failed')
  assert.equal(failed.attempts, 1)
  assert.match(failed.lastError ?? '', /550 not today/)
})

test('a sender that is refused is a setting: the mail is tried again', async () => {
  listener.refuseWith(550, 'MAIL FROM')
  await tell()
  const waiting = await mailWhen(({ attempts }) => attempts > 0)
  assert.equal(waiting.state, 'waiting')
  listener.refuseWith(null)
  await mailWhen(isSent)
})

test('a wrong password and a server that is not there are tried again', async () => {
  process.env.XINHENG_SMTP_URL = listener.url.replace('secret', 'wrong')
  await tell()
  const barred = await mailWhen(({ lastError }) => lastError !== null)
  assert.equal(barred.state, 'waiting')
  process.env.XINHENG_SMTP_URL = 'smtp://127.0.0.1:1'
  await mailWhen(({ lastError }) => lastError?.includes('ECONNREFUSED') === true)
  process.env.XINHENG_SMTP_URL = listener.url
  await mailWhen(isSent)
})

test('the last attempt in vain ends the mail', async () => {
  listener.refuseWith(451)
  await tell()
  await mailWhen(({ attempts }) => attempts > 0)
  await database.db.pool.query('update notice.mail set attempts = 24')
  const failed = await mailWhen(({ state }) => state === 'failed')
  assert.equal(failed.attempts, 25)
})

test('a line break in a subject adds no header and no recipient', async () => {
  const zh = '订单\r\nBcc: spy@evil.example\r\n\r\n正文'
  await tell({ subject: { zh, en: 'Order' } })
  await mailWhen(isSent)
  const [mail] = listener.received
  assert.deepEqual(mail?.recipients, ['li@hengyue.example'])
  assert.equal(mail?.headers.bcc, undefined)
  assert.equal(mail?.headers.subject, '订单 Bcc: spy@evil.example 正文')
})

test('without a server the mail says so and is not counted as failing', async () => {
  delete process.env.XINHENG_SMTP_URL
  await tell()
  const failed = await mailWhen(({ state }) => state === 'failed')
  assert.deepEqual(
    [failed.attempts, failed.lastError],
    [0, 'No mail server was set: see XINHENG_SMTP_URL.'],
  )
  assert.deepEqual(await stateOfMail(database.db), {
    ok: true,
    detail: 'none: notices are told in the program only',
  })
})

const wrongSettings = [
  ['XINHENG_SMTP_URL', 'mail.example', /^XINHENG_SMTP_URL: write smtp:/],
  ['XINHENG_SMTP_URL', 'http://mail.example', /^XINHENG_SMTP_URL: write smtp:/],
  ['XINHENG_MAIL_FROM', '', /^XINHENG_MAIL_FROM: name the address/],
  ['XINHENG_MAIL_FROM', '信衡', /^XINHENG_MAIL_FROM: name the address/],
  ['XINHENG_MAIL_FROM', 'a@b.example\r\nBcc: c@d.example', /^XINHENG_MAIL_FROM: name the address/],
] as const
for (const [name, value, says] of wrongSettings) {
  test(`${name}=${JSON.stringify(value)} is told to be wrong`, async () => {
    process.env[name] = value
    const { ok, detail } = await stateOfMail(database.db)
    assert.equal(ok, false)
    assert.match(detail, says)
  })
}
