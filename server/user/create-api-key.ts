import type { Refusal } from '#contract/problem.ts'
import type { NewApiKey } from '#contract/user.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { insertApiKey } from '#server/user/api-key.store.ts'
import { makeToken } from '#server/user/token.ts'

/** Makes a key for a program. The token is in the answer only, this once. */
export function createApiKey(
  context: Context,
  input: NewApiKey,
): Promise<{ id: string; token: string } | Refusal> {
  const { token, hash } = makeToken('xk_')
  return runCommand(
    context,
    { name: 'api-key.create', permission: 'user:admin', input: { ...input }, secretReply: true },
    async (tx) => {
      const id = newId()
      await insertApiKey(tx, {
        id,
        name: input.name,
        roles: input.roles,
        tokenHash: hash,
        tokenStart: token.slice(0, 8),
        createdBy: context.actor.name,
        expiresOn: input.expiresOn ?? null,
      })
      return { id, token }
    },
  )
}
