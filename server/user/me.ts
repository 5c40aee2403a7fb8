import { type Refusal, refuse } from '#contract/problem.ts'
import { guardedPermissions, permissions } from '#contract/role.ts'
import type { OwnChange } from '#contract/sign-in.ts'
import type { Me } from '#contract/user.ts'
import { mayAct } from '#server/platform/authority.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { isGuarded } from '#server/user/is-guarded.ts'
import { listDepartments } from '#server/user/list-departments.ts'
import { findOwnChoices, findPerson, updateLanguage } from '#server/user/person.store.ts'
import { findSecondFactor } from '#server/user/second-factor.store.ts'
import { findSession } from '#server/user/session.store.ts'
import { findSignInSettings } from '#server/user/sign-in-settings.store.ts'
import { hashToken } from '#server/user/token.ts'

/** Who acts, what they may, and what is still missing for it. */
export async function describeMe(context: Context, token: string | undefined): Promise<Me> {
  const { actor } = context
  const mine = permissions.filter((permission) => mayAct(actor, permission))
  const authority = {
    kind: actor.kind,
    id: actor.id,
    name: actor.name,
    roles: [...actor.roles],
    permissions: mine,
    withheld: actor.secondFactorMissing
      ? mine.filter((permission) => guardedPermissions.includes(permission))
      : [],
  }
  const nobody = {
    person: null,
    language: null,
    passwordIsInitial: false,
    session: null,
    secondFactor: null,
    scope: actor.scope === undefined ? ('all' as const) : ('department' as const),
    department: null,
  }
  const person = actor.kind === 'person' ? await describePerson(context, token) : undefined
  return { ...authority, ...(person ?? nobody) }
}

async function describePerson({ db, actor }: Context, token: string | undefined) {
  const [person, choices, factor, settings, session] = await Promise.all([
    findPerson(db, actor.id),
    findOwnChoices(db, actor.id),
    findSecondFactor(db, actor.id),
    findSignInSettings(db),
    token === undefined ? undefined : findSession(db, hashToken(token)),
  ])
  if (!person || !choices) return undefined
  const departments = person.departmentId === null ? [] : await listDepartments(db)
  const enrolledAt = factor?.confirmedAt ?? null
  return {
    person,
    ...choices,
    scope: person.scope,
    department: departments.find(({ id }) => id === person.departmentId) ?? null,
    session: session ? { id: session.sessionId, method: session.method } : null,
    secondFactor: {
      enrolledAt,
      recoveryCodesLeft: enrolledAt === null ? 0 : (factor?.recoveryCodesLeft ?? 0),
      demanded: settings.secondFactorDemanded && isGuarded(actor.roles),
      missing:
        actor.secondFactorMissing === true && (enrolledAt !== null || isGuarded(actor.roles)),
    },
  }
}

/** A person's own choices. Their name is an administrator's matter: orders and holds know it. */
export function changeOwn(
  context: Context,
  change: OwnChange,
): Promise<{ changed: true } | Refusal> {
  const { actor } = context
  if (actor.kind !== 'person') {
    return Promise.resolve(refuse('wrong-state', 'Only a person has choices of their own.'))
  }
  return runCommand(
    context,
    {
      name: 'person.change-own',
      permission: 'system:read',
      input: { ...change },
      subject: actor.id,
    },
    async (tx) => {
      await updateLanguage(tx, actor.id, change.language)
      return { changed: true }
    },
  )
}
