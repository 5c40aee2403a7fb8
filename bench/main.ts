import { benchCheck } from '#bench/check.ts'
import { benchImport } from '#bench/import.ts'
import { benchRate } from '#bench/rate.ts'

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  check: benchCheck,
  import: benchImport,
  rate: benchRate,
}

const [name, ...args] = process.argv.slice(2).filter((arg) => arg !== '--')
const chosen = name === undefined ? Object.values(benches) : [benches[name]]
if (chosen.includes(undefined)) {
  process.stderr.write(`There is no benchmark "${name}": ${Object.keys(benches).join(', ')}.\n`)
  process.exitCode = 1
} else for (const bench of chosen) await bench?.(args)
