import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Claims = Readonly<Record<string, unknown>>

export type OidcProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What a browser does there: the person agrees, and the browser is sent back to this address. */
  authorise(location: string, claims: Claims, slip?: { forgedKey?: true }): string
  close(): void
}

type Grant = { challenge: string; redirectUri: string; idToken: string }

/** A small OpenID Connect provider that takes its duties seriously and whose claims a test writes. */
export async function openOidcProvider(): Promise<OidcProvider> {
  const client = { clientId: 'xinheng', clientSecret: 'a secret of the client' }
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const forged = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const grants = new Map<string, Grant>()
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/.well-known/openid-configuration') return reply(200, discovered(issuer))
    if (request.url === '/jwks') {
      const key = { ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' }
      return reply(200, { keys: [key] })
    }
    const body = new URLSearchParams(await textOf(request))
    const grant = grants.get(body.get('code') ?? '')
    grants.delete(body.get('code') ?? '')
    const isGood =
      grant &&
      body.get('client_id') === client.clientId &&
      body.get('client_secret') === client.clientSecret &&
      body.get('redirect_uri') === grant.redirectUri &&
      challengeOf(body.get('code_verifier') ?? '') === grant.challenge
    if (!isGood) return reply(400, { error: 'invalid_grant' })
    const { idToken } = grant
    reply(200, { access_token: 'a', token_type: 'Bearer', id_token: idToken })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    ...client,
    authorise: (location, claims, slip) => {
      const asked = new URL(location).searchParams
      const seconds = Math.floor(Date.now() / 1000)
      const token = {
        iss: issuer,
        aud: client.clientId,
        iat: seconds,
        exp: seconds + 60,
        nonce: asked.get('nonce'),
        ...claims,
      }
      const code = `code-${grants.size}-${Math.random()}`
      const redirectUri = asked.get('redirect_uri') ?? ''
      grants.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        redirectUri,
        idToken: signed(token, slip?.forgedKey ? forged : privateKey),
      })
      const back = new URL(redirectUri)
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.get('state') ?? '')
      return back.href
    },
    close: () => server.close(),
  }
}

function discovered(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  }
}

function signed(claims: Claims, key: KeyObject): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
