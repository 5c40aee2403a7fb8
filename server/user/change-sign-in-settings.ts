import type { Refusal } from '#contract/problem.ts'
import type { SignInSettings } from '#contract/sign-in.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { putSignInSettings } from '#server/user/sign-in-settings.store.ts'

/** How the company's people sign in; open sessions follow at once, but for their latest end. */
export function changeSignInSettings(
  context: Context,
  settings: SignInSettings,
): Promise<SignInSettings | Refusal> {
  return runCommand(
    context,
    { name: 'sign-in.settings', permission: 'user:admin', input: settings },
    async (tx) => {
      await putSignInSettings(tx, settings)
      return settings
    },
  )
}
