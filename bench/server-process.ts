import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Connection, jsonOf } from '#bench/connection.ts'
import { isRefusal } from '#contract/problem.ts'
import type { Context } from '#server/platform/run-command.ts'
import { createPerson } from '#server/user/public.ts'

/** The server as `npm start` runs it, in a process of its own. */
export type ServerProcess = {
  readonly pid: number
  readonly port: number
  kill(): Promise<void>
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')

/** Starts the server on a data folder, or on the database of `DATABASE_URL` in `environment`. */
export async function startServer(of: {
  folder: string
  environment?: Readonly<Record<string, string>>
  nodeOptions?: readonly string[]
}): Promise<ServerProcess> {
  const script = join(root, 'server/main.ts')
  // What the pinned Node is run with, as `npm start` has it, is what the benchmark itself runs with.
  const options = [...process.execArgv, ...(of.nodeOptions ?? [])]
  const child = spawn(process.execPath, [...options, script, '--empty'], {
    env: {
      ...process.env,
      XINHENG_DATA: of.folder,
      XINHENG_LOG: process.env.XINHENG_LOG ?? '/dev/null',
      PORT: '0',
      ...of.environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const port = await portOf(child)
  child.stdout?.resume()
  return {
    pid: child.pid ?? 0,
    port,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  let said = ''
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += chunk
    const found = /is ready: http:\/\/[^:]+:(\d+)/.exec(said)
    if (found) return Number(found[1])
  }
  throw new Error(`The server did not start: ${said}`)
}

/** The token of a new API key of an administrator, made the way a person makes one. */
export async function makeKey(
  context: Context,
  server: ServerProcess,
  login: string,
): Promise<string> {
  const password = 'the password of a load'
  const made = await createPerson(context, { login, name: login, roles: ['admin'], password })
  if (isRefusal(made)) throw new Error(made.refused.detail)
  const url = `http://127.0.0.1:${server.port}`
  const post = (path: string, body: unknown, cookie: string) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
  const session = await post('/api/session', { login, password }, '')
  const cookie = String(session.headers.get('set-cookie')).split(';')[0] ?? ''
  const key = await post('/api/keys', { name: login, roles: ['admin'] }, cookie)
  const { token } = (await key.json()) as { token: string }
  await requireAnswer(server.port, token)
  return token
}

async function requireAnswer(port: number, token: string): Promise<void> {
  const connection = await Connection.open(port, token)
  const reply = await connection.ask({ method: 'GET', path: '/api/me' })
  connection.close()
  if (reply.status !== 200) throw new Error(`The key is not taken: ${jsonOf(reply).detail}`)
}
