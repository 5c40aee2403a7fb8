import { sql } from 'kysely'
import type { Permission, Role } from '#contract/role.ts'
import type { ApiKey, DataScope } from '#contract/user.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export function listApiKeys(db: Reader): Promise<ApiKey[]> {
  return db.rows(sql<ApiKey>`
    select id, name, token_start as "tokenStart", roles, permissions,
      department_id as "departmentId", coalesce(data_scope, 'all') as scope,
      created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
      revoked_at as "revokedAt", used_at as "lastUsedAt"
    from "user".api_key left join "user".api_key_use on api_key_id = id
    order by created_at desc`)
}

export async function insertApiKey(
  tx: Transaction,
  key: {
    id: string
    name: string
    tokenHash: Buffer
    tokenStart: string
    roles: readonly Role[]
    permissions: readonly Permission[] | null
    departmentId: string | null
    scope: DataScope
    createdBy: string
    expiresOn: string | null
  },
): Promise<void> {
  await tx.run(sql`
    insert into "user".api_key
      (id, name, token_hash, token_start, roles, permissions, department_id, data_scope,
      created_by, expires_at)
    values (${key.id}, ${key.name}, ${key.tokenHash}, ${key.tokenStart}, ${list(key.roles)},
      ${key.permissions && list(key.permissions)}, ${key.departmentId}, ${key.scope},
      ${key.createdBy}, ${key.expiresOn}::date)`)
}

type KeyInForce = {
  tokenHash: Buffer
  id: string
  name: string
  roles: Role[]
  permissions: Permission[] | null
  departmentId: string | null
  scope: DataScope | null
}

/** The keys behind these hashes that are valid now. */
export function findApiKeys(db: Reader, tokenHashes: readonly Buffer[]): Promise<KeyInForce[]> {
  return db.rows(
    sql<KeyInForce>`
      select token_hash as "tokenHash", id, name, roles, permissions,
        department_id as "departmentId", data_scope as scope
      from "user".api_key
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

export async function noteKeyUsed(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`
    insert into "user".api_key_use values (${id}, now())
    on conflict (api_key_id) do update set used_at = now()`)
}
