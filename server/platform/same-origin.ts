import type { FastifyRequest } from 'fastify'

/** A browser names the origin of a page that writes; a forged form comes from another one. */
export function isSameOrigin(request: FastifyRequest): boolean {
  const { origin } = request.headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}
