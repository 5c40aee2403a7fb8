import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Call } from '#server/platform/route.ts'

export const sessionCookie = 'xinheng_session'
const attemptCookie = { name: 'xinheng_oidc', path: '/api/session/oidc' }

/** What a route sees of HTTP beside its parameters. */
export function callHttp(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string | undefined,
): Call['http'] {
  const siteUrl =
    process.env.XINHENG_URL?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`
  // Another site's link may open a page with the cookie, its forms may send nothing with it.
  const attributes = {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https' || siteUrl.startsWith('https://'),
  } as const
  return {
    address: request.ip,
    agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    token,
    siteUrl,
    setCookie: (value, maxAge) => {
      reply.setCookie(sessionCookie, value, { ...attributes, path: '/', maxAge })
    },
    clearCookie: () => {
      reply.clearCookie(sessionCookie, { path: '/' })
    },
    attempt: {
      value: request.cookies[attemptCookie.name],
      set: (value, maxAge) => {
        const { name, path } = attemptCookie
        reply.setCookie(name, value, { ...attributes, path, maxAge })
      },
      clear: () => {
        reply.clearCookie(attemptCookie.name, { path: attemptCookie.path })
      },
    },
    setStatus: (status) => {
      reply.status(status)
    },
    language: languageOf(request),
  }
}

export function languageOf(request: FastifyRequest): 'zh' | 'en' {
  return (request.headers['accept-language'] ?? '').toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
