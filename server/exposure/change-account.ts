import type { AccountChange } from '#contract/exposure.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { updateSettings } from '#server/exposure/account-limit.store.ts'
import { lookAtHoldsAgain } from '#server/exposure/post.ts'
import { type AccountRef, lockAccount, readShareBps } from '#server/exposure/read-account.ts'
import { type AccountReply, showAccount } from '#server/exposure/show-accounts.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Sets the tolerance, agreed discount or dunning level of an account; null returns to the policy's. */
export async function changeAccount(
  context: Context,
  ref: AccountRef,
  change: AccountChange,
): Promise<AccountReply | Refusal> {
  const toleranceBps = readOptional(change.tolerance, 'tolerance')
  if (isRefusal(toleranceBps)) return toleranceBps
  const discountBps = readOptional(change.discount, 'discount')
  if (isRefusal(discountBps)) return discountBps
  return runCommand(
    context,
    {
      name: 'credit-account.change',
      permission: 'exposure:limit',
      input: { ...change, accountId: ref.id },
      subject: ref.partyId,
    },
    async (tx) => {
      const locked = await lockAccount(tx, ref)
      if (isRefusal(locked)) return locked
      const { dunningLevel } = change
      await updateSettings(tx, ref, { toleranceBps, discountBps, dunningLevel })
      await lookAtHoldsAgain(tx, [ref.id])
      return showAccount(tx, ref, context.today)
    },
  )
}

function readOptional(
  text: string | null | undefined,
  field: string,
): number | null | undefined | Refusal {
  return text === undefined || text === null ? text : readShareBps(text, field)
}
