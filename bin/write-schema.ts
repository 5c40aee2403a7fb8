import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTestDatabase } from '#server/testing.ts'
import { describeSchema } from '../db/describe-schema.ts'

/** Writes `db/schema.sql` anew after a migration was added. */
const database = await openTestDatabase()
try {
  const file = join(import.meta.dirname, '../db/schema.sql')
  writeFileSync(file, await describeSchema(database.db))
  process.stdout.write(`Wrote ${file}\n`)
} finally {
  await database.close()
}
