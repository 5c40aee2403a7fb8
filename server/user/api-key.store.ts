import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import type { ApiKey } from '#contract/user.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export function listApiKeys(db: Reader): Promise<ApiKey[]> {
  return db.rows(sql<ApiKey>`
    select id, name, token_start as "tokenStart", roles, created_by as "createdBy",
      created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt"
    from "user".api_key order by created_at desc`)
}

export async function insertApiKey(
  tx: Transaction,
  key: {
    id: string
    name: string
    tokenHash: Buffer
    tokenStart: string
    roles: readonly Role[]
    createdBy: string
    expiresOn: string | null
  },
): Promise<void> {
  await tx.run(sql`
    insert into "user".api_key
      (id, name, token_hash, token_start, roles, created_by, expires_at)
    values (${key.id}, ${key.name}, ${key.tokenHash}, ${key.tokenStart}, ${list(key.roles)},
      ${key.createdBy}, ${key.expiresOn}::date)`)
}

/** The keys behind these hashes that are valid now. */
export function findApiKeys(
  db: Reader,
  tokenHashes: readonly Buffer[],
): Promise<{ tokenHash: Buffer; id: string; name: string; roles: Role[] }[]> {
  return db.rows(
    sql<{ tokenHash: Buffer; id: string; name: string; roles: Role[] }>`
      select token_hash as "tokenHash", id, name, roles from "user".api_key
      where token_hash = any(${list(tokenHashes)}::bytea[]) and revoked_at is null
        and (expires_at is null or expires_at > now())`,
    { prepared: true },
  )
}

export async function revokeApiKey(tx: Transaction, id: string): Promise<boolean> {
  const touched = await tx.run(sql`
    update "user".api_key set revoked_at = now() where id = ${id} and revoked_at is null`)
  return touched === 1
}
