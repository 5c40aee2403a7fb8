import { sql } from 'kysely'
import type { SignInSettings } from '#contract/sign-in.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

/** What holds until an administrator says otherwise. */
const standard: SignInSettings = {
  secondFactorDemanded: false,
  sessionIdleMinutes: 120,
  sessionHours: 12,
}

export const settingsRow = sql`"user".sign_in_settings`

/** Of the row `g`, which may be absent. */
export const idleMinutes = sql`
  coalesce(g.session_idle_minutes, ${sql.lit(standard.sessionIdleMinutes)})`

export async function findSignInSettings(db: Reader): Promise<SignInSettings> {
  const found = await db.row(sql<SignInSettings>`
    select second_factor_demanded as "secondFactorDemanded",
      session_idle_minutes as "sessionIdleMinutes", session_hours as "sessionHours"
    from "user".sign_in_settings`)
  return found ?? standard
}

export async function putSignInSettings(tx: Transaction, settings: SignInSettings): Promise<void> {
  const { secondFactorDemanded, sessionIdleMinutes, sessionHours } = settings
  await tx.run(sql`
    insert into "user".sign_in_settings
      (id, second_factor_demanded, session_idle_minutes, session_hours)
    values (${newId()}, ${secondFactorDemanded}, ${sessionIdleMinutes}, ${sessionHours})
    on conflict ((true)) do update set second_factor_demanded = excluded.second_factor_demanded,
      session_idle_minutes = excluded.session_idle_minutes,
      session_hours = excluded.session_hours`)
}
