import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dataFolder, openInstallation, runningServer } from '#server/platform/installation.ts'
import { freeAbandonedJobs } from '#server/platform/job.ts'
import { openLog } from '#server/platform/log.ts'
import { prepare } from '#server/prepare.ts'
import { serve } from '#server/serve.ts'
import { makeWebPages, serveWebPages } from '#server/web.ts'

const { values: options } = parseArgs({
  options: { empty: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
})

if (options.help) {
  process.stdout.write(
    `npm start [-- --empty]

Starts Xinheng with its own database and prints its address and a first sign-in.

  --empty        do not load the demonstration company into an empty database

  PORT           port to listen on (7400)
  HOST           address to listen on (127.0.0.1)
  XINHENG_DATA   folder that keeps the data (./data)
  DATABASE_URL   use this PostgreSQL 15 or newer instead of the embedded one
`,
  )
  process.exit(0)
}

const host = process.env.HOST ?? '127.0.0.1'
const port = Number(process.env.PORT ?? 7400)

try {
  await start()
} catch (error) {
  process.stderr.write(`Xinheng did not start: ${(error as Error).message}\n`)
  process.exit(1)
}

async function start(): Promise<void> {
  const running = process.env.DATABASE_URL ? undefined : await runningServer()
  if (running) {
    throw new Error(
      `it runs already at ${running.url} (process ${running.pid}) on ${dataFolder()}.`,
    )
  }
  // A process of its own makes the pages meanwhile; only its failure is of interest here.
  const pages = makeWebPages()
  pages.catch(() => {})
  const installation = await openInstallation('xinheng server')
  const serverFile = join(dataFolder(), 'server.json')
  try {
    const { firstSignIn } = await prepare(installation.db, {
      demo: !options.empty,
      tell: (text) => process.stdout.write(`${text}\n`),
    })
    if (installation.embedded) await freeAbandonedJobs(installation.db.pool)
    const log = openLog(join(dataFolder(), 'xinheng.log'))
    const server = await serve(installation.db, log)
    await pages
    await serveWebPages(server.http)
    const url = await server.http.listen({ host, port }).catch(async (error: { code?: string }) => {
      // The queue holds connections: without an end to it the database would be waited for.
      await server.close()
      if (error.code !== 'EADDRINUSE') throw error
      throw new Error(
        `port ${port} is taken: choose another one, such as PORT=${port + 1} npm start.`,
      )
    })
    if (installation.embedded) writeFileSync(serverFile, JSON.stringify({ pid: process.pid, url }))
    let stopping = false
    const stop = async () => {
      if (stopping) return
      stopping = true
      process.stdout.write('Stopping ...\n')
      await server.close()
      await installation.close()
      rmSync(serverFile, { force: true })
      process.exit(0)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
    process.stdout.write(`Xinheng is ready: ${url}\n`)
    process.stdout.write(`${firstSignIn}\n`)
  } catch (error) {
    await installation.close()
    throw error
  }
}
