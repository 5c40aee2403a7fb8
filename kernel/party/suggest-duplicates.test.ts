import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseCompanyName } from '#kernel/party/company-name.ts'
import { nameSimilarity } from '#kernel/party/name-similarity.ts'
import {
  blockingKeys,
  judgeDuplicate,
  type PartyIdentifier,
  type PartyIdentity,
} from '#kernel/party/suggest-duplicates.ts'

function party(name: string, ...identifiers: PartyIdentifier[]): PartyIdentity {
  return { name: parseCompanyName(name), identifiers }
}

const uscc = (value: string): PartyIdentifier => ({ scheme: 'uscc', value })
const one = uscc('91350100M000100Y43')
const other = uscc('91330100799655058B')
const iban: PartyIdentifier = { scheme: 'iban', value: 'DE89370400440532013000' }

/** The judgement in a few words. */
function judged(a: PartyIdentity, b: PartyIdentity): string {
  const judgement = judgeDuplicate(a, b)
  switch (judgement.kind) {
    case 'same-code':
      return `same ${judgement.scheme}`
    case 'similar-name':
      return `similar: ${judgement.evidence.join(', ')}`
    case 'different':
      return judgement.reason
  }
}

const table: readonly (readonly [string, PartyIdentity, PartyIdentity, string])[] = [
  [
    'conflicting codes keep two equal names apart',
    party('华强电子有限公司', one),
    party('华强电子有限公司', other),
    'conflicting-codes',
  ],
  [
    'a conflict in one scheme outweighs agreement in another',
    party('华强电子', one, { scheme: 'lei', value: '5493001KJTIIGC8Y1R12' }),
    party('华强电子', one, { scheme: 'lei', value: '213800WSGIIZCXF1P572' }),
    'conflicting-codes',
  ],
  [
    'one valid code merges two names that have nothing in common',
    party('甲公司', one),
    party('乙公司', uscc('91350100m000100y43')),
    'same uscc',
  ],
  [
    'an invalid code neither merges',
    party('甲公司', uscc('91350100M000100Y44')),
    party('乙公司', uscc('91350100M000100Y44')),
    'names-differ',
  ],
  [
    'nor keeps apart',
    party('华强电子有限公司', uscc('91350100M000100Y44')),
    party('华强电子有限公司', one),
    'similar: same-key',
  ],
  [
    'a credit code meets the organisation code within it',
    party('甲公司', one),
    party('乙公司', { scheme: 'organisation-code', value: 'M000100Y-4' }),
    'same organisation-code',
  ],
  [
    'a credit code meets the taxpayer number that is the same code',
    party('甲公司', one),
    party('乙公司', { scheme: 'tax-number', value: '91350100M000100Y43' }),
    'same uscc',
  ],
  [
    'a taxpayer number from before the reform does not contradict the one after it',
    party('华强电子', { scheme: 'tax-number', value: '350100M000100Y4' }),
    party('华强电子', { scheme: 'tax-number', value: '91350100M000100Y43' }),
    'similar: same-key',
  ],
  [
    'a branch under the code of its parent is for a person to decide',
    party('华强电子有限公司', one),
    party('华强电子有限公司上海分公司', one),
    'similar: same-code, branch-differs, same-core',
  ],
  [
    'a branch is not its parent',
    party('华强电子有限公司'),
    party('华强电子有限公司上海分公司'),
    'branch-differs',
  ],
  [
    'two branches are two',
    party('华强电子有限公司北京分公司'),
    party('华强电子有限公司上海分公司'),
    'branch-differs',
  ],
  [
    'two spellings of one name are suggested, not merged',
    party('深圳市华强电子（集团）有限公司'),
    party('深圳市华强电子集团有限责任公司'),
    'similar: same-key, same-region',
  ],
  [
    'a place without 市 is the same place',
    party('深圳市华强电子有限公司'),
    party('深圳华强电子有限公司'),
    'similar: same-core, same-region',
  ],
  [
    'a place in brackets is the same place',
    party('深圳华强电子有限公司'),
    party('华强电子(深圳)有限公司'),
    'similar: same-core, same-region',
  ],
  [
    'a place left out is suggested',
    party('深圳市华强电子有限公司'),
    party('华强电子有限公司'),
    'similar: same-core',
  ],
  [
    'another place is another firm',
    party('深圳市华强电子有限公司'),
    party('上海市华强电子有限公司'),
    'names-differ',
  ],
  [
    'another number is another firm',
    party('常州市武进第一耐火材料厂'),
    party('常州市武进第二耐火材料厂'),
    'names-differ',
  ],
  [
    'one account under two names is worth a question',
    party('甲公司', iban),
    party('乙公司', iban),
    'similar: same-bank-account',
  ],
  ['two customer codes say nothing', party('甲公司'), party('乙公司'), 'names-differ'],
]

for (const [sentence, a, b, expected] of table) {
  test(sentence, () => {
    assert.equal(judged(a, b), expected)
    assert.equal(judged(b, a), expected)
  })
}

const piece = fc.constantFrom('华', '强', '电子', '科技', '上海', '市', '第一', '有限公司', 'Acme ')
const anyName = fc
  .oneof(
    fc.string(),
    fc.array(piece, { maxLength: 8 }).map((list) => list.join('')),
  )
  .map(parseCompanyName)

test('similarity is symmetric, within 0 and 10,000, and full for equal keys alone', () => {
  fc.assert(
    fc.property(anyName, anyName, (a, b) => {
      const similarity = nameSimilarity(a, b)
      assert.equal(nameSimilarity(b, a), similarity)
      assert.ok(Number.isInteger(similarity) && similarity >= 0)
      assert.equal(nameSimilarity(a, a), 10_000)
      if (a.key !== b.key) assert.ok(similarity < 10_000)
    }),
    { numRuns: 2000 },
  )
})

const meetings: readonly (readonly [string, string, string])[] = [
  ['another legal form', '深圳市华强电子有限公司', '深圳市华强电子股份有限公司'],
  ['a place without 市', '深圳市华强电子有限公司', '深圳华强电子有限公司'],
  ['a place left out', '深圳市华强电子有限公司', '华强电子有限公司'],
  ['a province left out', '四川省成都市华强电子有限公司', '成都华强电子有限公司'],
  ['a wrong character', '深圳市华强电子有限公司', '深圳市华强电于有限公司'],
  ['a missing character', '深圳市华强电子有限公司', '深圳市华强电有限公司'],
  ['an additional character', '深圳市华强电子有限公司', '深圳市华强强电子有限公司'],
  ['an additional trade', '深圳市华强电子有限公司', '深圳市华强电子科技有限公司'],
  ['a place not recognised', '绵阳市驰衡小汽车修理有限公司', '绵阳驰衡小汽车修理有限公司'],
  ['a slip in a foreign name', 'Globex Trading Ltd', 'Globx Trading Limited'],
]

for (const [sentence, a, b] of meetings) {
  test(`${sentence} still shares a blocking key`, () => {
    const keys = new Set(blockingKeys(parseCompanyName(a)))
    assert.ok(blockingKeys(parseCompanyName(b)).some((key) => keys.has(key)))
  })
}

test('equal keys always share a blocking key', () => {
  fc.assert(
    fc.property(anyName, anyName, (a, b) => {
      if (a.key !== b.key || a.branch !== b.branch) return
      const keys = new Set(blockingKeys(a))
      assert.ok(blockingKeys(b).some((key) => keys.has(key)))
    }),
  )
})
