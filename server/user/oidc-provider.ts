import {
  allowInsecureRequests,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client'
import { openSecret } from '#server/platform/secret-box.ts'
import type { OidcRow } from '#server/user/oidc-settings.store.ts'

export const clientSecretBox = 'oidc client secret'

const keptMs = 10 * 60_000
const timeoutSeconds = 10

const kept = new Map<string, { found: Promise<Configuration>; sinceMs: number }>()

/** What the provider says of itself, asked again every ten minutes. Rejects where it says nothing. */
export function providerOf(settings: OidcRow): Promise<Configuration> {
  const secret = settings.clientSecret?.toString('base64') ?? ''
  const key = `${settings.issuer} ${settings.clientId} ${secret}`
  const known = kept.get(key)
  if (known && performance.now() - known.sinceMs < keptMs) return known.found
  const found = discover(settings)
  kept.clear()
  kept.set(key, { found, sinceMs: performance.now() })
  found.catch(() => kept.delete(key))
  return found
}

async function discover({ issuer, clientId, clientSecret }: OidcRow): Promise<Configuration> {
  const secret = clientSecret === null ? undefined : openSecret(clientSecret, clientSecretBox)
  if (clientSecret !== null && secret === undefined) {
    throw new Error('the client secret was kept under another key: enter it again')
  }
  const url = new URL(issuer)
  return discovery(url, clientId, secret, secret === undefined ? None() : undefined, {
    timeout: timeoutSeconds,
    execute: [enableNonRepudiationChecks, ...(isOwnMachine(url) ? [allowInsecureRequests] : [])],
  })
}

/** Only what never leaves the machine may go without TLS. */
export function isOwnMachine(url: URL): boolean {
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
}
