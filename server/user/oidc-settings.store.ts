import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

export type OidcRow = {
  readonly enabled: boolean
  readonly label: string
  readonly issuer: string
  readonly clientId: string
  /** Sealed. */
  readonly clientSecret: Buffer | null
  readonly matchBy: 'email' | 'login'
  readonly loginClaim: string
  readonly emailsTrusted: boolean
  readonly secondFactorTrusted: boolean
  readonly createWithRole: Role | null
}

export function findOidcSettings(db: Reader): Promise<OidcRow | undefined> {
  return db.row(sql<OidcRow>`
    select enabled, label, issuer, client_id as "clientId", client_secret as "clientSecret",
      match_by as "matchBy", login_claim as "loginClaim", emails_trusted as "emailsTrusted",
      second_factor_trusted as "secondFactorTrusted", create_with_role as "createWithRole"
    from "user".oidc_settings`)
}

export async function putOidcSettings(tx: Transaction, row: OidcRow): Promise<void> {
  await tx.run(sql`
    insert into "user".oidc_settings (id, enabled, label, issuer, client_id, client_secret,
      match_by, login_claim, emails_trusted, second_factor_trusted, create_with_role)
    values (${newId()}, ${row.enabled}, ${row.label}, ${row.issuer}, ${row.clientId},
      ${row.clientSecret}, ${row.matchBy}, ${row.loginClaim}, ${row.emailsTrusted},
      ${row.secondFactorTrusted}, ${row.createWithRole})
    on conflict ((true)) do update set enabled = excluded.enabled, label = excluded.label,
      issuer = excluded.issuer, client_id = excluded.client_id,
      client_secret = excluded.client_secret, match_by = excluded.match_by,
      login_claim = excluded.login_claim, emails_trusted = excluded.emails_trusted,
      second_factor_trusted = excluded.second_factor_trusted,
      create_with_role = excluded.create_with_role`)
}
