import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import { findApiKeys } from '#server/user/api-key.store.ts'
import { findSession } from '#server/user/session.store.ts'
import { hashToken } from '#server/user/token.ts'

/** Who is behind a session's cookie or a key, as long as it is valid. */
export async function authenticate(
  db: Reader,
  token: string,
  kind: 'cookie' | 'bearer',
): Promise<Actor | undefined> {
  if (kind === 'bearer') return actorOfKey(db, hashToken(token))
  const session = await findSession(db, hashToken(token))
  return (
    session && { kind: 'person', id: session.personId, name: session.name, roles: session.roles }
  )
}

type Lookup = { readonly hashes: Map<string, Buffer>; readonly found: Promise<Map<string, Actor>> }

const lookups = new WeakMap<Reader, Lookup>()

/**
 * Keys that arrive in the same turn of the event loop are looked up by one question, asked after all
 * of them came: what was revoked before is not found.
 */
async function actorOfKey(db: Reader, tokenHash: Buffer): Promise<Actor | undefined> {
  const lookup = lookups.get(db) ?? newLookup(db)
  const key = tokenHash.toString('base64')
  lookup.hashes.set(key, tokenHash)
  return (await lookup.found).get(key)
}

function newLookup(db: Reader): Lookup {
  const hashes = new Map<string, Buffer>()
  const found = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    lookups.delete(db)
    const keys = await findApiKeys(db, [...hashes.values()])
    return new Map(
      keys.map(({ tokenHash, id, name, roles }): [string, Actor] => [
        tokenHash.toString('base64'),
        { kind: 'key', id, name, roles },
      ]),
    )
  })
  const lookup = { hashes, found }
  lookups.set(db, lookup)
  return lookup
}
