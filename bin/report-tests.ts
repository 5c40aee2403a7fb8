import { relative } from 'node:path'
import type { run } from 'node:test'
import { spec } from 'node:test/reporters'

type TestEvents = ReturnType<typeof run>
type FileTime = { readonly file: string; readonly ms: number }

const slowestShown = 5
const isCount = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/

/**
 * Prints a sign per file, the five slowest files, what failing tests said, and the closing lines of
 * node's own runner; tells whether all passed.
 */
export async function reportTests(
  events: TestEvents,
  root: string,
  write: (text: string) => void,
): Promise<boolean> {
  const full = new spec()
  const times: FileTime[] = []
  const closing: string[] = []
  let success = false
  let counted = 0
  for await (const event of events) {
    if (event.type === 'test:summary') {
      const { file, duration_ms: ms, counts } = event.data
      if (file === undefined) {
        success = event.data.success
        counted = counts.tests
      } else {
        times.push({ file: relative(root, file), ms })
        write(event.data.success ? '.' : 'X')
      }
    }
    if (event.type === 'test:diagnostic' && isCount.test(event.data.message)) {
      closing.push(`ℹ ${event.data.message}\n`)
    }
    // Failures with what they printed; passing tests stay silent.
    if (event.type === 'test:fail' || event.type === 'test:stderr') full.write(event)
  }
  full.end()
  write('\n')
  for await (const text of full) write(String(text))
  times.sort((a, b) => b.ms - a.ms)
  const slowest = times.slice(0, slowestShown)
  const named = slowest.map(({ file, ms }) => `${file} ${(ms / 1000).toFixed(1)} s`)
  write(`slowest: ${named.join(', ')}\n`)
  for (const line of closing) write(line)
  return success && counted > 0
}
