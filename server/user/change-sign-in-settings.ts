import { type Refusal, refuse } from '#contract/problem.ts'
import type { SignInSettings } from '#contract/sign-in.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { putSignInSettings } from '#server/user/sign-in-settings.store.ts'

/** How the company's people sign in; open sessions follow at once, but for their latest end. */
export async function changeSignInSettings(
  context: Context,
  settings: SignInSettings,
): Promise<SignInSettings | Refusal> {
  const { sessionIdleMinutes: idle, sessionHours: hours } = settings
  if (idle < 5 || idle > 10_080) {
    return refuse('invalid-input', 'sessionIdleMinutes: from 5 minutes to 10080, a week.', {
      zh: '“闲置多久后退出”：5 到 10080 分钟（7 天）。',
    })
  }
  if (hours < 1 || hours > 720) {
    return refuse('invalid-input', 'sessionHours: from 1 hour to 720, thirty days.', {
      zh: '“最长登录时间”：1 到 720 小时（30 天）。',
    })
  }
  return runCommand(
    context,
    { name: 'sign-in.settings', permission: 'user:admin', input: settings },
    async (tx) => {
      await putSignInSettings(tx, settings)
      return settings
    },
  )
}
