import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CompanyName, nameKey, parseCompanyName } from '#kernel/party/company-name.ts'

type Expected = Partial<Omit<CompanyName, 'display'>>

const names: readonly (readonly [name: string, expected: Expected])[] = [
  [
    '深圳市华强电子有限公司',
    {
      key: '深圳市华强电子',
      core: '华强电子',
      region: '深圳',
      legalForm: 'limited-company',
      branch: null,
    },
  ],
  ['深圳市华强电子有限责任公司', { key: '深圳市华强电子', legalForm: 'limited-company' }],
  ['青岛啤酒股份有限公司', { core: '啤酒', region: '青岛', legalForm: 'joint-stock-company' }],
  ['西门子（中国）有限公司', { key: '西门子中国', core: '西门子', region: '中国' }],
  ['西门子(中国)有限公司', { key: '西门子中国' }],
  [' 北京  京东 世纪贸易有限公司', { key: '北京京东世纪贸易' }],
  ['臺灣積體電路製造股份有限公司', { key: '台湾积体电路制造', region: '台湾' }],
  ['乾隆酒业有限公司', { key: '乾隆酒业' }],
  // A branch keeps its own name in the key.
  [
    '华为技术有限公司上海分公司',
    { key: '华为技术上海分公司', core: '华为技术', branch: '上海分公司' },
  ],
  ['华为上海分公司', { key: '华为上海分公司', legalForm: null, branch: '分公司' }],
  ['招商银行股份有限公司杭州分行', { branch: '杭州分行', legalForm: 'joint-stock-company' }],
  ['邳州市种子公司岔河分公司', { branch: '岔河分公司', region: '邳州', core: '种子' }],
  ['定海县供销合作社东门门市部', { branch: '东门门市部', legalForm: 'cooperative' }],
  ['上海公司宝信息科技有限公司', { branch: null, key: '上海公司宝信息科技' }],
  // Forms that tell two firms of one name apart stay.
  ['中国石油天然气集团有限公司', { key: '中国石油天然气集团', legalForm: 'limited-company' }],
  ['漳州市冶金机械修造厂', { core: '冶金机械修造厂', legalForm: 'factory' }],
  ['宜兴市元上供销合作社', { core: '元上供销合作社', legalForm: 'cooperative' }],
  ['宁波创投合伙企业（有限合伙）', { key: '宁波创投', legalForm: 'partnership' }],
  ['张三便利店（个体工商户）', { key: '张三便利店', legalForm: 'sole-proprietor' }],
  ['（株）トヨタ', { key: 'トヨタ' }],
  // Words that look like places.
  ['华联超市连锁有限公司', { region: null, core: '华联超市连锁' }],
  ['北京社区服务有限公司', { region: '北京', core: '社区服务' }],
  ['四川省成都市武侯区某某有限公司', { region: '四川成都武侯', core: '某某' }],
  ['某某（上海）有限公司', { region: '上海', core: '某某', key: '某某上海' }],
  ['上海市有限公司', { region: null, core: '上海市' }],
  // Foreign forms.
  ['Acme Trading Co., Ltd.', { key: 'acmetrading', legalForm: 'ltd' }],
  ['ACME TRADING COMPANY LIMITED', { key: 'acmetrading', legalForm: 'ltd' }],
  ['Ａｃｍｅ Trading Co.,Ltd', { key: 'acmetrading' }],
  ['The Home Depot, Inc.', { key: 'homedepot', legalForm: 'inc' }],
  ['Apple Incorporated', { key: 'apple', legalForm: 'inc' }],
  ['Müller & Söhne GmbH & Co. KG', { key: 'mullerandsohne', legalForm: 'kg' }],
  ['Tata Steel Private Limited', { key: 'tatasteel' }],
  ['Total S.A.', { key: 'total', legalForm: 'sa' }],
  ['Cemex, S.A.B. de C.V.', { legalForm: 'cv' }],
  ['BP p.l.c.', { key: 'bp', legalForm: 'plc' }],
  ["McDonald's Corporation", { key: 'mcdonalds', legalForm: 'corp' }],
  ['Acme Ltd Shanghai Branch', { key: 'acmeshanghaibranch', branch: 'shanghaibranch' }],
  ['Acme Shanghai Branch', { key: 'acmeshanghaibranch', branch: 'branch' }],
  // Nothing is taken from a name that would leave nothing.
  ['公司', { key: '公司', legalForm: null }],
  ['Limited', { key: 'limited', legalForm: null }],
  ['😀', { key: '😀' }],
  ['', { key: '' }],
]

for (const [name, expected] of names) {
  test(`"${name}" is ${JSON.stringify(expected)}`, () => {
    const parsed = parseCompanyName(name)
    const found = Object.fromEntries(
      Object.entries(parsed).filter(([field]) => Object.hasOwn(expected, field)),
    )
    assert.deepEqual(found, expected)
  })
}

test('the display name keeps its characters and brackets', () => {
  assert.equal(parseCompanyName(' 西門子（中國） \t有限公司 ').display, '西門子（中國） 有限公司')
})

test('a branch never has the key of its parent', () => {
  const tails = ['上海分公司', '第一门市部', '（上海）分公司', '驻京办事处']
  for (const parent of ['华为技术有限公司', '邳州市种子公司', '华强集团股份有限公司']) {
    for (const tail of tails) assert.notEqual(nameKey(parent + tail), nameKey(parent))
  }
})

test('any text has a key, the same for full-width, upper case and spaced spellings', () => {
  const piece = fc.constantFrom(
    '华强',
    '上海',
    '市',
    'Acme',
    '有限公司',
    '公司',
    '分公司',
    '(',
    ')',
  )
  const name = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 7 }).map((list) => list.join('')),
  )
  fc.assert(
    fc.property(name, (text) => {
      const parsed = parseCompanyName(text)
      assert.equal(parsed.key === '', parsed.display === '')
      assert.equal(nameKey(text.replaceAll('(', '（').replaceAll(')', '）')), parsed.key)
      assert.equal(nameKey(` ${text}\u3000`), parsed.key)
      assert.equal(nameKey(parsed.display), parsed.key)
    }),
    { numRuns: 2000 },
  )
})
