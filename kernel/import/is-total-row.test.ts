import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFootNote, isTotalRow } from '#kernel/import/is-total-row.ts'

describe('a row', () => {
  // The first cell is the invoice number.
  const cases: readonly [cells: readonly string[], total: boolean][] = [
    [['合计', '', '', '120.00'], true],
    [['合 计', '', '', '120.00'], true],
    [['', '合计：', '', '120.00'], true],
    [['本页小计', '', '', '120.00'], true],
    [['本月累计', '', '', '1'], true],
    [['合计金额', '', '1', '120.00', '3'], true],
    [['总计（共 3 笔）', '', '', '1'], true],
    [['Total', '', '', '120.00'], true],
    [['Grand Total:', '', '', '1'], true],
    [['', '华东机械 小计', '', '1'], true],
    [['INV-1', '合计科技有限公司', '2024-01-01', '1'], false],
    [['INV-1', 'Total', '2024-01-01', '1'], false],
    [['INV-1', 'TotalEnergies', '2024-01-01', '1'], false],
    [['INV-1', '甲', '2024-01-01', '1'], false],
    [['', '', '', ''], false],
  ]
  for (const [cells, total] of cases) {
    it(`${cells.join('|')} is ${total ? 'a total' : 'no total'}`, () => {
      assert.equal(isTotalRow(cells, cells[0]), total)
    })
  }

  it('below a table that names people or pages is a note', () => {
    assert.ok(isFootNote(['制表人：王', '', '审核：李', '']))
    assert.ok(isFootNote(['------------------------']))
    assert.ok(isFootNote(['第 1 页', '', '']))
    assert.ok(isFootNote(['<END>']))
    assert.ok(!isFootNote(['#12', '甲', '2024-01-01', '5']))
    assert.ok(!isFootNote(['INV-1', '', '', '']))
  })
})
