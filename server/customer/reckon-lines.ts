import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { openHoldsOf } from '#server/check/public.ts'
import { findCompany, ratesBetween } from '#server/company/public.ts'
import { deleteLines, writeLines } from '#server/customer/line.store.ts'
import { currencyOf, type Line, lineOf, type Sources } from '#server/customer/line.ts'
import { standingsOf } from '#server/exposure/public.ts'
import { familiesOf, listedParties } from '#server/party/public.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { openSumsOf } from '#server/receivable/public.ts'
import { gradesAsOf } from '#server/scoring/public.ts'

const chunkSize = 1_000

/** Reckons the lines of parties anew; those that are gone or merged lose theirs. */
export async function reckonLines(
  tx: Transaction,
  partyIds: readonly string[],
  today: Day,
): Promise<void> {
  for (let start = 0; start < partyIds.length; start += chunkSize) {
    const chunk = partyIds.slice(start, start + chunkSize)
    const lines = await linesOf(tx, chunk, today)
    await writeLines(tx, lines)
    const there = new Set(lines.map(({ partyId }) => partyId))
    await deleteLines(
      tx,
      chunk.filter((id) => !there.has(id)),
    )
  }
}

/** The lines of these parties and of what they were merged into, from what every room has now. */
export async function linesOf(
  db: Reader,
  partyIds: readonly string[],
  today: Day,
): Promise<Line[]> {
  const families = await familiesOf(db, partyIds)
  const survivors = [...new Set(families.values())]
  const members = [...families.keys()]
  const parties = await listedParties(db, survivors)
  const standings = byParty(await standingsOf(db, survivors, today))
  const ratings = byParty(await gradesAsOf(db, survivors, today))
  const bySurvivor = <Row extends { partyId: string }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ partyId }) => families.get(partyId) ?? partyId)
  const open = bySurvivor(await openSumsOf(db, members, today))
  const holds = bySurvivor(await openHoldsOf(db, members))
  const base = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const sources = parties.map((party) => ({
    party,
    standing: standings.get(party.id),
    open: open.get(party.id) ?? [],
    openHolds: (holds.get(party.id) ?? []).reduce((sum, { count }) => sum + count, 0),
    rating: ratings.get(party.id),
  }))
  const rates = await ratesBetween(db, pairsOf(sources, base), today)
  return sources.map((of) => lineOf(of, { base, rates, today }))
}

function byParty<Row extends { readonly partyId: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.partyId, row]))
}

function pairsOf(sources: readonly Sources[], base: Currency) {
  const pairs = new Map<string, { from: Currency; to: Currency }>()
  const add = (from: Currency, to: Currency) => {
    if (from !== to) pairs.set(`${from}/${to}`, { from, to })
  }
  for (const of of sources) {
    const currency = currencyOf(of, base)
    add(currency, base)
    for (const sum of of.open) {
      add(sum.currency, currency)
      add(sum.currency, base)
    }
  }
  return [...pairs.values()]
}
