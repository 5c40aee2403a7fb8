import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pino from 'pino'
import { type Server, serve } from '#server/serve.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { makeWebPages, serveWebPages } from '#server/web.ts'

let database: TestDatabase
let server: Server
before(async () => {
  database = await openTestDatabase()
  server = await serve(database.db, pino({ enabled: false }))
  await makeWebPages()
  await serveWebPages(server.http)
})
after(async () => {
  await server.close()
  await database.close()
})

async function get(url: string, headers: Record<string, string> = {}) {
  const reply = await server.http.inject({ method: 'GET', url, headers })
  const { body: text, headers: said, statusCode: status } = reply
  return { headers: said, status, text, kind: status < 400 ? undefined : reply.json().kind }
}

test('every address of the workbench is its page, which loads scripts of its own only', async () => {
  for (const url of ['/', '/customers/0190', '/holds?state=open']) {
    const { headers, status, text } = await get(url)
    assert.equal(status, 200, url)
    assert.match(String(headers['content-type']), /^text\/html/)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /script-src 'self';/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.match(text, /<div id="workbench">/)
    assert.doesNotMatch(text, /(?:src|href)="https?:/)
  }
})

test('its files are kept for long and sent compressed; the page itself is asked for each time', async () => {
  const { headers: page, text } = await get('/')
  assert.equal(page['cache-control'], 'no-cache')
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? assert.fail(text)
  const { headers, status } = await get(script, { 'accept-encoding': 'gzip' })
  assert.equal(status, 200)
  assert.equal(headers['content-encoding'], 'gzip')
  assert.match(String(headers['cache-control']), /max-age=31536000, immutable/)
})

test('what every page needs is at most 350 kB compressed', async () => {
  const { text } = await get('/')
  const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file)
  let bytes = 0
  for (const file of files) {
    const { headers } = await get(file, { 'accept-encoding': 'gzip' })
    bytes += Number(headers['content-length'])
  }
  assert.ok(files.length > 0 && bytes <= 350_000, `${bytes} bytes in ${files.length} files`)
})

test('what is no page is not taken for one', async () => {
  const urls = [
    '/api/nothing',
    '/assets/nothing.js',
    '/.made-of',
    '/../package.json',
    '/%2e%2e/x.ts',
  ]
  for (const url of urls) {
    const { kind, status } = await get(url)
    assert.deepEqual([status, kind], [404, 'not-found'], url)
  }
  assert.equal((await get('/%E0%A4%A')).status, 400)
})
