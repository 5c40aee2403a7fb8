import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'
import { textOfPdf } from '#server/testing-pdf.ts'

let stories: CreditStories
before(async () => {
  stories = await openCreditStories('2026-11-24')
})
after(() => stories.close())

const longNote =
  '客户反映质量问题，正在核实，（含运费、包装费）；预计下周解决，届时补开发票。'.repeat(12)

async function report(id: string, query = '') {
  const { server } = stories
  const url = `/api/parties/${id}/credit-report.pdf${query}`
  const reply = await server.http.inject({ method: 'GET', url, headers: server.as.admin })
  assert.equal(reply.statusCode, 200, reply.body)
  return { headers: reply.headers, pages: textOfPdf(reply.rawPayload) }
}

async function rated() {
  const customer = await stories.customer('100000.00', { terms: 'net-30', region: '武汉' })
  await stories.invoice(customer.code, 'P-1', '1234567.50', { issuedOn: '2026-08-01' })
  await stories.post(`/api/parties/${customer.id}/ratings`)
  const account = { partyId: customer.id, id: customer.account }
  await stories.setStatus(account, 'frozen', longNote.slice(0, 500))
  return customer
}

test('the report tells grade, limit, exposure and ageing in Chinese', async () => {
  const { id, code } = await rated()
  const { headers, pages } = await report(id)
  assert.equal(headers['content-type'], 'application/pdf')
  assert.match(String(headers['content-disposition']), /^inline; .*2026-11-24\.pdf$/)
  const lines = pages.flat()
  const has = (wanted: RegExp) =>
    assert.ok(
      lines.some((line) => wanted.test(line)),
      `${wanted}`,
    )
  for (const title of ['客户信用报告', '基本信息', '信用评级', '额度与账期', '账龄']) {
    has(new RegExp(`^${title}$`))
  }
  has(new RegExp(code))
  has(/1,234,567\.50\s元/)
  has(/-1,134,567\.50\s元/)
  has(/^内部资料，请勿外传第 1 页 \/ 共 \d 页$/)
  has(/打印 2026-11-24/)
})

test('no line of Chinese begins with a sign that ends a phrase', async () => {
  const { id } = await rated()
  const { pages } = await report(id)
  const body = pages.flat()
  assert.ok(body.filter((line) => /质量问题/.test(line)).length > 5, 'a long text was broken')
  const bad = body.filter((line) => /^[，。、；：？！）」』】》”’%]/.test(line))
  assert.deepEqual(bad, [])
})

test('it comes in English, of a past day, and only of days that came', async () => {
  const { id } = await rated()
  const { pages } = await report(id, '?lang=en&as-of=2026-08-15')
  const lines = pages.flat()
  assert.ok(lines.includes('Customer credit report'))
  assert.ok(lines.includes('As of 2026-08-15'))
  assert.ok(lines.includes('There was no rating on this day.'))
  assert.ok(lines.some((line) => /1,234,567\.50\sCNY/.test(line)))
  const url = `/api/parties/${id}/credit-report.pdf`
  await stories.refused('invalid-input', /not come yet/, 'GET', `${url}?as-of=2027-01-01`)
})

test('several that print at once all get theirs, more than a few are asked to wait', async () => {
  const { id } = await rated()
  const { server } = stories
  const url = `/api/parties/${id}/credit-report.pdf`
  const asked = Array.from({ length: 12 }, () =>
    server.http.inject({ method: 'GET', url, headers: server.as.admin }),
  )
  const statuses = (await Promise.all(asked)).map(({ statusCode }) => statusCode)
  assert.ok(statuses.filter((status) => status === 200).length >= 8, statuses.join())
  assert.ok(
    statuses.every((status) => status === 200 || status === 503),
    statuses.join(),
  )
})
