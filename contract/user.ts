import Type, { type Static } from 'typebox'
import { nullable } from '#contract/common.ts'
import { type Permission, permissions, type Role, roles } from '#contract/role.ts'

/** One plain address: no name, no list, nothing that could end a header of a mail. */
export const emailPattern = '^[^\\s\\p{C}@<>,;:"()\\[\\]\\\\]+@[\\p{L}\\p{N}.-]+$'

const Roles = Type.Array(Type.Unsafe<Role>({ type: 'string', enum: [...roles] }), {
  minItems: 1,
  uniqueItems: true,
})

const Permissions = Type.Array(
  Type.Unsafe<Permission>({ type: 'string', enum: [...permissions] }),
  {
    minItems: 1,
    uniqueItems: true,
  },
)

const Email = Type.String({
  maxLength: 254,
  pattern: emailPattern,
  description: 'Where notices are mailed to',
})

const Password = Type.String({ minLength: 10, maxLength: 200 })

export const NewPerson = Type.Object(
  {
    login: Type.String({ minLength: 2, maxLength: 60, pattern: '^[\\p{L}\\p{N}._@-]+$' }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    roles: Roles,
    department: Type.Optional(Type.String({ maxLength: 60 })),
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
    department: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
    disabled: Type.Boolean(),
    email: Type.Optional(Type.Union([Email, Type.Null()])),
  },
  { additionalProperties: false },
)
export type PersonChange = Static<typeof PersonChange>

export const PasswordChange = Type.Object(
  { current: Type.String({ maxLength: 200 }), next: Password },
  { additionalProperties: false },
)

export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    roles: Type.Optional(Roles),
    permissions: Type.Optional(Permissions),
    expiresOn: Type.Optional(Type.String({ format: 'date' })),
  },
  { additionalProperties: false },
)
export type NewApiKey = Static<typeof NewApiKey>

const Time = Type.String({ format: 'date-time' })
const TimeOrNull = Type.Union([Time, Type.Null()])

export const Person = Type.Object({
  id: Type.String(),
  login: Type.String(),
  name: Type.String(),
  roles: Roles,
  department: Type.Union([Type.String(), Type.Null()]),
  email: Type.Union([Type.String(), Type.Null()]),
  disabledAt: TimeOrNull,
  createdAt: Time,
})
export type Person = Static<typeof Person>

export const ApiKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  tokenStart: Type.String(),
  roles: Type.Array(Type.Unsafe<Role>({ type: 'string' })),
  permissions: nullable(Permissions),
  createdBy: Type.String(),
  createdAt: Time,
  expiresAt: TimeOrNull,
  revokedAt: TimeOrNull,
  lastUsedAt: TimeOrNull,
})
export type ApiKey = Static<typeof ApiKey>
