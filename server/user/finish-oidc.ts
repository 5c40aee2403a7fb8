import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  type Configuration,
  type IDToken,
} from 'openid-client'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Person } from '#contract/user.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'
import { createPerson } from '#server/user/create-person.ts'
import {
  findPersonOfSubject,
  findPersonsOfEmail,
  insertIdentity,
  type Subject,
} from '#server/user/identity.store.ts'
import { providerOf } from '#server/user/oidc-provider.ts'
import { findOidcSettings, type OidcRow } from '#server/user/oidc-settings.store.ts'
import { type From, type OpenedSession, openSession } from '#server/user/open-session.ts'
import { findPerson, findPersonByLogin, findPersonsToTell } from '#server/user/person.store.ts'
import { type OidcAttempt, type OidcFailure, readAttempt } from '#server/user/start-oidc.ts'

const actor: Actor = { kind: 'system', id: 'oidc', name: 'oidc', roles: ['admin'] }

type Failed = { readonly failed: OidcFailure }

/**
 * The browser is back from the provider: its code becomes a signed token, the token a person, the
 * person a session. Whatever does not fit ends it with a reason.
 */
export async function finishOidc(
  context: Context,
  input: { url: URL; attempt: string | undefined; from: From },
): Promise<(OpenedSession & { returnTo: string }) | Failed> {
  const settings = await findOidcSettings(context.db)
  if (!settings?.enabled) return { failed: 'oidc-not-set-up' }
  const attempt = readAttempt(input.attempt)
  if (!attempt || input.url.searchParams.get('state') !== attempt.state) {
    return { failed: 'oidc-expired' }
  }
  const provider = await providerOf(settings).catch(() => undefined)
  if (!provider) return { failed: 'oidc-unreachable' }
  const told = await claimsOf(provider, input.url, attempt)
  if ('failed' in told) return told
  const who = await personOfClaims({ ...context, actor }, settings, told.claims)
  if ('failed' in who) return who
  const opened = await sessionOf(context, settings, { ...who, from: input.from })
  if (isRefusal(opened)) return { failed: 'oidc-unknown-person' }
  return { ...opened, returnTo: attempt.returnTo }
}

async function claimsOf(
  provider: Configuration,
  url: URL,
  attempt: OidcAttempt,
): Promise<{ claims: IDToken } | Failed> {
  try {
    const tokens = await authorizationCodeGrant(provider, url, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    return claims ? { claims } : { failed: 'oidc-not-proved' }
  } catch (error) {
    const isDeclined = error instanceof AuthorizationResponseError
    return { failed: isDeclined ? 'oidc-declined' : 'oidc-not-proved' }
  }
}

type Who = { readonly person: Person; readonly subject: Subject; readonly isNew: boolean }

async function personOfClaims(
  context: Context,
  settings: OidcRow,
  claims: IDToken,
): Promise<Who | Failed> {
  const { db } = context
  const subject = { issuer: claims.iss, subject: claims.sub }
  const known = await findPersonOfSubject(db, subject)
  const id = known ?? (await matchingPerson(context, settings, claims))
  const person = id === undefined ? undefined : await findPerson(db, id)
  if (!person) return { failed: 'oidc-unknown-person' }
  if (person.disabledAt !== null) return { failed: 'oidc-barred' }
  return { person, subject, isNew: known === undefined }
}

/** Who it is by address or login, or somebody new where the company wants that. */
async function matchingPerson(
  context: Context,
  settings: OidcRow,
  claims: IDToken,
): Promise<string | undefined> {
  const email = provedEmail(settings, claims)
  const login = settings.matchBy === 'email' ? email : textOf(claims[settings.loginClaim])
  if (login === undefined) return undefined
  const found =
    settings.matchBy === 'email'
      ? await findPersonsOfEmail(context.db, login)
      : [(await findPersonByLogin(context.db, login))?.id].filter((id) => id !== undefined)
  if (found.length > 0) return found.length === 1 ? found[0] : undefined
  if (settings.createWithRole === null || !/^[\p{L}\p{N}._@-]{2,60}$/u.test(login)) return undefined
  // Orders and holds know people by their names: nobody comes in under the name of somebody else.
  const name = textOf(claims.name)?.slice(0, 60) ?? login
  const isTaken = (await findPersonsToTell(context.db, { roles: [], names: [name] })).length > 0
  const made = await createPerson(context, {
    login,
    name: isTaken ? login : name,
    roles: [settings.createWithRole],
    ...(email === undefined ? {} : { email }),
  })
  return isRefusal(made) ? undefined : made.id
}

/** An address that anybody may write into their account there proves nothing. */
function provedEmail({ emailsTrusted }: OidcRow, claims: IDToken): string | undefined {
  const isProved = claims.email_verified === true
  const isTrusted = emailsTrusted && claims.email_verified !== false
  return isProved || isTrusted ? textOf(claims.email) : undefined
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : undefined
}

function sessionOf(
  context: Context,
  settings: OidcRow,
  of: Who & { from: From },
): Promise<OpenedSession | Refusal> {
  const { person, subject, isNew, from } = of
  return openSession(context, { person, method: 'oidc', from }, async (tx) => {
    if (isNew && !(await insertIdentity(tx, person.id, subject))) return isSomebodyElse
    return { by: settings.secondFactorTrusted ? 'provider' : null }
  })
}

const isSomebodyElse: Refusal = {
  refused: { kind: 'conflict', detail: 'This person is somebody else at the provider.' },
}
