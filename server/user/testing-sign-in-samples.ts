import type { RouteSamples, SampleWorld } from '#server/platform/route-sample.ts'
import { type OidcProvider, openOidcProvider } from '#server/user/testing-oidc-provider.ts'
import { codeOf, signInWithSecondFactor } from '#server/user/testing-second-factor.ts'

/** The settings under which a provider's people sign in. */
export function oidcSettingsOf({ issuer, clientId, clientSecret }: OidcProvider) {
  return {
    enabled: true,
    label: '企业账号',
    issuer,
    clientId,
    clientSecret,
    matchBy: 'email',
    loginClaim: 'sub',
    emailsTrusted: false,
    secondFactorTrusted: false,
    createWithRole: null,
  }
}

const withCode = async (world: SampleWorld) => {
  const { cookie, nextCode } = await signInWithSecondFactor(world)
  return { cookie, body: { code: nextCode() } }
}

const sessionOfSomebody = async (world: SampleWorld) => {
  const { cookie } = await world.signIn()
  const me = await world.send({ method: 'GET', url: '/api/me', headers: { cookie } })
  return { id: String(me.json.id), sessionId: await world.sessionOf(cookie) }
}

export const signInSamples: RouteSamples = {
  'PUT /api/me': async (world) => ({
    cookie: (await world.signIn()).cookie,
    body: { language: 'en' },
  }),
  'DELETE /api/me/sessions': async (world) => ({ cookie: (await world.signIn()).cookie }),
  'DELETE /api/persons/:id/sessions': async (world) => ({
    params: { id: (await sessionOfSomebody(world)).id },
  }),
  'DELETE /api/persons/:id/sessions/:sessionId': async (world) => ({
    params: await sessionOfSomebody(world),
  }),
  'PUT /api/sign-in-settings': async () => ({
    body: { secondFactorDemanded: false, sessionIdleMinutes: 120, sessionHours: 12 },
  }),
  'POST /api/session/second-factor': withCode,
  'POST /api/me/second-factor': async (world) => {
    const { cookie, password } = await world.signIn()
    return { cookie, body: { password } }
  },
  'POST /api/me/second-factor/confirmation': async (world) => {
    const { cookie, password } = await world.signIn()
    const begun = await world.send({
      method: 'POST',
      url: '/api/me/second-factor',
      body: { password },
      headers: { cookie },
    })
    return { cookie, body: { code: codeOf(begun.json.secret) } }
  },
  'POST /api/me/second-factor/recovery-codes': withCode,
  'POST /api/me/second-factor/removal': withCode,
  'DELETE /api/persons/:id/second-factor': async (world) => ({
    params: { id: (await signInWithSecondFactor(world)).id },
  }),
  'PUT /api/oidc-settings': async () => ({
    body: {
      enabled: false,
      label: '企业账号',
      issuer: 'https://login.example.com',
      clientId: 'xinheng',
      clientSecret: null,
      matchBy: 'email',
      loginClaim: 'sub',
      emailsTrusted: false,
      secondFactorTrusted: false,
      createWithRole: null,
    },
  }),
  'GET /api/session/oidc/callback': async (world) => {
    const provider = await openOidcProvider()
    const settings = { ...oidcSettingsOf(provider), createWithRole: 'viewer' }
    await world.call('PUT', '/api/oidc-settings', settings)
    const started = await world.send({ method: 'GET', url: '/api/session/oidc' })
    const email = `${world.unique('new')}@example.com`
    const claims = { sub: email, email, email_verified: true }
    const back = new URL(provider.authorise(String(started.headers.location), claims))
    const cookie = String(started.headers['set-cookie']).split(';')[0] ?? ''
    return { cookie, query: Object.fromEntries(back.searchParams) }
  },
}
