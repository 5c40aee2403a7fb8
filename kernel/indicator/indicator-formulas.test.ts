import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import { allFunctions } from '#kernel/formula/all-functions.ts'
import { checkFormula, isFormula } from '#kernel/formula/check-formula.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import {
  definedTexts,
  definedValues,
  explainDefined,
  readDefinedTexts,
} from '#kernel/indicator/defined-values.ts'
import type { IndicatorFormula } from '#kernel/indicator/indicator-formulas.ts'
import { formulaNameOf } from '#kernel/indicator/indicator-in-formula.ts'
import {
  builtInBeside,
  type DefinedIndicators,
  prepareIndicatorFormulas,
  withIds,
} from '#kernel/indicator/prepare-indicator-formulas.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { checkPolicy } from '#kernel/policy/policy.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'

const cny = 'CNY' as Currency
const usd = 'USD' as Currency

function definition(id: string, formula: string, of: Partial<IndicatorFormula> = {}) {
  const meaning = { zh: '试用', en: 'For a test' }
  const label = { zh: `自定${id.replaceAll('_', '')}`, en: `Own ${id}` }
  return { id, label, meaning, unit: 'ratio', formula, ...of } as const
}

const documentOf = (...definitions: IndicatorFormula[]) => ({
  id: 'own',
  label: { zh: '自定指标', en: 'Own indicators' },
  currency: 'CNY',
  definitions,
})

function sound(...definitions: IndicatorFormula[]): DefinedIndicators {
  const prepared = prepareIndicatorFormulas(documentOf(...definitions), allIndicators)
  assert.ok(
    prepared.kind === 'prepared',
    prepared.kind === 'problems' ? prepared.problems[0]?.message.en : '',
  )
  return prepared.defined
}

const ofCny = { currency: cny, asOf: day('2026-06-30'), convert: () => null }

test('formulas are worked out after what they read, whatever their order', () => {
  const defined = sound(
    definition('is_stretched', '自定latedays > 45', { unit: 'yes-no' }),
    definition('late_days', '当前最长逾期天数 * 1.5', { unit: 'days', decimals: 0 }),
    definition('cover', '应收余额 / 近12月月均销售额', { decimals: 3 }),
    definition('share', '占比(当前逾期金额, 应收余额)', { unit: 'percent', decimals: 1 }),
    definition('unknown', '流动比率 + 1'),
    definition('word', '如果(自定isstretched, "拖欠", "正常")', { unit: 'text' }),
    definition('half', '应收余额 / 2', { unit: 'money' }),
  )
  const values = definedValues(
    defined,
    {
      overdue_days_now: 31n,
      balance_now: 100_001n,
      average_monthly_sales_12m: 300_000n,
      overdue_amount_now: 33_333n,
      current_ratio: null,
    },
    ofCny,
  )
  assert.deepEqual(definedTexts(defined, values, cny), {
    late_days: '47',
    is_stretched: '1',
    cover: '0.333',
    share: '0.333',
    unknown: null,
    word: '拖欠',
    half: '500.01',
  })
})

test('amounts of a party in another currency are turned into that of the formulas and back', () => {
  const defined = sound(
    definition('is_large', '应收余额 > 60万', { unit: 'yes-no' }),
    definition('third', '应收余额 / 3', { unit: 'money' }),
  )
  const rates = { 'USD CNY': 7n, 'CNY USD': null } as Record<string, bigint | null>
  const of = (back: boolean) => ({
    ...{ asOf: ofCny.asOf, currency: usd },
    convert: ({ minor }: { minor: bigint }, to: Currency) =>
      to === cny ? minor * (rates['USD CNY'] ?? 0n) : back ? minor / 7n : null,
  })
  const values = { balance_now: 9_000_000n }
  assert.deepEqual(definedValues(defined, values, of(true)), { is_large: 1n, third: 3_000_000n })
  assert.deepEqual(definedValues(defined, values, of(false)), { is_large: 1n, third: null })
})

test('what is wrong with a definition is told at its place in document and formula', () => {
  const label = (zh: string, en: string) => ({ label: { zh, en } })
  const fine = definition('fine', '流动比率')
  const cases = [
    [[definition('Fine', '1')], 'definitions[0].id', '编号 "Fine" 不合规则'],
    [[definition('balance_now', '1')], 'definitions[0].id', '编号 "balance_now" 已有指标使用'],
    [[fine, { ...fine, ...label('另', 'Else') }], 'definitions[0].id', '编号 "fine" 已有指标使用'],
    [
      [{ ...fine, ...label('应收 余额', 'Other') }],
      'definitions[0].label.zh',
      '公式里写“应收 余额”会有歧义: 已被使用, 或含有方括号',
    ],
    [
      [{ ...fine, ...label('或', 'Other') }],
      'definitions[0].label.zh',
      '公式里写“或”会有歧义: 已被使用, 或含有方括号',
    ],
    [[{ ...fine, decimals: 5 }], 'definitions[0].decimals', '小数位数太多'],
    [
      [definition('a1', '应收余额', { unit: 'money', decimals: 2 })],
      'definitions[0].decimals',
      '这种单位没有小数位数可定',
    ],
    [
      [definition('a1', '应收馀额 / 2', { unit: 'money' })],
      'definitions[0].formula',
      '没有“应收馀额”, 是不是“应收余额”?',
    ],
    [
      [definition('a1', '应收余额 / 近12月销售额', { unit: 'percent' })],
      'definitions[0].formula',
      '公式的结果是数字, 单位要求百分比',
    ],
    [
      [definition('aa', '自定bb + 1'), definition('bb', '自定cc'), definition('cc', '自定aa')],
      'definitions[0].formula',
      '公式互相引用, 无法计算: 自定aa → 自定bb → 自定cc → 自定aa',
    ],
    [
      [definition('aa', '自定aa + 1')],
      'definitions[0].formula',
      '公式互相引用, 无法计算: 自定aa → 自定aa',
    ],
  ] as const
  for (const [definitions, path, message] of cases) {
    const prepared = prepareIndicatorFormulas(documentOf(...definitions), allIndicators)
    assert.ok(prepared.kind === 'problems', message)
    const [first] = prepared.problems
    assert.deepEqual([first?.path, first?.message.zh], [path, message])
    assert.ok(first?.remedy.en)
  }
  const misspelt = documentOf(definition('a1', '1 + 应收馀额', { unit: 'money' }))
  const context = {
    ...{ scale: standardRatingScale, indicators: allIndicators },
    names: { roles: [], partyRoles: [] },
  }
  const [problem] = checkPolicy('indicators', misspelt, context)
  assert.deepEqual([problem?.at, problem?.instead], [[4, 8], '应收余额'])
  assert.equal(checkPolicy('indicators', { ...misspelt, currency: 'XYZ' }, context).length, 1)
})

