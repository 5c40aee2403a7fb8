import { sql } from 'kysely'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

export type Subject = { readonly issuer: string; readonly subject: string }

export async function findPersonOfSubject(db: Reader, of: Subject): Promise<string | undefined> {
  const found = await db.row(sql<{ personId: string }>`
    select person_id as "personId" from "user".identity
    where issuer = ${of.issuer} and subject = ${of.subject}`)
  return found?.personId
}

/** The people who have this address; more than one is no answer to who somebody is. */
export async function findPersonsOfEmail(db: Reader, email: string): Promise<string[]> {
  const found = await db.rows(sql<{ id: string }>`
    select id from "user".person where lower(email) = lower(${email}) limit 2`)
  return found.map(({ id }) => id)
}

/** False where the person is somebody else at this provider already. */
export async function insertIdentity(
  tx: Transaction,
  personId: string,
  of: Subject,
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into "user".identity (id, person_id, issuer, subject)
    values (${newId()}, ${personId}, ${of.issuer}, ${of.subject})
    on conflict do nothing`)
  return added === 1
}
