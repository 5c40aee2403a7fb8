import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'dist', 'web')
const stamp = '.made-of'

/**
 * Bundles the pages unless those that are there were made of the very same files. They are made
 * beside their place and moved there whole: another start may serve, or make, them at this moment.
 */
export async function bundleWeb(): Promise<void> {
  const wanted = hashOfSources()
  if (isMadeOf(wanted)) return
  // Most starts need no bundler: it is loaded where there is something to bundle.
  const [{ build }, { webConfig }] = await Promise.all([import('vite'), import('./web-config.ts')])
  const beside = `${folder}.${process.pid}`
  try {
    await build({ ...webConfig, build: { ...webConfig.build, outDir: beside, emptyOutDir: true } })
    for (const file of filesBelow(beside)) {
      if (/\.(js|css|svg|html)$/.test(file)) {
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }))
      }
    }
    writeFileSync(join(beside, stamp), wanted)
    if (isMadeOf(wanted)) return
    rmSync(folder, { recursive: true, force: true })
    renameSync(beside, folder)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

function isMadeOf(wanted: string): boolean {
  const file = join(folder, stamp)
  return existsSync(file) && readFileSync(file, 'utf8') === wanted
}

/** Pages may import the contract and the kernel; what else they use is in the lock file. */
function hashOfSources(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  const files = ['web', 'contract', 'kernel'].flatMap((name) => filesBelow(join(root, name)))
  const makers = ['web-bundle.ts', 'web-config.ts'].map((name) => join(import.meta.dirname, name))
  for (const file of [...files, ...makers].sort()) {
    if (!/\.test\.ts$/.test(file)) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesBelow(where: string): string[] {
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
