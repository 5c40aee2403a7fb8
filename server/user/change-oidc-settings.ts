import { type Refusal, refuse } from '#contract/problem.ts'
import type { OidcSettingsChange } from '#contract/sign-in.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { sealSecret } from '#server/platform/secret-box.ts'
import { clientSecretBox, isOwnMachine, providerOf } from '#server/user/oidc-provider.ts'
import { findOidcSettings, putOidcSettings } from '#server/user/oidc-settings.store.ts'

/** Names the provider at whom people sign in. One that is switched on has to answer. */
export async function changeOidcSettings(
  context: Context,
  change: OidcSettingsChange,
): Promise<{ changed: true } | Refusal> {
  const { clientSecret: given, ...rest } = change
  const wrong = wrongIssuer(change.issuer)
  if (wrong) return wrong
  const before = await findOidcSettings(context.db)
  if (given === undefined && before?.clientSecret && before.issuer !== change.issuer) {
    return refuse(
      'invalid-input',
      'clientSecret: another issuer needs its own, or null for none.',
      { zh: '换了“颁发者地址”，“客户端密钥”也要填它自己的。' },
    )
  }
  const kept = given === undefined ? before?.clientSecret : null
  const clientSecret = given ? sealSecret(given, clientSecretBox) : (kept ?? null)
  const row = { ...rest, clientSecret }
  if (change.enabled) {
    const failure = await providerOf(row).then(
      () => undefined,
      (error: Error) => error,
    )
    if (failure) {
      const said = failure.cause instanceof Error ? failure.cause.message : failure.message
      return refuse('invalid-input', `issuer: its discovery document cannot be used: ${said}.`, {
        zh: `“颁发者地址”：发现文档不能使用：${said}。`,
      })
    }
  }
  return runCommand(
    context,
    {
      name: 'oidc.settings',
      permission: 'user:admin',
      input: { ...rest, clientSecretGiven: given !== undefined },
    },
    async (tx) => {
      await putOidcSettings(tx, row)
      return { changed: true }
    },
  )
}

function wrongIssuer(issuer: string): Refusal | undefined {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const isPlain = url && url.search === '' && url.hash === '' && url.username === ''
  if (isPlain && (url.protocol === 'https:' || isOwnMachine(url))) return undefined
  return refuse('invalid-input', 'issuer: write its https:// address, without any parameters.', {
    zh: '“颁发者地址”应以 https:// 开头，不带参数。',
  })
}
