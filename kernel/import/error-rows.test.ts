import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ErrorRowsOptions, errorHeader, errorRow } from '#kernel/import/error-rows.ts'
import type { RowProblem } from '#kernel/import/row-problems.ts'

const options: ErrorRowsOptions = { language: 'zh', delimiter: ',', width: 3 }

function problem(zh: string, remedy: string): RowProblem {
  return {
    field: 'amount',
    value: '',
    code: 'missing',
    zh,
    en: zh,
    remedy: { zh: remedy, en: remedy },
  }
}

describe('the error file', () => {
  it('has the header of the input and one column more', () => {
    assert.equal(errorHeader(['发票号', '客户', '金额'], options), '发票号,客户,金额,错误原因\r\n')
  })

  it('fills up short rows so that the reason stands in its column', () => {
    const row = errorRow(['INV-1'], [problem('金额为空', '请填写')], options)
    assert.equal(row, 'INV-1,,,金额为空；请填写\r\n')
  })

  it('keeps cells of the input as they were, formulas too', () => {
    const row = errorRow(['=1+1', ' a,b ', 'say "hi"'], [problem('x', 'y')], options)
    assert.equal(row, '=1+1," a,b ","say ""hi""",x；y\r\n')
  })

  it('never starts a formula in the column it adds', () => {
    for (const first of ['=', '+', '-', '@']) {
      const row = errorRow(['a', 'b', 'c'], [problem(`${first}cmd`, 'y')], options)
      assert.ok(row.includes(`,'${first}cmd`), row)
    }
  })

  it('is written with the delimiter of the input', () => {
    const tabbed = { ...options, delimiter: '\t' as const, language: 'en' as const }
    assert.equal(errorRow(['a,b', 'c'], [problem('x', 'y')], tabbed), 'a,b\tc\t\tx. y\r\n')
  })
})
