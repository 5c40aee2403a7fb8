import { guardedPermissions, may, type Role } from '#contract/role.ts'

/** Whether roles may anything for which a second factor can be demanded. */
export function isGuarded(roles: readonly Role[]): boolean {
  return guardedPermissions.some((permission) => may(roles, permission))
}
