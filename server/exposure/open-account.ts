import type { NewAccount } from '#contract/exposure.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { lockTree } from '#server/exposure/locked-tree.ts'
import { type AccountReply, showAccount } from '#server/exposure/show-accounts.ts'
import { findPartyByKey } from '#server/party/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Opens a credit account of a party before its first document does, so that it can be given a limit
 * or be blocked. One that is there is simply shown.
 */
export async function openAccount(
  context: Context,
  partyKey: string,
  wanted: NewAccount,
): Promise<AccountReply | Refusal> {
  const party = await findPartyByKey(context, partyKey)
  if (isRefusal(party)) return party
  if ((wanted.level === 'segment') !== (wanted.segment !== undefined)) {
    return refuse('invalid-input', 'segment: name it for the level segment, and only then.', {
      zh: '信控维度：仅当层级为信控维度时填写，而且必须填写。',
    })
  }
  return runCommand(
    context,
    {
      name: 'credit-account.open',
      permission: 'exposure:limit',
      input: { ...wanted, partyId: party.id },
      subject: party.id,
    },
    async (tx) => {
      const buyer = { partyId: party.id, segment: wanted.segment ?? '' }
      const { account, above } = (await lockTree(tx, [buyer])).leafOf(buyer)
      const opened = [account, ...above].find(
        ({ partyId, level }) => partyId === party.id && level === wanted.level,
      )
      if (!opened) {
        const detail = `${party.code} heads no group: name it as the group of its members first.`
        const zh = `${party.code} 不是集团母公司：先在成员的档案里把它填为上级集团。`
        return refuse('wrong-state', detail, { zh })
      }
      return showAccount(tx, opened, context.today)
    },
  )
}
