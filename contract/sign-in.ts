import Type, { type Static } from 'typebox'
import { Id, nullable } from '#contract/common.ts'
import { type Role, roles } from '#contract/role.ts'

const closed = { additionalProperties: false }
const Time = Type.String({ format: 'date-time' })
const aRole = Type.Unsafe<Role>({ type: 'string', enum: [...roles] })

const Code = Type.String({
  minLength: 6,
  maxLength: 40,
  description: 'Six digits of the authenticator app, or a recovery code',
})

export const SignIn = Type.Object(
  {
    login: Type.String({ maxLength: 100 }),
    password: Type.String({ maxLength: 200 }),
    code: Type.Optional(Code),
  },
  closed,
)

/** What the sign-in page may know of a stranger. */
export const SignInOptions = Type.Object({
  oidc: nullable(Type.Object({ label: Type.String() })),
})
export type SignInOptions = Static<typeof SignInOptions>

export const OidcStart = Type.Object(
  {
    return: Type.Optional(
      Type.String({ maxLength: 500, description: 'A path of the program to open afterwards' }),
    ),
  },
  closed,
)

/** Providers add parameters of their own. */
export const OidcReturn = Type.Object({}, { additionalProperties: true })

export const SecondFactorCode = Type.Object({ code: Code }, closed)

export const EnrolledPerson = Type.Object({
  personId: Id,
  enrolledAt: Time,
  recoveryCodesLeft: Type.Integer(),
})
export type EnrolledPerson = Static<typeof EnrolledPerson>

export const EnrolledPersons = Type.Object({ items: Type.Array(EnrolledPerson) })
export type EnrolledPersons = Static<typeof EnrolledPersons>

export const NewSecondFactor = Type.Object(
  { password: Type.Optional(Type.String({ maxLength: 200 })) },
  closed,
)

export const EnrolledSecret = Type.Object({
  secret: Type.String(),
  uri: Type.String({ description: 'For an authenticator app, as a QR code' }),
})
export type EnrolledSecret = Static<typeof EnrolledSecret>

export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) })
export type RecoveryCodes = Static<typeof RecoveryCodes>

export const Language = Type.Unsafe<'zh-CN' | 'en'>({ type: 'string', enum: ['zh-CN', 'en'] })

/** Not one's name: orders, holds and notices know people by it. */
export const OwnChange = Type.Object(
  {
    language: nullable(Language),
  },
  closed,
)
export type OwnChange = Static<typeof OwnChange>

export const SessionMethod = Type.Unsafe<'password' | 'oidc'>({
  type: 'string',
  enum: ['password', 'oidc'],
})

export const Session = Type.Object({
  id: Type.String(),
  createdAt: Time,
  expiresAt: Time,
  lastSeenAt: Time,
  address: nullable(Type.String()),
  agent: nullable(Type.String()),
  method: nullable(SessionMethod),
  secondFactor: nullable(
    Type.Unsafe<'totp' | 'recovery' | 'provider'>({
      type: 'string',
      enum: ['totp', 'recovery', 'provider'],
    }),
  ),
  isCurrent: Type.Boolean(),
})
export type Session = Static<typeof Session>

export const SessionList = Type.Object({ items: Type.Array(Session) })
export type SessionList = Static<typeof SessionList>

export const SignOutQuery = Type.Object(
  { 'keep-current': Type.Optional(Type.Boolean({ description: 'End all but this session' })) },
  closed,
)

export const PersonSession = Type.Object({ id: Id, sessionId: Id }, closed)

export const SignInSettings = Type.Object(
  {
    secondFactorDemanded: Type.Boolean(),
    sessionIdleMinutes: Type.Integer({ minimum: 5, maximum: 10_080 }),
    sessionHours: Type.Integer({ minimum: 1, maximum: 720 }),
  },
  closed,
)
export type SignInSettings = Static<typeof SignInSettings>

const oidcSettings = {
  enabled: Type.Boolean(),
  label: Type.String({ minLength: 1, maxLength: 60, description: 'What the button says' }),
  issuer: Type.String({ minLength: 8, maxLength: 500 }),
  clientId: Type.String({ minLength: 1, maxLength: 300 }),
  matchBy: Type.Unsafe<'email' | 'login'>({ type: 'string', enum: ['email', 'login'] }),
  loginClaim: Type.String({
    minLength: 1,
    maxLength: 60,
    description: 'The claim that is a login',
  }),
  emailsTrusted: Type.Boolean(),
  secondFactorTrusted: Type.Boolean(),
  createWithRole: nullable(aRole),
}

export const OidcSettings = Type.Object({
  settings: nullable(Type.Object({ ...oidcSettings, hasClientSecret: Type.Boolean() })),
  redirectUri: Type.String({ description: 'What the provider has to be told of us' }),
})
export type OidcSettings = Static<typeof OidcSettings>

export const OidcSettingsChange = Type.Object(
  {
    ...oidcSettings,
    clientSecret: Type.Optional(
      nullable(Type.String({ minLength: 1, maxLength: 1000, description: 'Absent: as it was' })),
    ),
  },
  closed,
)
export type OidcSettingsChange = Static<typeof OidcSettingsChange>
