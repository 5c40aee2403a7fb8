import type { NewTemporaryLimit } from '#contract/exposure.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { endTemporaryLimitRow, insertTemporaryLimit } from '#server/exposure/account-limit.store.ts'
import { lookAtHoldsAgain } from '#server/exposure/post.ts'
import { type AccountRef, lockAccount, readLimit } from '#server/exposure/read-account.ts'
import { type AccountReply, showAccount } from '#server/exposure/show-accounts.ts'
import { newId } from '#server/platform/ids.ts'
import { readDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Grants an amount on top of the standing limit for some days (临时额度). */
export async function grantTemporaryLimit(
  context: Context,
  ref: AccountRef,
  wanted: NewTemporaryLimit,
): Promise<AccountReply | Refusal> {
  const fromOn = wanted.fromOn === undefined ? context.today : readDay(wanted.fromOn, 'fromOn')
  if (isRefusal(fromOn)) return fromOn
  const toOn = readDay(wanted.toOn, 'toOn')
  if (isRefusal(toOn)) return toOn
  if (toOn < fromOn || toOn < context.today) {
    const detail = `toOn: ${toOn} lies before ${fromOn > context.today ? fromOn : context.today}.`
    const zh = `有效至：${toOn} 早于 ${fromOn > context.today ? fromOn : context.today}。`
    return refuse('invalid-input', detail, { field: 'toOn', zh })
  }
  return runCommand(
    context,
    {
      name: 'credit-account.grant-temporary-limit',
      permission: 'exposure:limit',
      input: { ...wanted, accountId: ref.id },
      subject: ref.partyId,
    },
    async (tx) => {
      const locked = await lockAccount(tx, ref)
      if (isRefusal(locked)) return locked
      const amount = readLimit(wanted.amount, locked.account.currency, 'amount')
      if (isRefusal(amount)) return amount
      if (amount.minor === 0n) {
        const facts = { field: 'amount', zh: '金额：应大于零。' }
        return refuse('invalid-input', 'amount: write an amount above zero.', facts)
      }
      await insertTemporaryLimit(tx, {
        partyId: ref.partyId,
        id: newId(),
        accountId: ref.id,
        currency: amount.currency,
        amountMinor: amount.minor,
        ...{ fromOn, toOn, reason: wanted.reason, grantedBy: context.actor.name },
      })
      const facts = { accountId: ref.id, amount: wanted.amount, fromOn, toOn }
      await tx.emit({ kind: 'temporary-limit.granted', partyId: ref.partyId, facts })
      await lookAtHoldsAgain(tx, [ref.id])
      return showAccount(tx, ref, context.today)
    },
  )
}

/** Ends a temporary limit before its last day. */
export function endTemporaryLimit(
  context: Context,
  of: AccountRef & { readonly limitId: string },
): Promise<AccountReply | Refusal> {
  return runCommand(
    context,
    {
      name: 'credit-account.end-temporary-limit',
      permission: 'exposure:limit',
      input: { accountId: of.id, limitId: of.limitId },
      subject: of.partyId,
    },
    async (tx) => {
      const locked = await lockAccount(tx, of)
      if (isRefusal(locked)) return locked
      const end = { partyId: of.partyId, id: of.limitId, on: context.today, by: context.actor.name }
      if (!(await endTemporaryLimitRow(tx, end))) {
        return refuse('not-found', 'This account has no such temporary limit that still runs.', {
          zh: '该账户没有这项仍在生效的临时额度。',
        })
      }
      return showAccount(tx, of, context.today)
    },
  )
}
