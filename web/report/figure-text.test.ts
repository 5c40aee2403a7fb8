import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Say } from '../ui/use-words.ts'
import { words } from '../words.ts'
import { changeText, figureText, newsOf } from './figure-text.ts'

const say: Say = (key, facts) =>
  words[key][1].replace(/{{(\w+)}}/g, (_all, name: string) => String(facts?.[name]))
const kind = (unit: 'money' | 'share' | 'days' | 'hours' | 'count') => ({ unit, currency: null })

test('figures read in their unit', () => {
  const cases = [
    ['1234567.80', 'money', '1,234,567.80'],
    ['0.1234', 'share', '12.3 %'],
    ['45.67', 'days', '45.7 days'],
    ['3.2', 'hours', '3.2 h'],
    ['12345', 'count', '12,345'],
    [null, 'days', '-'],
  ] as const
  for (const [value, unit, text] of cases) assert.equal(figureText(value, kind(unit), say), text)
  assert.equal(figureText('1234567.80', kind('money'), say, '10000'), '123.46 10,000')
  assert.equal(changeText('-0.0123', kind('share'), say, '1'), '1.2 pp')
})

test('a change is good or bad news by which way is better', () => {
  const cases = [
    ['lower', '-1.0', 'better'],
    ['lower', '1.0', 'worse'],
    ['higher', '1.0', 'better'],
    ['higher', '-1.0', 'worse'],
    ['neither', '1.0', 'neither'],
    ['lower', '0.0', 'same'],
    ['lower', null, 'same'],
  ] as const
  for (const [better, change, news] of cases) assert.equal(newsOf({ better, change }), news)
})
