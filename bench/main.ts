import { benchCheck } from '#bench/check.ts'
import { benchFormula } from '#bench/formula.ts'
import { replayHighRadius } from '#bench/high-radius.ts'
import { benchImpact } from '#bench/impact.ts'
import { benchImport } from '#bench/import.ts'
import { benchKill } from '#bench/kill.ts'
import { benchLab } from '#bench/lab.ts'
import { benchLists } from '#bench/lists.ts'
import { benchModels } from '#bench/models.ts'
import { benchRate } from '#bench/rate.ts'
import { benchScope } from '#bench/scope.ts'
import { benchStress } from '#bench/stress.ts'

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  check: benchCheck,
  formula: benchFormula,
  impact: benchImpact,
  import: benchImport,
  lab: benchLab,
  lists: benchLists,
  models: benchModels,
  rate: benchRate,
  scope: benchScope,
}

/** Not measured but proved, and only when they are named. */
const proofs: typeof benches = {
  'high-radius': replayHighRadius,
  kill: benchKill,
  stress: benchStress,
}

const [name, ...args] = process.argv.slice(2).filter((arg) => arg !== '--')
const chosen = name === undefined ? Object.values(benches) : [benches[name] ?? proofs[name]]
if (chosen.includes(undefined)) {
  const known = Object.keys({ ...benches, ...proofs }).join(', ')
  process.stderr.write(`There is no benchmark "${name}": ${known}.\n`)
  process.exitCode = 1
} else for (const bench of chosen) await bench?.(args)
