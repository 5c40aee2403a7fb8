import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import scalar from '@scalar/fastify-api-reference'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { isRefusal, type Problem, problems } from '#contract/problem.ts'
import { lackOfAuthority } from '#server/platform/authority.ts'
import { callHttp, languageOf, sessionCookie } from '#server/platform/call-http.ts'
import { newId } from '#server/platform/ids.ts'
import { isPassing, problemOfValidation, type RaisedError } from '#server/platform/raised-error.ts'
import { refusedAsOutOfReach, type Sees } from '#server/platform/reach.ts'
import { receiveFile } from '#server/platform/receive-file.ts'
import { Content, Redirect, type Route } from '#server/platform/route.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'
import { isSameOrigin } from '#server/platform/same-origin.ts'

// A body says its own types; a URL holds text only, so its numbers and booleans are read from it.
const bodyRules = addFormats.default(new Ajv({ allErrors: true }))
const textRules = addFormats.default(
  new Ajv({ allErrors: true, coerceTypes: 'array', useDefaults: true }),
)

/** What `main.ts` gives: how to know a caller and what a use case is called with. */
export type HttpOptions = {
  readonly routes: readonly Route[]
  readonly log: Logger
  readonly version: string
  /** The actor behind a session cookie or bearer token; undefined when it is not (or no more) one. */
  readonly authenticate: (token: string, kind: 'cookie' | 'bearer') => Promise<Actor | undefined>
  readonly contextOf: (actor: Actor, call: Pick<Context, 'requestId'>) => Context
  readonly sees: Sees
  readonly uploadBytesMax: number
}

export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = options.log
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    bodyLimit: 4 * 1024 * 1024,
    // Whom to believe where a request came from: addresses of proxies, or `loopback`.
    trustProxy: process.env.XINHENG_TRUST_PROXY || false,
  })
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? bodyRules : textRules).compile(schema),
  )
  app.setErrorHandler((error, request, reply) => replyToError(error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, { kind: 'not-found', detail: `There is no ${request.url}.` }),
  )
  await app.register(cookie)
  await app.register(multipart, {
    limits: { files: 1, fields: 20, fileSize: options.uploadBytesMax },
    throwFileSizeLimit: true,
  })
  await app.register(helmet, { contentSecurityPolicy: { directives: contentPolicy } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Xinheng 信衡', version: options.version, description: apiIntroduction },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        },
      },
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      path: request.routeOptions.url ?? request.url.split('?')[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })
  for (const route of options.routes) addRoute(app, route, options)
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  await app.register(scalar, {
    routePrefix: '/api/reference',
    configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false },
  })
  return app
}

