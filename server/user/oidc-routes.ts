import { WriteQuery } from '#contract/common.ts'
import {
  OidcReturn,
  OidcSettings,
  OidcSettingsChange,
  OidcStart,
  SignInOptions,
} from '#contract/sign-in.ts'
import { Redirect, type Route, route } from '#server/platform/route.ts'
import { changeOidcSettings } from '#server/user/change-oidc-settings.ts'
import { finishOidc } from '#server/user/finish-oidc.ts'
import { findOidcSettings } from '#server/user/oidc-settings.store.ts'
import { attemptSeconds, type OidcFailure, startOidc } from '#server/user/start-oidc.ts'

const tag = 'user'
const callback = '/api/session/oidc/callback'

export const oidcRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/session/options',
    reach: 'nothing',
    tag,
    summary: 'How one can sign in',
    access: 'public',
    commands: [],
    reply: SignInOptions,
    handle: async ({ context }): Promise<SignInOptions> => {
      const settings = await findOidcSettings(context.db)
      return { oidc: settings?.enabled ? { label: settings.label } : null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/session/oidc',
    reach: 'nothing',
    tag,
    summary: 'Sign in at the company’s provider: sends the browser there',
    access: 'public',
    commands: [],
    query: OidcStart,
    handle: async ({ context, query, http }) => {
      const redirectUri = http.siteUrl + callback
      const started = await startOidc(context.db, { redirectUri, returnTo: query.return })
      if ('failed' in started) return toSignInPage(started.failed)
      http.attempt.set(started.attempt, attemptSeconds)
      return new Redirect(started.to)
    },
  }),
  route({
    method: 'GET',
    path: callback,
    tag,
    summary: 'Where the provider sends the browser back to',
    access: 'public',
    commands: ['person.create', 'session.open'],
    query: OidcReturn,
    handle: async ({ context, query, http }) => {
      const url = new URL(http.siteUrl + callback)
      for (const [name, told] of Object.entries(query)) {
        for (const value of [told].flat()) url.searchParams.append(name, String(value))
      }
      http.attempt.clear()
      const { address, agent } = http
      const done = await finishOidc(context, {
        url,
        attempt: http.attempt.value,
        from: { address, agent },
      })
      if ('failed' in done) return toSignInPage(done.failed)
      http.setCookie(done.token, done.seconds)
      return new Redirect(done.returnTo)
    },
  }),
  route({
    method: 'GET',
    path: '/api/oidc-settings',
    reach: 'nothing',
    tag,
    summary: 'The provider at which people sign in, without its secret',
    access: 'user:admin',
    commands: [],
    reply: OidcSettings,
    handle: async ({ context, http }) => {
      const found = await findOidcSettings(context.db)
      const redirectUri = http.siteUrl + callback
      if (!found) return { settings: null, redirectUri }
      const { clientSecret, ...shown } = found
      return { settings: { ...shown, hasClientSecret: clientSecret !== null }, redirectUri }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/oidc-settings',
    reach: 'nothing',
    tag,
    summary: 'Name the provider at which people sign in',
    access: 'user:admin',
    commands: ['oidc.settings'],
    query: WriteQuery,
    body: OidcSettingsChange,
    handle: ({ context, body }) => changeOidcSettings(context, body),
  }),
]

function toSignInPage(failed: OidcFailure): Redirect {
  return new Redirect(`/sign-in?error=${failed}`)
}
