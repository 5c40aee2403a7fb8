import type { Differences } from '#contract/audit.ts'

/**
 * What the trail records and nobody is shown: whoever may read it must not be able to try passwords
 * or tokens by it. The digests cover the true values, so these stay where they are.
 */
const secretColumns: Readonly<Record<string, readonly string[]>> = {
  'user.api_key': ['token_hash'],
  'user.oidc_settings': ['client_secret'],
  'user.person': ['password_hash'],
  'user.recovery_code': ['code_hash'],
  'user.second_factor': ['secret'],
  'user.session': ['token_hash'],
}

const hidden = '••••••'

/** The changed columns of rows as people may read them; null stays null, so that one sees what was set. */
export function maskSecrets(relation: string, differences: Differences | null): Differences | null {
  const secret = secretColumns[relation]
  if (!secret || differences === null) return differences
  const shown = (value: unknown) => (value === null ? null : hidden)
  return Object.fromEntries(
    Object.entries(differences).map(([rowId, columns]) => [
      rowId,
      Object.fromEntries(
        Object.entries(columns).map(([column, [before, after]]) => [
          column,
          secret.includes(column) ? [shown(before), shown(after)] : [before, after],
        ]),
      ),
    ]),
  )
}
