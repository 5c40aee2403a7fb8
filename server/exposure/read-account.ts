import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { parseScaled, parseShare } from '#kernel/document/decimal.ts'
import { exponentOf } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'
import { accountsByIds } from '#server/exposure/account.store.ts'
import { type LockedLeaf, lockTree } from '#server/exposure/locked-tree.ts'
import type { Transaction } from '#server/platform/database.ts'
import { fieldLabel } from '#server/platform/field-label.ts'
import { largestMinor, readCurrency } from '#server/platform/read-fields.ts'

export type AccountRef = { readonly partyId: string; readonly id: string }

/** Locks an account with all above it and reads it as it then is. */
export async function lockAccount(tx: Transaction, ref: AccountRef): Promise<LockedLeaf | Refusal> {
  const [found] = await accountsByIds(tx, [ref])
  if (!found) return refuse('not-found', 'There is no such credit account.')
  const { partyId, segment, level } = found
  const leaf = (await lockTree(tx, [{ partyId, segment }])).leafOf({ partyId, segment })
  if (level !== 'group') return leaf
  // A group's account stands above that of its head.
  const place = leaf.above.findIndex(({ id }) => id === ref.id)
  const [account, ...above] = leaf.above.slice(place)
  if (place < 0 || !account) {
    const zh = '该客户已不再是集团母公司。'
    return refuse('wrong-state', 'This party heads no group any more.', { zh })
  }
  return { account, above, levels: [account, ...above] }
}

/** An amount of zero or more, as a limit may be. */
export function readLimit(text: string, code: string, field: string): Money | Refusal {
  const currency = readCurrency(code)
  if (isRefusal(currency)) return currency
  const decimals = exponentOf(currency)
  const reading = parseScaled(text, decimals)
  if (reading.kind === 'scaled' && reading.value >= 0n && reading.value < largestMinor) {
    return { minor: reading.value, currency }
  }
  const detail =
    `${field}: write an amount of 0 or more with at most ${decimals} decimals, ` +
    `such as 500000.00, not "${text}".`
  const zh =
    `${fieldLabel(field)}：应为不小于 0、最多 ${decimals} 位小数的金额，` +
    `例如 500000.00，而不是“${text}”。`
  return refuse('invalid-input', detail, { field, zh })
}

/** A share between 0 and 100 % in basis points. */
export function readShareBps(text: string, field: string): number | Refusal {
  const reading = parseShare(text)
  if (reading.kind === 'scaled' && reading.value >= 0n && reading.value <= 10_000n) {
    return Number(reading.value)
  }
  return refuse('invalid-input', `${field}: write a share up to 100%, such as 5% or 12.5%.`, {
    field,
    zh: `${fieldLabel(field)}：应为不超过 100% 的百分数，例如 5% 或 12.5%。`,
  })
}
