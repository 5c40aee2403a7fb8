import type { Problem } from '#contract/problem.ts'
import { guardedPermissions, may, type Permission, type Role } from '#contract/role.ts'

/** What decides what somebody may. */
export type Authority = {
  readonly roles: readonly Role[]
  /** A key that may exactly this, whatever its roles. */
  readonly permissions?: readonly Permission[]
  /** A second factor is asked of this person, and this session has not proved one. */
  readonly secondFactorMissing?: boolean
}

export function mayAct(actor: Authority, permission: Permission): boolean {
  return actor.permissions?.includes(permission) ?? may(actor.roles, permission)
}

/** Why somebody may not; undefined where they may. */
export function lackOfAuthority(
  actor: Authority,
  permission: Permission,
  what: string,
): Problem | undefined {
  const facts = { permission }
  if (!mayAct(actor, permission)) {
    return { kind: 'forbidden', detail: `${what} needs the permission ${permission}.`, facts }
  }
  if (!actor.secondFactorMissing || !guardedPermissions.includes(permission)) return undefined
  const detail =
    `${what} needs ${permission}, and for that a second factor: set one up in your account, or ` +
    'enter its code where you have one.'
  return { kind: 'second-factor-missing', detail, facts: { ...facts, zh: secondFactorZh } }
}

const secondFactorZh =
  '这项操作须先通过两步验证：可在“我的账户”里设置；已经设置的，输入验证码后再操作。'
