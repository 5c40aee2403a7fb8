import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'dist', 'web')

/** Bundles the pages in a process of its own, which needs time and memory only once. */
export async function makeWebPages(): Promise<void> {
  const maker = spawn(process.execPath, [join(root, 'bin', 'build-web.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await new Promise((done) => maker.once('exit', done))
  if (code !== 0) throw new Error('the pages could not be made: see the message above')
}

// Stricter than that of the API reference: no script but our own files.
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Answers every address that is no API with the workbench, and its files for long. */
export async function serveWebPages(http: FastifyInstance): Promise<void> {
  await http.register(fastifyStatic, { root: folder, serve: false, preCompressed: true })
  http.get('/*', { schema: { hide: true } }, (request, reply) => {
    const path = decodeURI(request.url.split('?')[0] ?? '/')
    if (/^\/(api|health)(\/|$)/.test(path)) return reply.callNotFound()
    if (/^\/(assets\/[\w.-]+|[\w-]+\.svg)$/.test(path) && existsSync(join(folder, path))) {
      return reply.sendFile(path.slice(1), {
        maxAge: '365d',
        immutable: path.startsWith('/assets/'),
      })
    }
    if (/\.[^/]*$/.test(path)) return reply.callNotFound()
    reply.header('content-security-policy', pagePolicy).header('referrer-policy', 'same-origin')
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
  })
}
