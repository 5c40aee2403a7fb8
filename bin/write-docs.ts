import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commandDocs } from './house/command-docs.ts'
import { formulaDocs } from './house/formula-docs.ts'

/** Writes the pages that are made from the program anew, after a command or function was added. */
const pages = { 'cli.md': await commandDocs(), 'formulas.md': formulaDocs() }
for (const [name, text] of Object.entries(pages)) {
  const file = join(import.meta.dirname, '../docs', name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  process.stdout.write(`Wrote ${file}\n`)
}