const contentPolicy = {
  defaultSrc: ["'self'"],
  // The API reference carries its start-up script and styles inline.
  scriptSrc: ["'self'", "'unsafe-inline'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  upgradeInsecureRequests: null,
}

const apiIntroduction =
  'Credit files, ratings, limits and receivables. Sign in with `POST /api/session` or send an API ' +
  'key as `Authorization: Bearer …`. Writes take an `Idempotency-Key` header: the same key with ' +
  'the same body is carried out once and answered alike every time. `?dry-run=true` carries a ' +
  'write out, tells the outcome and keeps nothing. Errors are problem details (RFC 9457). Amounts ' +
  'are decimal strings beside an ISO 4217 currency; days are YYYY-MM-DD.'

/** Data is no page: nothing in it is run, framed or kept. */
const jsonHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

const anyReply = { description: 'Done' }

const problemReply = {
  description: 'Problem details (RFC 9457)',
  type: 'object',
  properties: {
    type: { type: 'string' },
    kind: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The request id' },
  },
}

function addRoute(app: FastifyInstance, route: Route, options: HttpOptions): void {
  const isPage = !route.path.startsWith('/api/')
  app.route({
    method: route.method,
    url: route.path,
    // Pages get their policy from helmet, at a price that a credit check would feel.
    ...(isPage ? {} : { helmet: false }),
    schema: {
      tags: [route.tag],
      summary: route.summary,
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(route.upload ? { consumes: ['multipart/form-data'] } : {}),
      response: { 200: route.reply ?? anyReply, default: problemReply },
      security: route.access === 'public' ? [] : [{ key: [] }, { session: [] }],
      hide: isPage,
    },
    // Replies are written by our own code from typed values: the schema documents them only.
    serializerCompiler: () => (value) => JSON.stringify(value),
    // Who may not call learns nothing about what the input should have been.
    onRequest: async (request, reply) => {
      const refused = await authorise(request, route, options)
      if (refused) return sendProblem(request, reply, refused)
    },
    handler: (request, reply) => handle(request, reply, route, options),
  })
}

const anonymous: Actor = { kind: 'system', id: 'anonymous', name: 'anonymous', roles: [] }
const actors = new WeakMap<FastifyRequest, { actor: Actor; token: string | undefined }>()

async function authorise(
  request: FastifyRequest,
  route: Route,
  options: HttpOptions,
): Promise<Problem | undefined> {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[sessionCookie]
  const kind = bearer === undefined ? 'cookie' : 'bearer'
  if (kind === 'cookie' && route.method !== 'GET' && !isSameOrigin(request)) {
    const detail = 'This request was made by a page of another site.'
    return { kind: 'forbidden', detail, facts: { zh: '这个请求来自其他网站的页面，已被拒绝。' } }
  }
  const actor = token === undefined ? undefined : await options.authenticate(token, kind)
  actors.set(request, { actor: actor ?? anonymous, token })
  if (route.access === 'public') return undefined
  if (!actor) {
    return {
      kind: 'not-signed-in',
      detail: token === undefined ? 'Sign in or send an API key.' : 'The session or key has ended.',
      facts: { zh: token === undefined ? '请先登录。' : '登录已过期，请重新登录。' },
    }
  }
  if (route.access === 'signed-in') return undefined
  const lack = lackOfAuthority(actor, route.access, 'This')
  if (lack) request.log.warn({ actor: actor.id, path: route.path }, `refused: ${lack.kind}`)
  return lack
}

async function handle(
  request: FastifyRequest,
  reply: FastifyReply,
  route: Route,
  options: HttpOptions,
): Promise<unknown> {
  const { actor, token } = actors.get(request) ?? { actor: anonymous, token: undefined }
  const key = request.headers['idempotency-key']
  const context: Context = {
    ...options.contextOf(actor, { requestId: request.id }),
    ...(typeof key === 'string' ? { idempotencyKey: key } : {}),
    dryRun: String((request.query as Record<string, unknown>)['dry-run']) === 'true',
  }
  if (typeof key === 'string' && (key.length < 1 || key.length > 255)) {
    const detail = 'The Idempotency-Key header has 1 to 255 characters.'
    return sendProblem(request, reply, { kind: 'invalid-input', detail })
  }
  const unseen = await refusedAsOutOfReach(context, route, request.params, options.sees)
  if (unseen) return sendProblem(request, reply, unseen)
  const received = route.upload ? await receiveFile(request) : undefined
  if (received && isRefusal(received)) return sendProblem(request, reply, received.refused)
  try {
    const answer = await route.handle({
      context,
      params: request.params,
      query: request.query,
      body: request.body,
      upload: received,
      http: callHttp(request, reply, token),
    })
    if (isRefusal(answer)) return sendProblem(request, reply, answer.refused)
    if (answer instanceof Redirect) return reply.headers(jsonHeaders).redirect(answer.to, 302)
    if (answer instanceof Content) return sendContent(reply, answer)
    return reply.headers(jsonHeaders).send(answer ?? {})
  } finally {
    if (received && !isRefusal(received)) await received.discard()
  }
}

function sendContent(reply: FastifyReply, content: Content): FastifyReply {
  reply.type(content.type).header('cache-control', 'no-store')
  if (reply.request.routeOptions.url?.startsWith('/api/')) reply.headers(jsonHeaders)
  reply.headers(content.headers)
  reply.serializer((payload: unknown) => payload as string)
  return reply.send(content.body)
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, zh, en } = problems[problem.kind]
  if (status === 503) reply.header('retry-after', '1')
  return reply
    .headers(jsonHeaders)
    .status(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      ...problem.facts,
      type: `/problems/${problem.kind}`,
      kind: problem.kind,
      title: languageOf(request) === 'zh' ? zh : en,
      status,
      detail: problem.detail,
      instance: request.id,
    })
}

function replyToError(raised: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = raised as RaisedError
  if (error.validation) return sendProblem(request, reply, problemOfValidation(error))
  if (error.statusCode === 413) {
    const detail = 'The body is larger than this URL takes.'
    const facts = { zh: '上传的内容超过大小上限。' }
    return sendProblem(request, reply, { kind: 'body-too-large', detail, facts })
  }
  if (error.statusCode === 415) {
    const detail = 'Send application/json.'
    return sendProblem(request, reply, { kind: 'unsupported-media-type', detail })
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendProblem(request, reply, { kind: 'invalid-input', detail: error.message })
  }
  request.log.error({ err: raised }, 'request failed')
  if (isPassing(error)) {
    const detail =
      'The database does not answer. Try again, with the same Idempotency-Key where you sent one: ' +
      'what was done already is then not done twice.'
    const facts = { zh: '数据库暂时没有响应，请重试；已经完成的操作不会重复执行。' }
    return sendProblem(request, reply, { kind: 'unavailable', detail, facts })
  }
  const detail = `Nothing was done. Tell your administrator the request id ${request.id}.`
  return sendProblem(request, reply, { kind: 'internal-error', detail })
}
