import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { words } from './words.ts'

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/words\.ts$|\.test\.ts$|^testing/.test(path))
  .map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }))

test('every text is there in Chinese and in English, with the same facts in it', () => {
  const factsOf = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
  for (const [key, [zh, en]] of Object.entries(words)) {
    assert.ok(zh.trim() !== '' && en.trim() !== '', key)
    assert.deepEqual(factsOf(zh), factsOf(en), key)
    // Hints show what may be typed, such as 12.5万 or 月结30天.
    if (key.endsWith('.hint')) continue
    const written = en.replace('月结30天', '')
    assert.doesNotMatch(
      written,
      /(?![万亿元])\p{Script=Han}/u,
      `${key} has Chinese in its English text`,
    )
  }
})

test('no page says something that is in no list of words, and no word is left over', () => {
  const all = sources.map(({ text }) => text).join('\n')
  const made = [...all.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start = '']) => start)
  const left = Object.keys(words).filter(
    (key) => !all.includes(`${key}'`) && !made.some((start) => key.startsWith(start)),
  )
  assert.deepEqual(left, [], 'words that no page says')
})

test('pages hold no text of their own', () => {
  const found = sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .filter((line) => /\p{Script=Han}/u.test(line.replace(/\/\/.*|\/?\*.*/, '')))
      .map((line) => `${path}: ${line.trim()}`),
  )
  // Formulas to begin with are written in both languages side by side.
  const own = (line: string) =>
    /信衡`|'信衡'|'中文'|zh-CN|元¥|万|亿|^policy\/formula-playground/.test(line)
  assert.deepEqual(
    found.filter((line) => !own(line)),
    [],
  )
})
