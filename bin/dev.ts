import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createServer } from 'vite'
import { webConfig } from './web-config.ts'

/** What `npm run dev` runs: the server, and pages that reload while one changes them. */
const serverPort = Number(process.env.PORT ?? 7400)
const program = spawn(
  process.execPath,
  ['--watch-path=server', '--watch-path=kernel', '--watch-path=contract', 'server/main.ts'],
  { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit' },
)
const pages = await createServer({
  ...webConfig,
  server: {
    port: serverPort + 1,
    proxy: {
      '/api': `http://127.0.0.1:${serverPort}`,
      '/health': `http://127.0.0.1:${serverPort}`,
    },
  },
})
await pages.listen()
process.stdout.write(`Pages that reload: ${pages.resolvedUrls?.local[0]}\n`)
program.on('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => program.kill(signal))
}
