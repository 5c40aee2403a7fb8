import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import type { Session } from '#contract/sign-in.ts'
import type { DataScope } from '#contract/user.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { type ScopeFacts, scopeFacts } from '#server/user/scope-of.ts'
import { idleMinutes, settingsRow } from '#server/user/sign-in-settings.store.ts'

export type NewSession = {
  readonly id: string
  readonly personId: string
  readonly tokenHash: Buffer
  readonly hours: number
  readonly address: string
  readonly agent: string
  readonly method: 'password' | 'oidc'
  readonly secondFactor: Session['secondFactor']
}

export async function insertSession(tx: Transaction, session: NewSession): Promise<void> {
  await tx.run(sql`
    insert into "user".session
      (id, person_id, token_hash, expires_at, address, agent, method, second_factor)
    values (${session.id}, ${session.personId}, ${session.tokenHash},
      now() + make_interval(hours => ${session.hours}), ${session.address}, ${session.agent},
      ${session.method}, ${session.secondFactor})`)
}

const isOpen = sql`
  s.ended_at is null and s.expires_at > now()
  and coalesce(u.seen_at, s.created_at) > now() - make_interval(mins => ${idleMinutes})`

export type SignedIn = {
  sessionId: string
  personId: string
  name: string
  login: string
  roles: Role[]
  departmentId: string | null
  scope: DataScope | null
  method: Session['method']
  /** Demanded by the company or set up by the person, and not proved in this session. */
  secondFactorMissing: boolean
} & ScopeFacts

export function findSession(db: Reader, tokenHash: Buffer): Promise<SignedIn | undefined> {
  const session = sql<SignedIn>`
    select s.id as "sessionId", p.id as "personId", p.name, p.login, p.roles,
      p.department_id as "departmentId", p.data_scope as scope, ${scopeFacts}, s.method,
      s.second_factor is null and (coalesce(g.second_factor_demanded, false) or exists (
        select from "user".second_factor f
        where f.person_id = p.id and f.confirmed_at is not null)) as "secondFactorMissing"
    from "user".session s join "user".person p on p.id = s.person_id
    left join "user".session_use u on u.session_id = s.id left join ${settingsRow} g on true
    where s.token_hash = ${tokenHash} and ${isOpen} and p.disabled_at is null`
  return db.row(session, { prepared: true })
}

export function listSessions(
  db: Reader,
  personId: string,
  currentHash: Buffer | null,
): Promise<Session[]> {
  return db.rows(sql<Session>`
    select s.id, s.created_at as "createdAt", s.expires_at as "expiresAt", s.address, s.agent,
      coalesce(u.seen_at, s.created_at) as "lastSeenAt", s.method,
      s.second_factor as "secondFactor",
      coalesce(s.token_hash = ${currentHash}::bytea, false) as "isCurrent"
    from "user".session s
    left join "user".session_use u on u.session_id = s.id left join ${settingsRow} g on true
    where s.person_id = ${personId} and ${isOpen}
    order by s.created_at desc`)
}

export async function endSession(tx: Transaction, personId: string, id: string): Promise<boolean> {
  const touched = await tx.run(sql`
    update "user".session set ended_at = now()
    where id = ${id} and person_id = ${personId} and ended_at is null`)
  return touched === 1
}

/** Ends all of a person's sessions, or all but one, and tells how many there were. */
export function endSessionsOf(
  tx: Transaction,
  personId: string,
  butId: string | null = null,
): Promise<number> {
  return tx.run(sql`
    update "user".session set ended_at = now()
    where person_id = ${personId} and ended_at is null and expires_at > now()
      and (${butId}::uuid is null or id <> ${butId})`)
}

export async function noteSecondFactor(
  tx: Transaction,
  id: string,
  proof: NonNullable<Session['secondFactor']>,
): Promise<void> {
  await tx.run(sql`update "user".session set second_factor = ${proof} where id = ${id}`)
}

export async function noteSeen(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`
    insert into "user".session_use values (${id}, now())
    on conflict (session_id) do update set seen_at = now()`)
}
