import { isRefusal, refuse } from '#contract/problem.ts'
import {
  followRatings,
  hasAccounts,
  lockOpening,
  type RatedAccount,
} from '#server/exposure/public.ts'
import { limitsAsOf } from '#server/limit/public.ts'
import { nextCustomers } from '#server/party/public.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import { postStandingBook } from '#server/receivable/public.ts'
import { gradesAsOf } from '#server/scoring/rating.store.ts'

/**
 * Opens the exposure ledger over a book and limits that were kept before there was one (until
 * version 0.1.0): what is open counts, and who was granted a limit has it. Once there is an account
 * nothing is left to do.
 */
export async function openLedger(context: Context): Promise<void> {
  if (await hasAccounts(context.db)) return
  const opened = await runCommand(
    context,
    { name: 'exposure.open', permission: 'exposure:limit', input: {} },
    async (tx) => {
      // Of two processes that start at once the second waits here and finds it done.
      await lockOpening(tx)
      if (await hasAccounts(tx)) return nothingToOpen
      await postStandingBook(tx, { documentId: tx.entryId, on: context.today })
      await followStandingRatings(tx, context)
      return (await hasAccounts(tx)) ? {} : nothingToOpen
    },
  )
  if (isRefusal(opened) && opened !== nothingToOpen) {
    throw new Error(`Exposure ledger: ${opened.refused.detail}`)
  }
}

const nothingToOpen = refuse('wrong-state', 'There is nothing to open an account for.')

const chunkSize = 1_000

async function followStandingRatings(tx: CommandTransaction, { today }: Context): Promise<void> {
  for (let after: string | null = null; ; ) {
    const customers = await nextCustomers(tx, after, chunkSize, today)
    const ids = customers.map(({ id }) => id)
    const limits = new Map((await limitsAsOf(tx, ids, today)).map((each) => [each.partyId, each]))
    const rated = (await gradesAsOf(tx, ids, today)).map(({ partyId, grade }): RatedAccount => {
      const limit = limits.get(partyId)
      const toOn = limit?.toOn ?? limit?.reviewOn
      return { partyId, grade, limit: limit && toOn ? { ...limit, toOn } : null }
    })
    await followRatings(tx, rated, today)
    after = ids.at(-1) ?? null
    if (ids.length < chunkSize) return
  }
}
