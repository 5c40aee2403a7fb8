import { Secret, TOTP } from 'otpauth'

// RFC 6238 with what every authenticator app takes for granted.
const period = 30
const shape = { issuer: 'Xinheng', algorithm: 'SHA1', digits: 6, period } as const

/** A new secret, in base32 as apps and people read it. */
export function makeSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What an authenticator app is given, as a QR code. */
export function authenticatorUri(secret: string, login: string): string {
  return new TOTP({ ...shape, label: login, secret }).toString()
}

/**
 * The step of 30 seconds that a code belongs to, one before or after the present one at most, since
 * clocks differ and people are slow; undefined where it is of none.
 */
export function stepOfCode(secret: string, code: string, nowMs: number): number | undefined {
  const totp = new TOTP({ ...shape, secret })
  const delta = totp.validate({ token: code, timestamp: nowMs, window: 1 })
  return delta === null ? undefined : Math.floor(nowMs / 1000 / period) + delta
}
