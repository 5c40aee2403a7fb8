export const roles = [
  'admin',
  'credit-manager',
  'sales',
  'accountant',
  'viewer',
  'integrator',
] as const

export type Role = (typeof roles)[number]

// Who may what. A permission is a room and a verb.
const granted = {
  'system:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'company:write': ['admin', 'accountant'],
  'user:admin': ['admin'],
  'job:write': ['admin', 'credit-manager', 'accountant', 'integrator'],
  'audit:read': ['admin', 'credit-manager'],
  'party:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'party:write': ['admin', 'credit-manager', 'sales', 'integrator'],
  // Telephone numbers and addresses of people; then numbers of accounts and of taxpayers.
  'party:contact': ['admin', 'credit-manager', 'sales', 'accountant', 'integrator'],
  'party:private': ['admin', 'credit-manager', 'accountant', 'integrator'],
  'party:merge': ['admin', 'credit-manager'],
  'receivable:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'receivable:write': ['admin', 'accountant', 'integrator'],
  'exposure:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'exposure:limit': ['admin', 'credit-manager'],
  'exposure:freeze': ['admin', 'credit-manager'],
  'exposure:secure': ['admin', 'credit-manager', 'accountant'],
  'order:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'order:write': ['admin', 'credit-manager', 'sales', 'integrator'],
  'check:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'check:run': ['admin', 'credit-manager', 'sales', 'integrator'],
  'hold:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'hold:write': ['admin', 'credit-manager'],
  'hold:release': ['admin', 'credit-manager', 'sales'],
  'indicator:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'indicator:write': ['admin', 'credit-manager', 'accountant', 'integrator'],
  'policy:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'policy:write': ['admin', 'credit-manager'],
  'policy:publish': ['admin', 'credit-manager'],
  'scoring:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'scoring:run': ['admin', 'credit-manager', 'integrator'],
  'scoring:override': ['admin', 'credit-manager'],
  'file:read': ['admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator'],
  'file:write': ['admin', 'credit-manager', 'sales', 'accountant', 'integrator'],
  'file:confidential': ['admin', 'credit-manager'],
  'report:read': ['admin', 'credit-manager', 'accountant', 'viewer'],
  'import:read': ['admin', 'credit-manager', 'accountant', 'integrator'],
  'import:write': ['admin', 'credit-manager', 'accountant', 'integrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof granted

export const permissions = Object.keys(granted) as readonly Permission[]

/** What nobody should do by a stolen password. Who administers people could give it to themselves. */
export const guardedPermissions: readonly Permission[] = [
  'hold:release',
  'exposure:limit',
  'policy:publish',
  'user:admin',
]

export function may(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = granted[permission]
  return roles.some((role) => allowed.includes(role))
}
