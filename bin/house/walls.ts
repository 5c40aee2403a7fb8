import { cyclesIn, orderOf } from './cycles.ts'
import { type Import, isTest, isTestSupport, roomOf, type Source } from './source.ts'

/** Exceptions by name, each with its reason; one that is not needed any more is a fault. */
export type Exceptions = Readonly<Record<string, string>>

export type WallExceptions = {
  readonly kernelPackages: readonly string[]
  /** Kernel folders that may know each other: `a b`. */
  readonly kernelFolderCycles: Exceptions
  /** Files that lead back to themselves: `a <-> b`. */
  readonly fileCycles: Exceptions
  /** Files that name tables of another room in SQL: `path schema`. */
  readonly foreignTables: Exceptions
}

/** What may import what. One sentence per breach. */
export function findBrokenWalls(sources: readonly Source[], except: WallExceptions): string[] {
  const schemas = sources.map((source) => roomOf(source.path)).filter(isRoom)
  return [
    ...sources.flatMap((source) => source.imports.flatMap((link) => breach(source, link, except))),
    ...sources.flatMap(impurities),
    ...fileCycles(sources, except.fileCycles),
    ...kernelFolderCycles(sources, except.kernelFolderCycles),
    ...cyclesIn(roomGraph(sources)).map((rooms) => `Rooms in a circle: ${rooms.join(' <-> ')}.`),
    ...foreignTables(sources, new Set(schemas.map(schemaOf)), except.foreignTables),
  ]
}

/** The rooms of the server, each after all the rooms that it enters. */
export function roomOrder(sources: readonly Source[]): string[] {
  return orderOf(roomGraph(sources)).map((room) => room.replace('server/', ''))
}

function breach(source: Source, link: Import, except: WallExceptions): string[] {
  const { path } = source
  const own = roomOf(path)
  const other = link.isLocal ? roomOf(link.from) : link.from
  const top = path.split('/')[0]
  const said = (why: string) => [`${path} imports ${link.from}: ${why}.`]
  if (top === 'kernel') {
    const allowed = isTest(path)
      ? !link.isLocal || other === 'kernel'
      : other === 'kernel' || (!link.isLocal && except.kernelPackages.includes(other))
    return allowed ? [] : said('the kernel imports the kernel only')
  }
  if (top === 'contract' && !isTest(path)) {
    const allowed = ['contract', 'kernel', 'typebox'].includes(other)
    return allowed ? [] : said('the contract imports contract, kernel and typebox only')
  }
  if (top === 'web' && !isTest(path) && !isTestSupport(path)) {
    const allowed = !link.isLocal || ['web', 'contract', 'kernel'].includes(other)
    return allowed ? [] : said('pages know the contract, not the server')
  }
  if (!link.isLocal || !other.startsWith('server') || other === own) return []
  if (own === 'server/platform' && !isTest(path)) {
    return said('the platform knows nothing that stands on it')
  }
  if (own === 'server' || !own.startsWith('server')) return doorOfTop(source, link, said)
  if (other === 'server') {
    const mayOpenAll = isTest(path) || isTestSupport(path)
    return mayOpenAll ? [] : said('a room does not know what puts rooms together')
  }
  const isDoor = other === 'server/platform' || link.from.endsWith('/public.ts')
  return isDoor ? [] : said('another room is entered by its public.ts')
}

const topDoors = /\/(public|routes|jobs|cli|route-samples)\.ts$/

/** main, serve, prepare and the like put rooms together: they see their lists and their doors. */
function doorOfTop(source: Source, link: Import, said: (why: string) => string[]): string[] {
  const other = roomOf(link.from)
  if (other === 'server' || other === 'server/platform') return []
  if (topDoors.test(link.from) || isTest(source.path)) return []
  return said('rooms are put together from public, routes, jobs and cli')
}

const impure = /\bDate\.now\b|\bnew Date\(|\bMath\.random\b|\basync[ (]|\bawait |\bPromise\b/g

function impurities({ path, code }: Source): string[] {
  if (!path.startsWith('kernel/') || isTest(path)) return []
  return [...code.matchAll(impure)].map(
    ([what]) => `${path} has "${what.trim()}": the kernel has no clock, chance or promises.`,
  )
}

function fileCycles(sources: readonly Source[], exceptions: Exceptions): string[] {
  const graph = new Map<string, Set<string>>()
  for (const { path, imports } of sources) {
    graph.set(path, new Set(imports.filter((link) => link.isLocal).map((link) => link.from)))
  }
  const found = cyclesIn(graph).map((files) => files.join(' <-> '))
  return unexcepted(found, exceptions, (files) => `Files in a circle: ${files}.`)
}

function kernelFolderCycles(sources: readonly Source[], exceptions: Exceptions): string[] {
  const folderOf = (path: string) => path.split('/')[1] ?? ''
  const inside = (path: string) => /^kernel\/[^/]+\//.test(path)
  const graph = new Map<string, Set<string>>()
  for (const { path, imports } of sources) {
    if (!inside(path) || isTest(path)) continue
    const known = graph.get(folderOf(path)) ?? new Set()
    for (const link of imports) if (inside(link.from)) known.add(folderOf(link.from))
    known.delete(folderOf(path))
    graph.set(folderOf(path), known)
  }
  const found = cyclesIn(graph).map((folders) => folders.join(' '))
  return unexcepted(found, exceptions, (folders) => `Kernel folders in a circle: ${folders}.`)
}

function roomGraph(sources: readonly Source[]): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const { path, imports } of sources) {
    const own = roomOf(path)
    if (!isRoom(own) || isTest(path)) continue
    const known = graph.get(own) ?? new Set()
    for (const link of imports) {
      const other = link.isLocal ? roomOf(link.from) : ''
      if (isRoom(other) && other !== own) known.add(other)
    }
    graph.set(own, known)
  }
  return graph
}

function isRoom(room: string): boolean {
  return room.startsWith('server/') && room !== 'server/platform'
}

const namedTable =
  /\b(?:from|join|into|update|using|copy|truncate|table|lock)\s+(?:only\s+)?"?([a-z_]+)"?\."?[a-z_]+/gi

function foreignTables(
  sources: readonly Source[],
  rooms: ReadonlySet<string>,
  exceptions: Exceptions,
): string[] {
  // Every schema has its room's name; the platform's own tables belong to the platform.
  const schemas = new Set([...rooms, 'platform'])
  const found = new Set<string>()
  for (const { path, code } of sources) {
    const own = roomOf(path)
    if (!own.startsWith('server/') || isTest(path) || isTestSupport(path)) continue
    for (const [, schema = ''] of code.matchAll(namedTable)) {
      const isForeign = schemas.has(schema) && schema !== schemaOf(own)
      if (isForeign) found.add(`${path} ${schema}`)
    }
  }
  const say = (name: string) => {
    const [path, schema] = name.split(' ')
    return `${path} names a table of ${schema} in SQL: a room touches its own tables only.`
  }
  return unexcepted([...found], exceptions, say)
}

function schemaOf(room: string): string {
  return room.replace('server/', '')
}

/** What is found but not excepted, and what is excepted but not found any more. */
export function unexcepted(
  found: readonly string[],
  exceptions: Exceptions,
  say: (name: string) => string,
): string[] {
  return [
    ...found.filter((name) => !(name in exceptions)).map(say),
    ...Object.keys(exceptions)
      .filter((name) => !found.includes(name))
      .map((name) => `${name} needs no exception any more: take it off the list.`),
  ]
}
