import { createHash, randomBytes } from 'node:crypto'

/** A secret that is shown once; only its hash is kept. Keys begin with `xk_`, so leaks are found. */
export function makeToken(prefix: '' | 'xk_'): { token: string; hash: Buffer } {
  const token = prefix + randomBytes(32).toString('base64url')
  return { token, hash: hashToken(token) }
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