test('kept with ids, a formula follows a label that changes', () => {
  const first = documentOf(
    definition('base', '应收余额 / 2', { unit: 'money' }),
    definition('top', '自定base > 100'.replace('100', '100元'), { unit: 'yes-no' }),
  )
  const kept = withIds(first, sound(...first.definitions))
  assert.deepEqual(
    kept.definitions.map(({ formula }) => formula),
    ['balance_now / 2', 'base > 100 CNY'],
  )
  const [base, top] = kept.definitions
  assert.ok(base && top)
  const renamed = sound({ ...base, label: { zh: '半数 余额', en: 'Half' } }, top)
  const why = explainDefined(renamed, 'top', { balance_now: 30_000n }, ofCny)
  assert.deepEqual(why, {
    formula: { zh: '[半数 余额] > 100 CNY', en: 'Half > 100 CNY' },
    because: {
      zh: '因为 半数 余额 CNY 150 > 100 CNY, 所以: 是',
      en: 'Because Half CNY 150 > 100 CNY: yes',
    },
  })
})

test('every built-in indicator can be named by either label, every example is a formula', () => {
  const names = allIndicators.map((each) => formulaNameOf(each, cny))
  for (const { id, label, type } of names) {
    for (const language of ['zh', 'en'] as const) {
      const text = formatFormula({ kind: 'name', id, type, at: [0, 0] }, language, names)
      const again = checkFormula(text, { names, currency: cny })
      assert.ok(isFormula(again) && again.kind === 'name' && again.id === id, label[language])
    }
  }
  for (const { example, id, meaning } of allFunctions) {
    assert.equal(example === undefined, meaning === undefined, id)
    if (!example) continue
    const [zh, en] = (['zh', 'en'] as const).map((language) =>
      checkFormula(example[language], { names, currency: cny }),
    )
    assert.ok(zh && isFormula(zh), `${id}: ${example.zh}`)
    assert.ok(en && isFormula(en), `${id}: ${example.en}`)
    const worded = (text: string) => text.replace('"open"', '"正常"').replace('"frozen"', '"冻结"')
    assert.equal(formatFormula(zh, 'id', []), worded(formatFormula(en, 'id', [])), id)
  }
})

test('sums over windows and the day itself are kept beside what formulas gave, and tell why', () => {
  const defined = sound(
    definition('slows', '近3月(销售额) * 4 < 近12月(Sales) * 0.8', { unit: 'yes-no' }),
    definition('paid', '占比(LAST90D(receipts), 近90天(新增逾期额))', { unit: 'percent' }),
    definition('is_new_year', '月份(今天()) = 1', { unit: 'yes-no' }),
  )
  assert.deepEqual(
    defined.windows.map(({ indicator }) => indicator.id),
    ['sales_last_3m', 'sales_last_12m', 'receipts_last_90d', 'fell_overdue_last_90d'],
  )
  const sums = {
    ...{ sales_last_3m: 100_00n, sales_last_12m: 1_000_00n, receipts_last_90d: 50_00n },
    fell_overdue_last_90d: 200_00n,
  }
  const values = { ...sums, ...definedValues(defined, sums, ofCny) }
  const texts = definedTexts(defined, values, cny)
  assert.deepEqual(
    [texts.slows, texts.paid, texts.is_new_year, texts.sales_last_3m],
    ['1', '0.2500', '0', '100.00'],
  )
  assert.deepEqual(readDefinedTexts(defined, texts, cny), values)
  const why = explainDefined(defined, 'slows', values, ofCny)
  assert.deepEqual(why?.formula, {
    zh: '近3月(销售额) * 4 < 近12月(销售额) * 0.8',
    en: 'LAST3M(Sales) * 4 < LAST12M(Sales) * 0.8',
  })
  assert.equal(
    why?.because.zh,
    '因为 近3月(销售额) CNY 100 * 4 < 近12月(销售额) CNY 1,000 * 0.8, 所以: 是',
  )
})

test('a published document goes on beside a built-in indicator that takes its name later', () => {
  const label = { zh: '行业', en: 'Line of business' }
  const document = documentOf(
    { ...definition('line', '流动比率'), label },
    definition('region', '1'),
  )
  assert.equal(prepareIndicatorFormulas(document, allIndicators).kind, 'problems')
  const beside = builtInBeside(document, allIndicators)
  assert.equal(prepareIndicatorFormulas(document, beside).kind, 'prepared')
  assert.equal(allIndicators.length - beside.length, 2)
})
