import type { AccountStatus, StatusChange } from '#contract/exposure.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { updateStatus } from '#server/exposure/account-limit.store.ts'
import { lookAtHoldsAgain } from '#server/exposure/post.ts'
import { type AccountRef, lockAccount } from '#server/exposure/read-account.ts'
import { type AccountReply, showAccount } from '#server/exposure/show-accounts.ts'
import { tellOfFreeze } from '#server/exposure/tell-of-freeze.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Freezes, blocks, watches or opens an account; the next check knows. */
export function setStatus(
  context: Context,
  ref: AccountRef,
  change: StatusChange,
): Promise<AccountReply | Refusal> {
  return runCommand(
    context,
    {
      name: 'credit-account.set-status',
      permission: 'exposure:freeze',
      input: { ...change, accountId: ref.id },
      subject: ref.partyId,
    },
    async (tx) => {
      const locked = await lockAccount(tx, ref)
      if (isRefusal(locked)) return locked
      const from = locked.account.status
      if (from === change.status) {
        const zh = `账户已经是“${statusZh[from]}”状态。`
        return refuse('wrong-state', `The account is ${from} already.`, { status: from, zh })
      }
      const by = context.actor.name
      await updateStatus(tx, ref, { status: change.status, reason: change.reason, by })
      const facts = { accountId: ref.id, from, to: change.status, reason: change.reason }
      await tx.emit({ kind: 'credit-account.status-set', partyId: ref.partyId, facts })
      const isFrozen = change.status === 'frozen'
      if (isFrozen || from === 'frozen') {
        await tellOfFreeze(tx, locked.account, { isFrozen, by, reason: change.reason })
      }
      await lookAtHoldsAgain(tx, [ref.id])
      return showAccount(tx, ref, context.today)
    },
  )
}

const statusZh: Readonly<Record<AccountStatus, string>> = {
  open: '正常',
  watch: '关注',
  blocked: '停止供货',
  frozen: '冻结',
}
