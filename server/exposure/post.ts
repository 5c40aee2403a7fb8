import { hash } from 'node:crypto'
import type { Day } from '#kernel/calendar/day.ts'
import { type Stage, securedStages } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Buyer } from '#server/exposure/account-tree.ts'
import {
  accountsWaiting,
  type BalanceChange,
  changeBalances,
} from '#server/exposure/balance.store.ts'
import { entriesAdded } from '#server/exposure/entry.store.ts'
import { type LockedTree, lockTree } from '#server/exposure/locked-tree.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'

/** What comes to a stage of a buyer's account, or leaves it (negative). */
export type Posting = Buyer & {
  readonly stage: Stage
  readonly currency: Currency
  readonly minor: bigint
  readonly documentKind: string
  readonly documentId: string
  readonly number: string
  /** Past tense of the trade: `invoiced`, `paid`, `delivered` ... */
  readonly cause: string
  readonly effectiveOn: Day
  readonly decisionId: string | null
  /** Of orders: when they are to be shipped. */
  readonly shipOn: Day | null
}

/** Locks the accounts that postings charge and records them. */
export async function post(tx: CommandTransaction, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return
  await recordPostings(tx, await lockTree(tx, postings), postings)
}

/** The one way into the ledger: an entry each, and the balances of all accounts that count it. */
export async function recordPostings(
  tx: CommandTransaction,
  tree: LockedTree,
  all: readonly Posting[],
): Promise<void> {
  const postings = all.filter(({ minor }) => minor !== 0n)
  if (postings.length === 0) return
  const changes: BalanceChange[] = []
  const lowered = new Set<string>()
  const entries = postings.map((posting) => {
    const { account, above } = tree.leafOf(posting)
    const { stage, currency, minor, shipOn } = posting
    for (const { partyId, id } of [account, ...above]) {
      changes.push({ partyId, accountId: id, currency, stage, minor, shipOn })
      if (lowers(stage, minor)) lowered.add(id)
    }
    return {
      partyId: account.partyId,
      accountId: account.id,
      id: newId(),
      stage,
      currency,
      amountMinor: minor,
      documentKind: posting.documentKind,
      documentId: posting.documentId,
      number: posting.number,
      cause: posting.cause,
      effectiveOn: posting.effectiveOn,
      decisionId: posting.decisionId,
    }
  })
  await changeBalances(tx, changes, entriesAdded(entries))
  if (lowered.size > 0) await lookAtHoldsAgain(tx, [...lowered])
}

/** Documents on hold may pass now that there is room: they are looked at after this commits. */
export async function lookAtHoldsAgain(
  tx: CommandTransaction,
  accountIds: readonly string[],
): Promise<void> {
  const waiting = (await accountsWaiting(tx, accountIds)).sort()
  if (waiting.length === 0) return
  // Of the same accounts only one look waits: many payments in a row need no more.
  const key = `check_recheck ${hash('sha256', waiting.join(), 'hex')}`
  await tx.enqueue('check_recheck', { accountIds: waiting }, { key })
}

function lowers(stage: Stage, minor: bigint): boolean {
  const isSecured = (securedStages as readonly Stage[]).includes(stage)
  return isSecured ? minor > 0n : minor < 0n
}
