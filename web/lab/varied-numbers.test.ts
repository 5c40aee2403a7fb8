import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readValues, variedNumbers } from './varied-numbers.ts'

const document = {
  id: 'standard',
  tolerance: '5%',
  rules: [
    { id: 'overdue-30', overDays: 30, minimumAmount: '1000', checkpoints: ['order'] },
    { id: 'limit', label: { zh: '额度', en: 'Limit' }, share: '80%' },
  ],
}

test('numbers are found with their place and the name of what they belong to', () => {
  assert.deepEqual(variedNumbers(document, 'zh'), [
    { pointer: '/tolerance', label: 'tolerance', value: '5%' },
    { pointer: '/rules/0/overDays', label: 'rules · overdue-30 · overDays', value: '30' },
    {
      pointer: '/rules/0/minimumAmount',
      label: 'rules · overdue-30 · minimumAmount',
      value: '1000',
    },
    { pointer: '/rules/1/share', label: 'rules · 额度 · share', value: '80%' },
  ])
})

test('values are read however they are set apart, and once', () => {
  assert.deepEqual(readValues('10, 15，20、30 15'), ['10', '15', '20', '30'])
  assert.deepEqual(readValues(''), [])
  assert.equal(readValues('10, many'), null)
  assert.equal(readValues('-5'), null)
})
