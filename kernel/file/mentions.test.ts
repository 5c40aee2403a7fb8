import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mentionsIn } from '#kernel/file/mentions.ts'

const cases: readonly [text: string, longest: string[]][] = [
  ['nobody is named', []],
  ['@wang.min please look', ['wang.min']],
  ['请@王敏看一下', ['王敏看一下']],
  ['@Li, @Zhao', ['li', 'zhao']],
  ['write to li@example.com', []],
  ['5 @ 3', []],
  ['@a', []],
  ['@@li', ['@li']],
]

for (const [text, longest] of cases) {
  test(`"${text}" may name ${longest.join(', ') || 'nobody'}`, () => {
    assert.deepEqual(
      mentionsIn(text).map(([login]) => login),
      longest,
    )
  })
}

test('every beginning of a run is a possible login, the longest first', () => {
  assert.deepEqual(mentionsIn('@王敏看看'), [['王敏看看', '王敏看', '王敏']])
})
