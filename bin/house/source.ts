import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'

/** A TypeScript file as far as walls are concerned. Biome's format makes small patterns enough. */
export type Source = {
  readonly path: string
  readonly text: string
  /** The text without comments. */
  readonly code: string
  readonly imports: readonly Import[]
  readonly exports: readonly string[]
}

export type Import = {
  /** A path in the repository, or the name of a package (without what is inside it). */
  readonly from: string
  readonly isLocal: boolean
  readonly names: readonly string[]
  /** `export … from`: handed on, not used. */
  readonly isReexport: boolean
}

const skipped = new Set(['node_modules', '.git', 'data', '.cache', 'dist'])

/** Every file below a folder with its text, by path. */
export function readFiles(root: string): Map<string, string> {
  const files = new Map<string, string>()
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !skipped.has(entry.name)) visit(path)
      if (entry.isFile() && !entry.name.endsWith('.log')) {
        files.set(relative(root, path), readFileSync(path, 'utf8'))
      }
    }
  }
  visit(root)
  return files
}

export function sourcesOf(files: ReadonlyMap<string, string>): Source[] {
  return [...files]
    .filter(([path]) => /\.tsx?$/.test(path))
    .map(([path, text]) => {
      const code = withoutComments(text)
      return { path, text, code, imports: importsOf(path, code), exports: exportsOf(code) }
    })
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}

/** Files that exist for tests: `testing.ts`, `testing-http.ts`, `route-samples.ts`. */
export function isTestSupport(path: string): boolean {
  return /(^|\/)(testing(-\w+)*|route-samples)\.ts$/.test(path)
}

/** `kernel`, `contract`, `server/party`, `server/platform`, `server` for files beside the rooms. */
export function roomOf(path: string): string {
  const [top = '', room, ...rest] = path.split('/')
  return top === 'server' && rest.length > 0 ? `${top}/${room}` : top
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/ .*$/gm, '$1')
}

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = []
  const statement =
    /^(?:import(?:\s+(?:type\s+)?([^'";=]*?)\s+from)?|export\s+(?:type\s+)?(\{[^}]*\}|\*[^';]*?)\s+from)\s+'([^'\n]+)'/gm
  for (const [, taken, handedOn, from = ''] of code.matchAll(statement)) {
    const names = namesIn(taken ?? handedOn ?? '')
    found.push({ ...target(path, from), names, isReexport: handedOn !== undefined })
  }
  for (const [, from = ''] of code.matchAll(/\bimport\('([^'\n]+)'\)/g)) {
    found.push({ ...target(path, from), names: ['*'], isReexport: false })
  }
  return found
}

function target(path: string, from: string): Pick<Import, 'from' | 'isLocal'> {
  if (from.startsWith('#')) return { from: from.slice(1), isLocal: true }
  if (from.startsWith('.')) {
    return { from: posix.normalize(posix.join(posix.dirname(path), from)), isLocal: true }
  }
  const [scope = '', name = ''] = from.split('/')
  return { from: scope.startsWith('@') ? `${scope}/${name}` : scope, isLocal: false }
}

/** `a, type B, c as d` gives a, B, c: the names as the other file has them. */
function namesIn(clause: string): string[] {
  const [, outside = '', inside = ''] = /^([^{]*)(?:\{([^}]*)\})?/.exec(clause) ?? []
  const whole = outside.includes('*') ? ['*'] : outside.replace(',', '').trim() ? ['default'] : []
  const named = inside
    .split(',')
    .map((part) =>
      (
        part
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)[0] ?? ''
      ).trim(),
    )
    .filter((name) => name !== '')
  return [...whole, ...named]
}

function exportsOf(code: string): string[] {
  const declared = code.matchAll(
    /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|type|interface) (\w+)/gm,
  )
  const listed = code.matchAll(/^export (?:type )?\{([^}]*)\}/gm)
  const renamed = (part: string) =>
    (
      part
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+/)
        .at(-1) ?? ''
    ).trim()
  const names = [
    ...[...declared].map(([, name = '']) => name),
    ...[...listed].flatMap(([, list = '']) => list.split(',').map(renamed)),
  ].filter((name) => name !== '')
  // A schema and its type may share a name.
  return [...new Set(names)]
}
