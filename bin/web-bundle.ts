import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'dist', 'web')
const stamp = '.made-of'

/** What the bundler is told, for the finished pages and for those that reload while one works. */
export const webConfig: InlineConfig = {
  root: join(root, 'web'),
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
}

/**
 * Bundles the pages unless those that are there were made of the very same files. They are made
 * beside their place and moved there whole: another start may serve, or make, them at this moment.
 */
export async function bundleWeb(): Promise<void> {
  const wanted = hashOfSources()
  if (isMadeOf(wanted)) return
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
  for (const file of [...files, import.meta.filename].sort()) {
    if (!/\.test\.ts$/.test(file)) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesBelow(where: string): string[] {
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
