import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ticksPerSecond = 100

/**
 * Processor seconds that a server and the PostgreSQL of a data folder used so far; zero where the
 * system has no /proc. Sessions of the database that have ended are counted in their parent.
 */
export function cpuSecondsOf(
  serverPid: number,
  folder: string,
): { node: number; postgres: number } {
  const processes = processesNow()
  const node = processes.get(serverPid)?.seconds ?? 0
  const postmaster = Number(
    readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
  )
  let postgres = processes.get(postmaster)?.withEnded ?? 0
  for (const { parent, seconds } of processes.values()) {
    if (parent === postmaster) postgres += seconds
  }
  return { node, postgres }
}

type Used = { parent: number; seconds: number; withEnded: number }

function processesNow(): Map<number, Used> {
  const found = new Map<number, Used>()
  for (const name of entriesOf('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = statOf(name)
    if (!fields) continue
    const ticks = (from: number, to: number) =>
      fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0) / ticksPerSecond
    found.set(Number(name), {
      parent: Number(fields[1]),
      seconds: ticks(11, 13),
      withEnded: ticks(11, 15),
    })
  }
  return found
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The fields after the name of the program, which may hold spaces; undefined when it just ended. */
function statOf(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
