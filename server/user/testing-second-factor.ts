import { TOTP } from 'otpauth'
import type { SampleWorld } from '#server/platform/route-sample.ts'

/** The code that an authenticator app shows now, or one step of 30 seconds later. */
export function codeOf(secret: unknown, stepsLater = 0): string {
  const totp = new TOTP({ secret: String(secret) })
  return totp.generate({ timestamp: Date.now() + stepsLater * 30_000 })
}

/** A session whose person has a second factor; its first code is used up. */
export async function signInWithSecondFactor(world: SampleWorld) {
  const person = await world.signIn()
  const { cookie, password } = person
  const post = async (url: string, body: unknown) =>
    (await world.send({ method: 'POST', url, body, headers: { cookie } })).json
  const { secret } = await post('/api/me/second-factor', { password })
  const confirmed = await post('/api/me/second-factor/confirmation', { code: codeOf(secret) })
  const me = await world.send({ method: 'GET', url: '/api/me', headers: { cookie } })
  return {
    ...person,
    id: String(me.json.id),
    secret: String(secret),
    recoveryCodes: confirmed.recoveryCodes as string[],
    nextCode: () => codeOf(secret, 1),
  }
}
