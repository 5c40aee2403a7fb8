import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { checkFormula, isFormula } from '#kernel/formula/check-formula.ts'
import { compileFormula } from '#kernel/formula/compile-formula.ts'
import { anyFormula, anyValues, scope } from '#kernel/formula/formula-arbitraries.test.ts'
import { formulaSql } from '#kernel/formula/formula-sql.ts'
import { decimals, type FormulaValue } from '#kernel/formula/formula-type.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const sqlTypes = { 'yes-no': 'boolean', day: 'date', text: 'text', choice: 'text' } as const
const columns = scope.names.map(({ id, type }) => ({
  id,
  sql: type.kind in sqlTypes ? sqlTypes[type.kind as keyof typeof sqlTypes] : 'numeric',
}))

test('a formula gives the same in the program and in the database', async (t) => {
  const seed = Number(process.env.FORMULA_SEED ?? Date.now() % 1_000_000)
  const rounds = Number(process.env.FORMULA_ROUNDS ?? 40)
  t.diagnostic(`seed ${seed}`)
  for (let round = 0; round < rounds; round += 1) {
    const texts = fc.sample(anyFormula, { seed: seed + round, numRuns: 60 })
    const rows = fc.sample(anyValues, { seed: seed + round, numRuns: 25 })
    const formulas = texts.map((text) => {
      const found = checkFormula(text, scope)
      assert.ok(isFormula(found), text)
      return found
    })
    const given = rows.map((row, number) => {
      const cells = columns.map(({ id, sql }) => `${literal(row[id] ?? null)}::${sql}`)
      return `(${[number, ...cells].join(', ')})`
    })
    const names = columns.map(({ id }) => `"${id}"`).join(', ')
    const results = formulas.map((formula, at) => {
      const expression = formulaSql(formula, (id) => `"${id}"`)
      return `(${expression})::text as f${at}`
    })
    const answer = await database.db.pool.query(
      `select ${results.join(', ')} from (values ${given.join(', ')}) as t (number, ${names}) order by number`,
    )
    for (const [number, row] of rows.entries()) {
      for (const [at, formula] of formulas.entries()) {
        const here = text(compileFormula(formula)(row))
        const there = answer.rows[number][`f${at}`]
        const isSame =
          typeof here === 'string' && here.includes('.') ? sameFigure(here, there) : here === there
        assert.ok(
          isSame,
          `seed ${seed + round}: ${texts[at]}: ${here} here, ${there} there, of ${JSON.stringify(rows[number], (_, v) => (typeof v === 'bigint' ? text(v) : v))}`,
        )
      }
    }
  }
})

/** The same number of places or not. */
function sameFigure(here: string, there: string | null): boolean {
  const bare = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  return there !== null && bare(here).replace(/^-0$/, '0') === bare(there)
}

function text(value: FormulaValue): string | null {
  if (value === null) return null
  return typeof value === 'bigint' ? scaledToDecimal(value, decimals) : String(value)
}

function literal(value: FormulaValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return text(value) ?? 'null'
}
