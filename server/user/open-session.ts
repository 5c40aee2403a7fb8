import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Session } from '#contract/sign-in.ts'
import type { Person } from '#contract/user.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { insertSession } from '#server/user/session.store.ts'
import { findSignInSettings } from '#server/user/sign-in-settings.store.ts'
import { makeToken } from '#server/user/token.ts'

export type From = { readonly address: string; readonly agent: string }

export type OpenedSession = { readonly token: string; readonly seconds: number }

/** Opens a session for somebody who is who they say, once `prove` has told what else proves it. */
export function openSession(
  context: Context,
  of: { person: Person; method: 'password' | 'oidc'; from: From },
  prove: (tx: Transaction) => Promise<{ by: Session['secondFactor'] } | Refusal>,
): Promise<OpenedSession | Refusal> {
  const { person, method, from } = of
  const { token, hash: tokenHash } = makeToken('')
  const { id, name, roles } = person
  return runCommand(
    { ...context, actor: { kind: 'person', id, name, roles } },
    {
      name: 'session.open',
      permission: 'system:read',
      input: { login: person.login, address: from.address, method },
      subject: person.id,
      secretReply: true,
    },
    async (tx) => {
      const proof = await prove(tx)
      if (isRefusal(proof)) return proof
      const { sessionHours: hours } = await findSignInSettings(tx)
      const secondFactor = proof.by
      await insertSession(tx, {
        id: newId(),
        personId: person.id,
        tokenHash,
        hours,
        ...from,
        method,
        secondFactor,
      })
      return { token, seconds: hours * 3600 }
    },
  )
}
