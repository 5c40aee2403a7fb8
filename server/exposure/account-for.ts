import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { openAccount } from '#server/exposure/open-account.ts'
import { type AccountReply, showAccountsOf } from '#server/exposure/show-accounts.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Which account of a party is meant: its own unless a segment or its group is named. */
export type WhichAccount = {
  readonly segment?: string | undefined
  readonly group?: boolean | undefined
}

/** The account of a party that a person means. */
export async function accountFor(
  context: Context,
  partyKey: string,
  { group, segment }: WhichAccount,
): Promise<AccountReply | Refusal> {
  if (group && segment) {
    return refuse('invalid-input', 'Name a segment or say --group, not both.')
  }
  const shown = await showAccountsOf(context, partyKey)
  if (isRefusal(shown)) return shown
  const level = segment ? 'segment' : group ? 'group' : 'party'
  const found = shown.items.find((one) => one.level === level && one.segment === (segment ?? ''))
  const which = segment ? `account for the segment ${segment}` : `${level} account`
  return found ?? refuse('not-found', `${partyKey} has no ${which} yet.`)
}

/** The same; one that is not there yet is opened, so that it can be limited or frozen. */
export async function accountOpenedFor(
  context: Context,
  partyKey: string,
  which: WhichAccount,
): Promise<AccountReply | Refusal> {
  const found = await accountFor(context, partyKey, which)
  if (!isRefusal(found) || found.refused.kind !== 'not-found' || context.dryRun) return found
  const { group, segment } = which
  const level = segment ? 'segment' : group ? 'group' : 'party'
  return openAccount(context, partyKey, { level, ...(segment ? { segment } : {}) })
}
