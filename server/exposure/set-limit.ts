import type { LimitChange } from '#contract/exposure.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { termsCode } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { temporaryLimitsOf, updateLimit } from '#server/exposure/account-limit.store.ts'
import { lookAtHoldsAgain } from '#server/exposure/post.ts'
import { type AccountRef, lockAccount, readLimit } from '#server/exposure/read-account.ts'
import { type AccountReply, showAccount } from '#server/exposure/show-accounts.ts'
import { readDay, unclearTermsZh } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Sets the standing limit of an account by hand (信用额度). Until its last day ratings do not change
 * it. A limit below what is owed already is taken: it holds the next document.
 */
export async function setLimit(
  context: Context,
  ref: AccountRef,
  change: LimitChange,
): Promise<AccountReply | Refusal> {
  const limit = readLimit(change.limit, change.currency, 'limit')
  if (isRefusal(limit)) return limit
  const toOn = readDay(change.toOn, 'toOn')
  if (isRefusal(toOn)) return toOn
  const reviewOn = change.reviewOn === undefined ? toOn : readDay(change.reviewOn, 'reviewOn')
  if (isRefusal(reviewOn)) return reviewOn
  if (toOn < context.today) {
    const zh = `有效至：${toOn} 已过，今天是 ${context.today}。`
    return refuse('invalid-input', `toOn: ${toOn} has passed; today is ${context.today}.`, { zh })
  }
  const terms = change.terms === undefined ? null : readTerms(change.terms)
  if (isRefusal(terms)) return terms
  return runCommand(
    context,
    {
      name: 'credit-account.set-limit',
      permission: 'exposure:limit',
      input: { ...change, accountId: ref.id },
      subject: ref.partyId,
    },
    async (tx) => {
      const locked = await lockAccount(tx, ref)
      if (isRefusal(locked)) return locked
      const temporary = await temporaryLimitsOf(tx, [ref.partyId], context.today)
      const other = temporary.find(
        (of) => of.accountId === ref.id && of.currency !== limit.currency,
      )
      if (other) {
        const detail = `currency: a temporary limit in ${other.currency} still runs: end it first.`
        const zh = `币种：还有 ${other.currency} 的临时额度未到期，先结束它。`
        return refuse('conflict', detail, { temporaryLimitId: other.id, zh })
      }
      await updateLimit(tx, ref, {
        ...{ currency: limit.currency, minor: limit.minor, fromOn: context.today },
        ...{ toOn, reviewOn, terms, reason: change.reason },
      })
      await lookAtHoldsAgain(tx, [ref.id])
      const facts = { accountId: ref.id, limit: change.limit, currency: limit.currency, toOn }
      await tx.emit({ kind: 'limit.set', partyId: ref.partyId, facts })
      return showAccount(tx, ref, context.today)
    },
  )
}

function readTerms(text: string): string | Refusal {
  const reading = parseTerms(text)
  if (reading.kind === 'terms') return termsCode(reading.terms)
  return refuse('invalid-input', `terms: "${text}" is not clear: write net-30 or 月结30天.`, {
    zh: unclearTermsZh(text, reading),
  })
}
