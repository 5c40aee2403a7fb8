import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commandDocs } from './house/command-docs.ts'

/** Writes `docs/cli.md` anew after a command or option was added. */
const file = join(import.meta.dirname, '../docs/cli.md')
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, await commandDocs())
process.stdout.write(`Wrote ${file}\n`)
