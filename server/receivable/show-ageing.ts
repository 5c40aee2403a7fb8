import type { Ageing, AgeingQuery } from '#contract/ageing.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { PartyLabel } from '#contract/receivable.ts'
import { divide, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import type { AgeingRow } from '#kernel/receivable/ageing.ts'
import { notDueLabel, unappliedCreditsLabel } from '#kernel/receivable/buckets.ts'
import { mergedPairs } from '#server/party/public.ts'
import { cursorText, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'
import {
  type AgeingPage,
  ageBook,
  type PartyAgeing,
  type TotalAgeing,
} from '#server/receivable/ageing.store.ts'
import { labelsOf } from '#server/receivable/party-labels.ts'
import { readAgeing } from '#server/receivable/read-ageing.ts'

/** The ageing of the book or of one party as of a day: totals per currency, a page of customers. */
export async function showAgeing(context: Context, query: AgeingQuery): Promise<Ageing | Refusal> {
  const asked = await readAgeing(context, query)
  if (isRefusal(asked)) return asked
  const cursor = readCursor(query.after, [/^[A-Z]{3}$/, /^-?\d{1,20}$/, idPart])
  if (isRefusal(cursor)) return cursor
  const [currency, minor, partyId] = cursor ?? []
  const page: AgeingPage = {
    sort: query.sort ?? 'balance',
    limit: query.limit ?? 50,
    after:
      currency === undefined || minor === undefined || partyId === undefined
        ? null
        : { currency, minor, partyId },
  }
  const scope = { ...asked.scope, merged: await mergedPairs(context.db) }
  const { rows, totals } = await ageBook(context.db, scope, asked.terms, page)
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === page.limit ? rows.at(-1) : undefined
  return {
    asOf: asked.terms.asOf,
    by: asked.terms.by,
    unit: asked.terms.buckets.unit,
    labels: { notDue: notDueLabel, unappliedCredits: unappliedCreditsLabel },
    buckets: asked.terms.buckets.buckets.map((bucket) => ({ ...bucket })),
    totals: totals.map((total) => totalReply(total)),
    rows: rows.map((row) => rowReply(row, totals, labels)),
    next: last ? cursorText(last.currency, String(last.sortMinor), last.partyId) : null,
  }
}

function columnsOf(row: AgeingRow) {
  const decimal = (minor: bigint) => toDecimal({ minor, currency: row.currency })
  return {
    currency: row.currency,
    notDue: decimal(row.notDueMinor),
    buckets: row.bucketMinors.map(decimal),
    unappliedCredits: decimal(row.unappliedCreditsMinor),
    balance: decimal(row.balanceMinor),
  }
}

function totalReply(total: TotalAgeing): Ageing['totals'][number] {
  const share = (minor: bigint) => shareOf(minor, total.balanceMinor)
  return {
    ...columnsOf(total),
    customers: total.customers,
    shares: {
      notDue: share(total.notDueMinor),
      buckets: total.bucketMinors.map(share),
      unappliedCredits: share(total.unappliedCreditsMinor),
    },
  }
}

function rowReply(
  row: PartyAgeing,
  totals: readonly TotalAgeing[],
  labels: (partyId: string) => PartyLabel,
): Ageing['rows'][number] {
  const total = totals.find(({ currency }) => currency === row.currency)
  return {
    party: labels(row.partyId),
    ...columnsOf(row),
    share: shareOf(row.balanceMinor, total?.balanceMinor ?? 0n),
  }
}

function shareOf(minor: bigint, totalMinor: bigint): string {
  if (totalMinor === 0n) return '0.0000'
  return scaledToDecimal(divide(minor * 10_000n, totalMinor, 'half-even'), 4)
}
