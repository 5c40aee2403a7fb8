import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { statementOf } from '#server/platform/statement.ts'

test('a template becomes a text and its values, in their order, however it is nested', () => {
  const keys = sql`unnest(${'{a,b}'}::text[]) as k (key)`
  const raw = sql`select ${1n}, ${sql.raw('k.key')} from ${keys} where k.key <> ${null}`
  assert.deepEqual(statementOf(raw), {
    text: 'select $1, k.key from unnest($2::text[]) as k (key) where k.key <> $3',
    values: [1n, '{a,b}', null],
  })
})

test('joined parts, names and literals are spelled as the general compiler spells them', () => {
  const raw = sql`select ${sql.join([1, sql`${2} + ${3}`])}, ${sql.lit("it's")} from ${sql.id('a')}`
  assert.deepEqual(statementOf(raw), {
    text: `select $1, $2 + $3, 'it''s' from "a"`,
    values: [1, 2, 3],
  })
})
