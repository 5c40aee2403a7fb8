import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { DocumentShown } from '#contract/document.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const headers = (role: 'admin' | 'sales' | 'viewer' = 'admin') => server.as[role]
const add = (url: string, name: string, text: string, fields: Record<string, string> = {}) =>
  server.send({ method: 'POST', url, file: { name, text, fields }, headers: headers() })
const get = (url: string) => server.send({ method: 'GET', url, headers: headers() })
const newUrl = async () => `/api/parties/${await server.world.newParty()}/documents`

test('a PDF is kept as it came and may be shown in place', async () => {
  const url = await newUrl()
  const text = `%PDF-1.4\n${'content '.repeat(80_000)}`
  const fields = { category: 'licence', title: '营业执照', validToOn: '2020-01-01' }
  const added = (await add(url, '../证照/执照(1).pdf', text, fields)).json as DocumentShown
  assert.equal(added.fileName, '执照(1).pdf')
  assert.equal(added.mediaType, 'application/pdf')
  assert.deepEqual([added.isExpired, added.canPreview, added.bytes], [true, true, text.length])
  assert.equal(added.sha256, createHash('sha256').update(text).digest('hex'))
  const shown = await get(`${url}/${added.id}/content?show=inline`)
  assert.equal(shown.text, text, 'several parts come back as one')
  assert.equal(shown.headers['content-type'], 'application/pdf')
  assert.match(String(shown.headers['content-disposition']), /^inline; filename\*=UTF-8''%E6/)
  assert.equal(shown.headers['x-content-type-options'], 'nosniff')
  const again = await add(url, 'copy.pdf', text)
  assert.equal(again.status, 409, again.text)
})

for (const [name, text, type] of [
  ['logo.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml'],
  ['invoice.pdf', '<!doctype html><script>alert(1)</script>', 'text/html'],
] as const) {
  test(`${type} that calls itself ${name} is a download shut in by its policy`, async () => {
    const url = await newUrl()
    const added = (await add(url, name, text)).json as DocumentShown
    assert.deepEqual([added.mediaType, added.canPreview], [type, false])
    const sent = await get(`${url}/${added.id}/content?show=inline`)
    assert.match(String(sent.headers['content-disposition']), /^attachment; /)
    assert.match(String(sent.headers['content-security-policy']), /default-src 'none'.*; sandbox$/)
    assert.equal(sent.headers['x-content-type-options'], 'nosniff')
  })
}

test('programs, empty files and unknown categories are refused', async () => {
  const url = await newUrl()
  assert.equal((await add(url, 'setup.pdf', 'MZ\x90')).status, 415)
  assert.equal((await add(url, 'a.pdf', '')).status, 400)
  assert.match((await add(url, 'a.pdf', '%PDF-1', { category: 'x' })).text, /none of licence/)
  assert.equal((await add(url, 'a.pdf', '%PDF-1', { validToOn: '31.12.2026' })).status, 400)
  const body = { reason: 'x' }
  const none = await server.send({ method: 'POST', url, body, headers: headers() })
  assert.equal(none.status, 415, none.text)
})

test('a file that is too large is refused and leaves nothing', async () => {
  const url = await newUrl()
  const large = await add(url, 'a.pdf', `%PDF-${'x'.repeat(20 * 1024 * 1024)}`)
  assert.equal(large.status, 413, large.text)
  assert.deepEqual((await get(url)).json.items, [])
})

test('what is removed keeps its hash and loses its content', async () => {
  const url = await newUrl()
  const { id, sha256 } = (await add(url, 'a.pdf', '%PDF-1.4 gone')).json as DocumentShown
  const removal = { method: 'POST', url: `${url}/${id}/removal`, body: { reason: '传错' } }
  assert.equal((await server.send({ ...removal, headers: headers('viewer') })).status, 403)
  assert.equal((await server.send({ ...removal, headers: headers('sales') })).status, 403)
  assert.equal((await server.send({ ...removal, headers: headers() })).status, 200)
  assert.equal((await get(`${url}/${id}/content`)).status, 404)
  const { rows } = await server.database.db.pool.query(
    `select encode(d.sha256, 'hex') as hash, d.remove_reason,
       (select count(*)::int from file.document_part p where p.document_id = d.id) as parts
     from file.document d where d.id = $1`,
    [id],
  )
  assert.deepEqual(rows, [{ hash: sha256, remove_reason: '传错', parts: 0 }])
  const other = await get(`${await newUrl()}/${id}/content`)
  assert.equal(other.status, 404)
})

test('content that was changed behind the back of the audit is not handed out whole', async () => {
  const url = await newUrl()
  const text = '%PDF-1.4 as it was signed'
  const { id } = (await add(url, 'a.pdf', text)).json as DocumentShown
  await server.database.db.pool.query(
    `update file.document_part set bytes = '%PDF-1.4 as it was forged' where document_id = $1`,
    [id],
  )
  const forged = await get(`${url}/${id}/content`).catch((error: Error) => error)
  assert.ok(forged instanceof Error || !forged.text.includes('forged'), 'nothing of it came')
})
