import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import type { Session } from '#contract/user.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export async function insertSession(
  tx: Transaction,
  session: {
    id: string
    personId: string
    tokenHash: Buffer
    hours: number
    address: string
    agent: string
  },
): Promise<void> {
  await tx.run(sql`
    insert into "user".session (id, person_id, token_hash, expires_at, address, agent)
    values (${session.id}, ${session.personId}, ${session.tokenHash},
      now() + make_interval(hours => ${session.hours}), ${session.address}, ${session.agent})`)
}

export type SignedIn = { sessionId: string; personId: string; name: string; roles: Role[] }

export function findSession(db: Reader, tokenHash: Buffer): Promise<SignedIn | undefined> {
  return db.row(sql<SignedIn>`
    select s.id as "sessionId", p.id as "personId", p.name, p.roles
    from "user".session s join "user".person p on p.id = s.person_id
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > now()
      and p.disabled_at is null`)
}

export function listSessions(db: Reader, personId: string): Promise<Session[]> {
  return db.rows(sql<Session>`
    select id, created_at as "createdAt", expires_at as "expiresAt", address, agent
    from "user".session
    where person_id = ${personId} and ended_at is null and expires_at > now()
    order by created_at desc`)
}

export async function endSession(tx: Transaction, personId: string, id: string): Promise<boolean> {
  const touched = await tx.run(sql`
    update "user".session set ended_at = now()
    where id = ${id} and person_id = ${personId} and ended_at is null`)
  return touched === 1
}

export async function endSessionsOf(tx: Transaction, personId: string): Promise<void> {
  await tx.run(sql`
    update "user".session set ended_at = now() where person_id = ${personId} and ended_at is null`)
}
