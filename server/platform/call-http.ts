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
  return {
    address: request.ip,
    agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    accept: request.headers.accept ?? '',
    token,
    get siteUrl() {
      return siteUrlOf(request)
    },
    setCookie: (value, maxAge) => {
      reply.setCookie(sessionCookie, value, { ...attributesOf(request), path: '/', maxAge })
    },
    clearCookie: () => {
      reply.clearCookie(sessionCookie, { path: '/' })
    },
    attempt: {
      value: request.cookies[attemptCookie.name],
      set: (value, maxAge) => {
        const { name, path } = attemptCookie
        reply.setCookie(name, value, { ...attributesOf(request), path, maxAge })
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

/** A link of another site may open a page with the cookie, its forms send nothing with it. */
function attributesOf(request: FastifyRequest) {
  const secure = request.protocol === 'https' || siteUrlOf(request).startsWith('https://')
  return { httpOnly: true, sameSite: 'lax', secure } as const
}

/** `XINHENG_URL`, or what the browser calls us; without the port that goes without saying. */
function siteUrlOf(request: FastifyRequest): string {
  const told = process.env.XINHENG_URL || `${request.protocol}://${request.host}`
  return (URL.canParse(told) ? new URL(told).href : told).replace(/\/+$/, '')
}
