import type { Role } from '#contract/role.ts'
import { customersOf } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { findPerson } from '#server/user/public.ts'

const company: readonly Role[] = ['admin', 'credit-manager', 'accountant', 'viewer', 'integrator']

/** Whose affairs a person's day is about: the whole company's, or those of their own customers. */
export async function customersOfConcern({
  actor,
  db,
}: Context): Promise<readonly string[] | null> {
  if (actor.scope) return customersOf(db, actor.scope)
  if (actor.roles.some((role) => company.includes(role))) return null
  const login = actor.kind === 'person' ? (await findPerson(db, actor.id))?.login : undefined
  const salespeople = login === undefined ? [actor.name] : [actor.name, login]
  return customersOf(db, { salespeople, departments: [] })
}
