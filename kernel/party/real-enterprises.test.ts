import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { checkIdentifier } from '#kernel/party/check-identifier.ts'
import { type CompanyName, parseCompanyName } from '#kernel/party/company-name.ts'
import { blockingKeys, judgeDuplicate } from '#kernel/party/suggest-duplicates.ts'

const file = new URL(
  '../../../shared/data/entity_cn_enterprises/enterprises.csv.gz',
  import.meta.url,
)
const skip = existsSync(file) ? false : 'the register of enterprises is not at hand'

type Enterprise = { readonly name: string; readonly code: string; readonly parsed: CompanyName }

// 78 rows of the file were cut in another encoding and hold an address in place of the code.
function enterprises(): Enterprise[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').slice(1)
  return lines
    .filter((line) => !line.includes('\ufffd'))
    .map((line) => {
      const [name = '', code = ''] = line.split(',')
      return { name, code, parsed: parseCompanyName(name) }
    })
}

test('of the real codes nearly all are valid, and each fault is told', { skip }, () => {
  const verdicts = new Map<string, number>()
  for (const { code } of enterprises()) {
    const check = checkIdentifier('uscc', code)
    const verdict = check.kind === 'valid' ? 'valid' : check.reason
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    if (check.kind === 'invalid') continue
    assert.equal(checkIdentifier('organisation-code', code.slice(8, 17)).kind, 'valid', code)
  }
  assert.deepEqual(Object.fromEntries(verdicts), {
    valid: 31_555,
    'wrong-length': 79,
    'wrong-check-character': 1,
  })
})

test('real names keep their identity: few of one key are not of one name', { skip }, () => {
  const groups = Map.groupBy(enterprises(), (enterprise) => enterprise.parsed.key)
  const collisions = [...groups.values()].filter((group) => group.length > 1)
  const unlike = collisions.filter((group) => new Set(group.map(({ name }) => name)).size > 1)
  assert.ok(collisions.length > 100 && collisions.length < 160, `${collisions.length}`)
  assert.ok(unlike.length <= 6, unlike.map((group) => group.map((e) => e.name).join('/')).join())
})

test('every branch 分公司 of the register is told from its parent', { skip }, () => {
  const all = enterprises()
  const keys = new Set(all.filter((e) => e.parsed.branch === null).map((e) => e.parsed.key))
  const branches = all.filter((enterprise) => enterprise.name.endsWith('分公司'))
  assert.ok(branches.length > 700)
  for (const { name, parsed } of branches) {
    assert.notEqual(parsed.branch, null, name)
    assert.ok(!keys.has(parsed.key), name)
  }
})

test('blocking leaves each party few candidates and few false suggestions', { skip }, () => {
  const all = enterprises()
  const blocks = new Map<string, number[]>()
  for (const [index, { parsed }] of all.entries()) {
    for (const key of blockingKeys(parsed)) {
      const block = blocks.get(key)
      if (block) block.push(index)
      else blocks.set(key, [index])
    }
  }
  const pairs = new Set<number>()
  for (const block of blocks.values()) {
    for (const [at, a] of block.entries()) {
      for (const b of block.slice(at + 1)) pairs.add(a * all.length + b)
    }
  }
  assert.ok(pairs.size / all.length < 5, `${pairs.size} pairs`)
  let suggested = 0
  for (const pair of pairs) {
    const a = all[Math.floor(pair / all.length)]?.parsed
    const b = all[pair % all.length]?.parsed
    assert.ok(a && b)
    const judgement = judgeDuplicate({ name: a, identifiers: [] }, { name: b, identifiers: [] })
    if (judgement.kind === 'similar-name') suggested += 1
  }
  assert.ok(suggested / all.length < 0.05, `${suggested} suggestions`)
})
