import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-secret-'))
process.env.XINHENG_DATA = folder
delete process.env.XINHENG_SECRET_KEY
const { openSecret, sealSecret } = await import('#server/platform/secret-box.ts')
after(() => rmSync(folder, { recursive: true }))

test('a sealed text is opened where it belongs and nowhere else', () => {
  const sealed = sealSecret('验证 secret', 'person 1')
  assert.equal(openSecret(sealed, 'person 1'), '验证 secret')
  assert.equal(openSecret(sealed, 'person 2'), undefined)
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.equal(openSecret(changed, 'person 1'), undefined, `byte ${at}`)
    assert.equal(openSecret(sealed.subarray(0, at), 'person 1'), undefined, `${at} bytes`)
  }
  assert.notDeepEqual(sealSecret('x', ''), sealSecret('x', ''))
})

test('the key is one file of the data folder that others cannot read', () => {
  assert.deepEqual(readdirSync(folder), ['secret-key'])
  assert.equal(statSync(join(folder, 'secret-key')).mode & 0o777, 0o600)
})
