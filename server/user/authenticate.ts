import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import { findApiKey } from '#server/user/api-key.store.ts'
import { findSession } from '#server/user/session.store.ts'
import { hashToken } from '#server/user/token.ts'

/** Who is behind a session's cookie or a key, as long as it is valid. */
export async function authenticate(
  db: Reader,
  token: string,
  kind: 'cookie' | 'bearer',
): Promise<Actor | undefined> {
  if (kind === 'bearer') {
    const key = await findApiKey(db, hashToken(token))
    return key && { kind: 'key', id: key.id, name: key.name, roles: key.roles }
  }
  const session = await findSession(db, hashToken(token))
  return (
    session && { kind: 'person', id: session.personId, name: session.name, roles: session.roles }
  )
}
