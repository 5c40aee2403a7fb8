import { sql } from 'kysely'
import type { EnrolledPerson } from '#contract/sign-in.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

export type SecondFactor = {
  readonly secret: Buffer
  readonly confirmedAt: string | null
  readonly recoveryCodesLeft: number
}

export function findSecondFactor(db: Reader, personId: string): Promise<SecondFactor | undefined> {
  return db.row(sql<SecondFactor>`
    select secret, confirmed_at as "confirmedAt", (
      select count(*)::int from "user".recovery_code c
      where c.person_id = f.person_id and c.used_at is null) as "recoveryCodesLeft"
    from "user".second_factor f where person_id = ${personId}`)
}

export function listSecondFactors(db: Reader): Promise<EnrolledPerson[]> {
  return db.rows(sql<EnrolledPerson>`
    select person_id as "personId", confirmed_at as "enrolledAt", (
      select count(*)::int from "user".recovery_code c
      where c.person_id = f.person_id and c.used_at is null) as "recoveryCodesLeft"
    from "user".second_factor f where confirmed_at is not null order by person_id`)
}

export async function insertSecondFactor(
  tx: Transaction,
  factor: { personId: string; secret: Buffer },
): Promise<void> {
  await tx.run(sql`
    insert into "user".second_factor (id, person_id, secret)
    values (${newId()}, ${factor.personId}, ${factor.secret})`)
}

/** Notes the step of a code; false where it, or a later one, was used before. */
export async function spendStep(tx: Transaction, personId: string, step: number): Promise<boolean> {
  const touched = await tx.run(sql`
    update "user".second_factor set last_step = ${step},
      confirmed_at = coalesce(confirmed_at, now())
    where person_id = ${personId} and (last_step is null or last_step < ${step})`)
  return touched === 1
}

export async function deleteSecondFactor(tx: Transaction, personId: string): Promise<boolean> {
  await tx.run(sql`delete from "user".recovery_code where person_id = ${personId}`)
  const touched = await tx.run(sql`
    delete from "user".second_factor where person_id = ${personId}`)
  return touched === 1
}

export async function replaceRecoveryCodes(
  tx: Transaction,
  personId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await tx.run(sql`delete from "user".recovery_code where person_id = ${personId}`)
  await tx.run(sql`
    insert into "user".recovery_code (id, person_id, code_hash)
    select id, ${personId}, hash
    from unnest(${list(hashes.map(() => newId()))}::uuid[], ${list(hashes)}::bytea[]) as n (id, hash)`)
}

export async function spendRecoveryCode(
  tx: Transaction,
  personId: string,
  hash: Buffer,
): Promise<boolean> {
  const touched = await tx.run(sql`
    update "user".recovery_code set used_at = now()
    where person_id = ${personId} and code_hash = ${hash} and used_at is null`)
  return touched === 1
}
