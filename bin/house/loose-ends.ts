import { isTest, isTestSupport, type Source } from './source.ts'
import { type Exceptions, unexcepted } from './walls.ts'

export type LooseEndExceptions = {
  /** `path name` of exports that nothing imports. */
  readonly deadExports: Exceptions
  /** Doors of rooms with the names that they may have. */
  readonly wideDoors: Readonly<Record<string, number>>
  readonly longFiles: Readonly<Record<string, number>>
  /** `path function` with the lines it may have. */
  readonly longFunctions: Readonly<Record<string, number>>
}

const fileLinesMax = 300
const functionLinesMax = 70
const doorNamesMax = 12

/** Dead code, barrels, default exports and length. `entries` are started, not imported. */
export function findLooseEnds(
  sources: readonly Source[],
  entries: readonly string[],
  except: LooseEndExceptions,
): string[] {
  const lengths = sources.map(({ path, text }) => ({
    name: path,
    lines: text.split('\n').length - 1,
  }))
  return [
    ...deadFiles(sources, entries),
    ...deadExports(sources, except.deadExports),
    ...sources.flatMap((source) => barrels(source, except.wideDoors)),
    ...sources.flatMap(defaultExports),
    ...tooLong(lengths, fileLinesMax, except.longFiles),
    ...tooLong(sources.flatMap(functionsOf), functionLinesMax, except.longFunctions),
  ]
}

function deadFiles(sources: readonly Source[], entries: readonly string[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const reached = new Set<string>()
  const visit = (path: string) => {
    const source = byPath.get(path)
    if (!source || reached.has(path)) return
    reached.add(path)
    for (const link of source.imports) if (link.isLocal) visit(link.from)
  }
  for (const path of [...entries, ...byPath.keys()]) {
    if (entries.includes(path) || isTest(path)) visit(path)
  }
  const dead = sources.filter(({ path }) => !reached.has(path))
  return dead.map(({ path }) => `${path} is a dead file: nothing leads to it.`)
}

function deadExports(sources: readonly Source[], exceptions: Exceptions): string[] {
  const used = new Set<string>()
  for (const { path, imports } of sources) {
    if (isTest(path)) continue
    for (const link of imports) for (const name of link.names) used.add(`${link.from} ${name}`)
  }
  const dead = sources
    .filter(({ path }) => /^(kernel|contract|server)\//.test(path))
    .filter(({ path }) => !isTest(path) && !isTestSupport(path))
    .filter(({ path }) => !used.has(`${path} *`))
    .flatMap((source) =>
      source.exports.flatMap((name) =>
        isSpelling(source, name) ? [] : [`${source.path} ${name}`],
      ),
    )
    .filter((name) => !used.has(name))
  return unexcepted(dead, exceptions, (name) => `${name} is exported but no other file uses it.`)
}

/** A type by which its own file spells what it exports is for readers, whoever imports it. */
function isSpelling({ code }: Source, name: string): boolean {
  const isType = new RegExp(`^export (?:type|interface) ${name}\\b`, 'm').test(code)
  const isValue = new RegExp(`^export (?:const|function|class) ${name}\\b`, 'm').test(code)
  const uses = code.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []
  return isType && !isValue && uses.length > 1
}

function barrels(source: Source, wideDoors: Readonly<Record<string, number>>): string[] {
  const { path, imports, exports } = source
  const isDoor = /^server\/[^/]+\/public\.ts$/.test(path)
  const most = wideDoors[path] ?? doorNamesMax
  if (isDoor && exports.length > most) {
    return [`${path} has ${exports.length} names: a door has at most ${most}.`]
  }
  const handsOn = !isDoor && imports.some((link) => link.isReexport)
  return handsOn ? [`${path} hands on what others export: only public.ts of a room may.`] : []
}

function defaultExports({ path, code }: Source): string[] {
  return /^export default\b/m.test(code) ? [`${path} has a default export: name it.`] : []
}

type Measured = { readonly name: string; readonly lines: number }

function tooLong(
  measured: readonly Measured[],
  most: number,
  exceptions: Readonly<Record<string, number>>,
): string[] {
  const faults = measured.flatMap(({ name, lines }) => {
    const allowed = exceptions[name]
    if (lines > (allowed ?? most))
      return [`${name} has ${lines} lines: at most ${allowed ?? most}.`]
    if (allowed !== undefined && lines <= most) {
      return [`${name} needs no exception any more: it has ${lines} lines.`]
    }
    return []
  })
  const names = measured.map(({ name }) => name)
  const gone = Object.keys(exceptions).filter((name) => !names.includes(name))
  return [...faults, ...gone.map((name) => `${name} is excepted from a length but is gone.`)]
}

const functionStart =
  /^(\s*)(?:export )?(?:static )?(?:async )?(?:function\*? (\w+)|const (\w+) = (?:async )?\(|(#?\w+)\(.*\{$)/

/** Functions by the indent that the formatter gives them: from the first line to the closing brace or bracket. */
function functionsOf({ path, text }: Source): Measured[] {
  if (isTest(path)) return []
  const lines = text.split('\n')
  return lines.flatMap((line, start) => {
    const [, indent = '', ...names] = functionStart.exec(line) ?? []
    const name = names.find((candidate) => candidate !== undefined)
    if (name === undefined || /^(if|for|while|switch|catch)$/.test(name)) return []
    const isEnd = (end: string) =>
      /^[}\]]/.test(end.slice(indent.length)) &&
      end.startsWith(indent) &&
      !end.endsWith('{') &&
      !end.endsWith('=>')
    const isOneLine = /[^{(,[]$/.test(line)
    const length = isOneLine ? 1 : lines.slice(start).findIndex((end, n) => n > 0 && isEnd(end)) + 1
    return [{ name: `${path} ${name}`, lines: length }]
  })
}
