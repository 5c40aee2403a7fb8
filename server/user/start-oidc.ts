import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { Reader } from '#server/platform/database.ts'
import { openSecret, sealSecret } from '#server/platform/secret-box.ts'
import { providerOf } from '#server/user/oidc-provider.ts'
import { findOidcSettings } from '#server/user/oidc-settings.store.ts'

/** Why a sign-in at the provider came to nothing, for the sign-in page to say in words. */
export type OidcFailure =
  | 'oidc-not-set-up'
  | 'oidc-unreachable'
  | 'oidc-expired'
  | 'oidc-declined'
  | 'oidc-not-proved'
  | 'oidc-unknown-person'
  | 'oidc-barred'

/** What is remembered, sealed in a cookie, until the browser comes back from the provider. */
export type OidcAttempt = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo: string
  readonly endsAtMs: number
}

export const attemptSeconds = 600

const attemptBox = 'oidc attempt'

/** Where to send the browser to sign in, and what to remember meanwhile. */
export async function startOidc(
  db: Reader,
  input: { redirectUri: string; returnTo: string | undefined },
): Promise<{ to: string; attempt: string } | { failed: OidcFailure }> {
  const settings = await findOidcSettings(db)
  if (!settings?.enabled) return { failed: 'oidc-not-set-up' }
  const provider = await providerOf(settings).catch(() => undefined)
  if (!provider) return { failed: 'oidc-unreachable' }
  const attempt: OidcAttempt = {
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    returnTo: isOwnPath(input.returnTo) ? input.returnTo : '/',
    endsAtMs: Date.now() + attemptSeconds * 1000,
  }
  const to = buildAuthorizationUrl(provider, {
    redirect_uri: input.redirectUri,
    scope: 'openid email profile',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
  })
  const sealed = sealSecret(JSON.stringify(attempt), attemptBox).toString('base64url')
  return { to: to.href, attempt: sealed }
}

export function readAttempt(cookie: string | undefined): OidcAttempt | undefined {
  const text = openSecret(Buffer.from(cookie ?? '', 'base64url'), attemptBox)
  if (text === undefined) return undefined
  const attempt: OidcAttempt = JSON.parse(text)
  return attempt.endsAtMs > Date.now() ? attempt : undefined
}

/** A path of this program: nobody's link sends people elsewhere by our sign-in. */
function isOwnPath(path: string | undefined): path is string {
  if (path === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return false
  return new URL(path, 'http://own.invalid').host === 'own.invalid'
}
