import Type, { type Static } from 'typebox'
import { Id, nullable } from '#contract/common.ts'
import { type Permission, permissions, type Role, roles } from '#contract/role.ts'
import { Language, SessionMethod } from '#contract/sign-in.ts'

/** One plain address: no name, no list, nothing that could end a header of a mail. */
export const emailPattern = '^[^\\s\\p{C}@<>,;:"()\\[\\]\\\\]+@[\\p{L}\\p{N}.-]+$'

const aRole = Type.Unsafe<Role>({ type: 'string', enum: [...roles] })
const aPermission = Type.Unsafe<Permission>({ type: 'string', enum: [...permissions] })
const Roles = Type.Array(aRole, { minItems: 1, uniqueItems: true })
const Permissions = Type.Array(aPermission, { minItems: 1, uniqueItems: true })

const Email = Type.String({
  maxLength: 254,
  pattern: emailPattern,
  description: 'Where notices are mailed to',
})

const Password = Type.String({ minLength: 10, maxLength: 200 })

/** Whose customers somebody sees: their own, those of their department and below, or all. */
export const dataScopes = ['own', 'department', 'all'] as const
export type DataScope = (typeof dataScopes)[number]

const Scope = Type.Unsafe<DataScope>({
  type: 'string',
  enum: [...dataScopes],
  description: 'Whose customers are seen: own, of the department and below, or all',
})

export const NewPerson = Type.Object(
  {
    login: Type.String({ minLength: 2, maxLength: 60, pattern: '^[\\p{L}\\p{N}._@-]+$' }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    roles: Roles,
    department: Type.Optional(Type.String({ maxLength: 200 })),
    scope: Type.Optional(Scope),
    email: Type.Optional(Email),
    password: Type.Optional(Password),
  },
  { additionalProperties: false },
)
export type NewPerson = Static<typeof NewPerson>

export const PersonChange = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    roles: Roles,
    department: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
    scope: Type.Optional(Scope),
    disabled: Type.Boolean(),
    email: Type.Optional(Type.Union([Email, Type.Null()])),
  },
  { additionalProperties: false },
)
export type PersonChange = Static<typeof PersonChange>

export const CreatedPerson = Type.Object({
  id: Type.String(),
  login: Type.String(),
  initialPassword: nullable(
    Type.String({ description: 'Told this once; null where one was given' }),
  ),
})
export type CreatedPerson = Static<typeof CreatedPerson>

export const ResetPassword = Type.Object({ login: Type.String(), initialPassword: Type.String() })
export type ResetPassword = Static<typeof ResetPassword>

export const PasswordChange = Type.Object(
  { current: Type.String({ maxLength: 200 }), next: Password },
  { additionalProperties: false },
)
export type PasswordChange = Static<typeof PasswordChange>

export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    roles: Type.Optional(Roles),
    permissions: Type.Optional(Permissions),
    department: Type.Optional(Type.String({ maxLength: 200 })),
    scope: Type.Optional(
      Type.Unsafe<'department' | 'all'>({ ...Scope, enum: ['department', 'all'] }),
    ),
    expiresOn: Type.Optional(Type.String({ format: 'date' })),
  },
  { additionalProperties: false },
)
export type NewApiKey = Static<typeof NewApiKey>

export const CreatedApiKey = Type.Object({
  id: Type.String(),
  token: Type.String({ description: 'Told this once' }),
})
export type CreatedApiKey = Static<typeof CreatedApiKey>

const Time = Type.String({ format: 'date-time' })
const TimeOrNull = Type.Union([Time, Type.Null()])

export const Person = Type.Object({
  id: Type.String(),
  login: Type.String(),
  name: Type.String(),
  roles: Roles,
  department: Type.Union([Type.String(), Type.Null()]),
  departmentId: Type.Union([Type.String(), Type.Null()]),
  scope: Scope,
  email: Type.Union([Type.String(), Type.Null()]),
  disabledAt: TimeOrNull,
  createdAt: Time,
})
export type Person = Static<typeof Person>

export const PersonList = Type.Object({ items: Type.Array(Person) })
export type PersonList = Static<typeof PersonList>

const DepartmentName = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[^\\s/]([^/]*[^\\s/])?$',
  description: 'Once among those below the same department',
})

export const NewDepartment = Type.Object(
  { name: DepartmentName, parentId: Type.Optional(nullable(Id)) },
  { additionalProperties: false },
)
export type NewDepartment = Static<typeof NewDepartment>

export const DepartmentChange = Type.Object(
  { name: DepartmentName, parentId: nullable(Id) },
  { additionalProperties: false },
)
export type DepartmentChange = Static<typeof DepartmentChange>

export const Department = Type.Object({
  id: Type.String(),
  name: Type.String(),
  parentId: nullable(Type.String()),
  path: Type.String({ description: 'From the top: 销售中心/华东销售部' }),
  formerNames: Type.Array(Type.String()),
})
export type Department = Static<typeof Department>

export const DepartmentList = Type.Object({ items: Type.Array(Department) })
export type DepartmentList = Static<typeof DepartmentList>

/** What everybody may know of who works here, to name one in a note. */
export const ColleaguePage = Type.Object({
  items: Type.Array(Type.Object({ id: Type.String(), login: Type.String(), name: Type.String() })),
})
export type ColleaguePage = Static<typeof ColleaguePage>

export const ColleagueQuery = Type.Object(
  { text: Type.Optional(Type.String({ maxLength: 60, description: 'Part of a name or login' })) },
  { additionalProperties: false },
)

/** Who calls, what that person or key may do, and what is missing for it. */
export const Me = Type.Object({
  kind: Type.String({ description: 'person or key' }),
  id: Type.String(),
  name: Type.String(),
  roles: Type.Array(aRole),
  permissions: Type.Array(aPermission, { description: 'All that roles or key give' }),
  withheld: Type.Array(aPermission, { description: 'Of these: refused until a second factor' }),
  scope: Scope,
  department: nullable(Department),
  person: nullable(Person),
  language: nullable(Language),
  passwordIsInitial: Type.Boolean(),
  session: nullable(Type.Object({ id: Type.String(), method: nullable(SessionMethod) })),
  secondFactor: nullable(
    Type.Object({
      enrolledAt: TimeOrNull,
      recoveryCodesLeft: Type.Integer(),
      demanded: Type.Boolean({ description: 'The company asks it of somebody with such roles' }),
      missing: Type.Boolean({ description: 'Demanded or set up, and not proved in this session' }),
    }),
  ),
})
export type Me = Static<typeof Me>

export const ApiKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  tokenStart: Type.String(),
  roles: Type.Array(aRole),
  permissions: nullable(Permissions),
  departmentId: Type.Union([Type.String(), Type.Null()]),
  scope: Scope,
  createdBy: Type.String(),
  createdAt: Time,
  expiresAt: TimeOrNull,
  revokedAt: TimeOrNull,
  lastUsedAt: TimeOrNull,
})
export type ApiKey = Static<typeof ApiKey>

export const ApiKeyList = Type.Object({ items: Type.Array(ApiKey) })
export type ApiKeyList = Static<typeof ApiKeyList>
