import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

// OWASP's recommendation for scrypt: N = 2^17, r = 8, p = 1 (128 MiB for a guess).
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

export const shortestPassword = 10

/** A password as it is kept: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFKC'), salt, 32, cost)
  const parts = ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')]
  return parts.join('$')
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, n, r, p, salt = '', key = ''] = hash.split('$')
  const expected = Buffer.from(key, 'base64')
  const given = await derive(
    password.normalize('NFKC'),
    Buffer.from(salt, 'base64'),
    expected.length || 32,
    { ...cost, N: Number(n), r: Number(r), p: Number(p) },
  )
  return expected.length > 0 && timingSafeEqual(expected, given)
}

/** A password for a machine to make and a person to type once. */
export function makePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const bytes = randomBytes(16)
  const letters = [...bytes].map((byte) => alphabet[byte % alphabet.length])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}
