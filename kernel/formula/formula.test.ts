import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkFormula, type Formula, isFormula } from '#kernel/formula/check-formula.ts'
import { compileFormula } from '#kernel/formula/compile-formula.ts'
import { explainFormula } from '#kernel/formula/explain-formula.ts'
import { formatFormula, formulaValueText } from '#kernel/formula/format-formula.ts'
import { anyFormula, anyValues, scope } from '#kernel/formula/formula-arbitraries.test.ts'
import { type FormulaValues, one } from '#kernel/formula/formula-type.ts'

const day = (days: number) => BigInt(days) * one

function sound(text: string): Formula {
  const found = checkFormula(text, scope)
  assert.ok(isFormula(found), isFormula(found) ? '' : `${text}: ${found.message.en} ${found.at}`)
  return found
}

function shown(text: string, values: FormulaValues = {}): string {
  const formula = sound(text)
  return formulaValueText(compileFormula(formula)(values), formula.type).zh
}

const values: FormulaValues = {
  overdue_days: day(75),
  sales: 1_200_000n * one,
  limit: 2_000_000n * one,
  late_share: one / 4n,
  orders: 12n * one,
  since: '2019-01-31',
  industry: '制造',
  is_new: false,
}

test('formulas give what people expect of them', () => {
  const cases = [
    ['如果(逾期天数 > 60, "冻结", "正常")', '冻结'],
    ['IF(Days overdue > 60, "冻结", "正常")'.replace('Days overdue', '[Days overdue]'), '冻结'],
    ['如果（逾期天数＞９０，“冻结”，“正常”）', '正常'],
    ['1 + 2 * 3', '7.00'.replace('.00', '')],
    ['(1 + 2) * 3', '9'],
    ['10 - 2 - 3', '5'],
    ['1 / 3', '0.3333333333'],
    ['2 / 3', '0.6666666667'],
    ['-2 / 3', '-0.6666666667'],
    ['1 / 0', '缺失'],
    ['近12月销售额 / 12 * 3', 'CNY 300,000'],
    ['近12月销售额 * 10%', 'CNY 120,000'],
    ['近12月销售额 / 额度', '0.60'],
    ['占比(近12月销售额, 额度)', '60%'],
    ['额度 > 100万', '是'],
    ['额度 > 1000000', '是'],
    ['迟付比例 > 12.5%', '是'],
    ['平均(1, 2, 4)', '2.3333333333'],
    ['最大(逾期天数, 90)', '90 天'],
    ['限制(150, 0, 100)', '100'],
    ['四舍五入(2.345, 2)', '2.35'],
    ['四舍五入(-2.345, 2)', '-2.35'],
    ['向上舍入(2.301, 1)', '2.40'],
    ['向下舍入(-2.39, 1)', '-2.30'],
    ['缺失则(备注, "无")', '无'],
    ['缺失则(备注, "无") = "无" 且 行业 = "制造"', '是'],
    ['备注 = "a"', '缺失'],
    ['备注 = "a" 且 否', '否'],
    ['备注 = "a" 或 是', '是'],
    ['如果(备注 = "a", 1, 2)', '缺失'],
    ['属于(行业, "制造", "贸易")', '是'],
    ['介于(逾期天数, 60, 90)', '是'],
    ['合作日期 + 30天', '2019-03-02'],
    ['加月(合作日期, 1)', '2019-02-28'],
    ['月末(日期("2024-02-01"))', '2024-02-29'],
    ['日期("2026-11-23") - 合作日期', '2,853 天'],
    ['年份(合作日期)', '2,019'],
    ['字数("𠮷野家")', '3'],
    ['非 新客户', '是'],
    ['not(新客户)', '是'],
    ['如果(订单数 < 3, "少", 订单数 < 20, "中", "多")', '中'],
    ['99999999999999999999 * 99999999999999999999', '缺失'],
    ['0.1 + 0.2 = 0.3', '是'],
  ] as const
  for (const [text, result] of cases) assert.equal(shown(text, values), result, text)
})

