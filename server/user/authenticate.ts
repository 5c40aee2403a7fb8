import type { Database } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import { findApiKeys, noteKeyUsed } from '#server/user/api-key.store.ts'
import { allDepartments } from '#server/user/department.store.ts'
import { noteUse } from '#server/user/note-use.ts'
import { scopeOf } from '#server/user/scope-of.ts'
import { findSession, noteSeen } from '#server/user/session.store.ts'
import { hashToken } from '#server/user/token.ts'

/** Who is behind a session's cookie or a key, as long as it is valid. */
export async function authenticate(
  db: Database,
  token: string,
  kind: 'cookie' | 'bearer',
): Promise<Actor | undefined> {
  if (kind === 'bearer') {
    const key = await actorOfKey(db, hashToken(token))
    // Nothing waits for it: a credit check would feel a write before it.
    if (key) noteUse(db, key.id, noteKeyUsed)
    return key
  }
  const session = await findSession(db, hashToken(token))
  if (!session) return undefined
  await noteUse(db, session.sessionId, noteSeen)
  const { personId: id, name, roles, secondFactorMissing } = session
  const sees = scopeOf(session)
  return {
    kind: 'person',
    id,
    name,
    roles,
    ...(sees ? { scope: sees } : {}),
    ...(secondFactorMissing ? { secondFactorMissing } : {}),
  }
}

type Lookup = { readonly hashes: Map<string, Buffer>; readonly found: Promise<Map<string, Actor>> }

const lookups = new WeakMap<Database, Lookup>()

/**
 * Keys that arrive in the same turn of the event loop are looked up by one question, asked after all
 * of them came: what was revoked before is not found.
 */
async function actorOfKey(db: Database, tokenHash: Buffer): Promise<Actor | undefined> {
  const lookup = lookups.get(db) ?? newLookup(db)
  const key = tokenHash.toString('base64')
  lookup.hashes.set(key, tokenHash)
  return (await lookup.found).get(key)
}

function newLookup(db: Database): Lookup {
  const hashes = new Map<string, Buffer>()
  const found = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    lookups.delete(db)
    const keys = await findApiKeys(db, [...hashes.values()])
    const actors = new Map<string, Actor>()
    for (const key of keys) {
      const { tokenHash, id, name, roles, permissions, departmentId, scope } = key
      const departments = scope === 'department' ? await allDepartments(db) : null
      const sees = scopeOf({ scope, departmentId, departments, isNamesake: null })
      const actor: Actor = {
        ...{ kind: 'key', id, name, roles },
        ...(permissions === null ? {} : { permissions }),
        ...(sees ? { scope: sees } : {}),
      }
      actors.set(tokenHash.toString('base64'), actor)
    }
    return actors
  })
  const lookup = { hashes, found }
  lookups.set(db, lookup)
  return lookup
}
