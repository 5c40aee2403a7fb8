import { type Refusal, refuse } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { revokeApiKey as revoke } from '#server/user/api-key.store.ts'

/** Ends a key at once. */
export function revokeApiKey(context: Context, id: string): Promise<{ revoked: true } | Refusal> {
  return runCommand(
    context,
    { name: 'api-key.revoke', permission: 'user:admin', input: { id }, subject: id },
    async (tx) => {
      const revoked = await revoke(tx, id)
      return revoked ? { revoked: true } : refuse('not-found', 'There is no such key in force.')
    },
  )
}