test('what is wrong is told where it stands, with what may have been meant', () => {
  const cases = [
    ['', 0, '公式是空的'],
    ['逾期天書 > 60', 0, '没有“逾期天書”, 是不是“逾期天数”?'],
    ['逾期天数 > 100万', 7, '单位不同: 一边是天数, 另一边是金额 (CNY)'],
    ['迟付比例 > 12', 7, '单位不同: 一边是百分比, 另一边是数字; 百分比要写 %'],
    ['额度 > 5 USD', 5, '单位不同: 一边是金额 (CNY), 另一边是金额 (USD)'],
    ['行业 = "制造业"', 5, '没有“制造业”, 是不是“制造”?'],
    ['如国(是, 1, 2)', 0, '没有“如国”, 是不是“如果”?'],
    ['如果(是, 1)', 0, '需要 3–50 个参数, 这里有 2 个'],
    ['如果(1, 2, 3)', 3, '这里要一个条件, 不是数字'],
    ['如果(是, 1, "a")', 9, '单位不同: 一边是数字, 另一边是文字'],
    ['1 + ', 4, '公式没有写完'],
    ['(1 + 2', 0, '这个括号没有收尾'],
    ['1 + 2)', 5, '多了一个右括号'],
    ['1 2', 2, '这里缺少运算符或逗号'],
    ['"abc', 0, '文字没有收尾的引号'],
    ['1 @ 2', 2, '这里不能有“@”'],
    ['额度 * 近12月销售额', 5, '单位不同: 一边是金额 (CNY), 另一边是金额 (CNY)'],
    ['备注 + 1', 0, '这里要数字、金额、天数或百分比, 不是文字'],
    ['日期("2026-02-30")', 0, '日期要写成 日期("2026-11-23")'],
    ['四舍五入(1.5, 订单数)', 10, '位数要写 0 到 10 的整数'],
    ['新客户 > 是', 0, '是否不能比大小'],
    ['0.12345678901', 0, '数字太大, 或小数超过 10 位'],
    ['求和', 0, '“求和”是函数, 后面要写括号'],
  ] as const
  for (const [text, at, message] of cases) {
    const found = checkFormula(text, scope)
    assert.ok(!isFormula(found), text)
    assert.deepEqual([found.at[0], found.message.zh], [at, message], text)
    assert.doesNotMatch(found.message.en, /undefined/)
  }
})

test('nothing that is sent breaks it: it is refused in words', () => {
  for (const text of [
    '('.repeat(10_000),
    '1+'.repeat(50_000),
    `${'-'.repeat(3_000)}1`,
    `${'如果(是,'.repeat(300)}1`,
    `${'1+'.repeat(1_500)}1`,
    '\0\u202e[',
  ]) {
    const found = checkFormula(text, scope)
    assert.ok(!isFormula(found))
    assert.ok(found.message.zh.length > 3)
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const found = checkFormula(text, scope)
      if (!isFormula(found)) assert.ok(found.at[0] >= 0 && found.at[0] <= text.length)
    }),
    { numRuns: 3_000 },
  )
})

test('a formula written out again, in any language, is the same formula', () => {
  fc.assert(
    fc.property(anyFormula, anyValues, (text, row) => {
      const formula = sound(text)
      for (const language of ['zh', 'en', 'id'] as const) {
        const again = sound(formatFormula(formula, language, scope.names))
        assert.equal(formatFormula(again, 'id', []), formatFormula(formula, 'id', []))
        assert.equal(compileFormula(again)(row), compileFormula(formula)(row))
      }
    }),
    { numRuns: 1_500 },
  )
})

test('reasons tell the values that decided', () => {
  const cases = [
    ['如果(逾期天数 > 60, "冻结", "正常")', '因为 逾期天数 75 天 > 60, 所以: 冻结'],
    ['逾期天数 > 60 且 迟付比例 > 50%', '因为 迟付比例 25% > 50% 不成立, 所以: 否'],
    ['逾期天数 > 60 或 迟付比例 > 50%', '因为 逾期天数 75 天 > 60, 所以: 是'],
    ['备注 = "a"', '因为 备注 缺失 = "a" 无法判断, 所以: 缺失'],
    ['额度 * 10%', '因为 额度 CNY 2,000,000 * 10%, 所以: CNY 200,000'],
  ] as const
  for (const [text, told] of cases) {
    assert.equal(explainFormula(sound(text), values, scope.names).zh, told, text)
  }
})
