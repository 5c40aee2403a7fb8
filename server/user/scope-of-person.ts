import { sql } from 'kysely'
import type { Reader } from '#server/platform/database.ts'
import type { PartyScope } from '#server/platform/run-command.ts'
import { type ScopeOwner, scopeFacts, scopeOf } from '#server/user/scope-of.ts'

/** What a person sees who is not here: for what is done in their name. */
export async function scopeOfPerson(db: Reader, id: string): Promise<PartyScope | undefined> {
  const person = await db.row(sql<ScopeOwner>`
    select p.name, p.login, p.department_id as "departmentId", p.data_scope as scope, ${scopeFacts}
    from "user".person p where p.id = ${id}`)
  return person && scopeOf(person)
}
