import { may, type Role } from '#contract/role.ts'
import type { Label } from '#kernel/document/label.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import type { VersionWithDocument } from '#server/policy/version.store.ts'
import { listPersons } from '#server/user/public.ts'

type Authored = Pick<VersionWithDocument, 'createdById' | 'submittedById'>

/**
 * Why somebody may not be the one who approves a change; null where they may. That is a person, or the
 * key of another program in which people approve, that neither wrote nor submitted it. Where the
 * company has nobody else who could, its author may; whoever runs the program on its own machine may.
 */
export async function whyNotApprover(
  db: Reader,
  actor: Actor,
  of: Authored,
): Promise<Label | null> {
  if (actor.kind === 'operator' || actor.kind === 'system') return null
  if (!may(actor.roles, 'policy:publish')) {
    return { zh: '没有发布政策的权限', en: 'You may not publish policies' }
  }
  const authors = [of.createdById, of.submittedById]
  if (!authors.includes(actor.id)) return null
  if (!(await hasSomebodyElse(db, authors))) return null
  return {
    zh: '起草人和提交人不能审批自己的改动，请由另一人审批',
    en: 'Who wrote or submitted a change does not approve it: another person must',
  }
}

async function hasSomebodyElse(db: Reader, authors: readonly (string | null)[]): Promise<boolean> {
  const persons = await listPersons(db)
  return persons.some(
    ({ disabledAt, id, roles }) =>
      disabledAt === null && may(roles as Role[], 'policy:publish') && !authors.includes(id),
  )
}
