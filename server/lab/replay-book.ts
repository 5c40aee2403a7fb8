import { setImmediate } from 'node:timers/promises'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { NewReplay, PolicyReplay } from '#contract/replay.ts'
import {
  addDays,
  addMonths,
  type Day,
  endOfMonth,
  fromEpochDay,
  toEpochDay,
} from '#kernel/calendar/day.ts'
import { pastOrdersOf } from '#kernel/lab/past-orders.ts'
import { replayFold } from '#kernel/lab/replay-fold.ts'
import { replayParty } from '#kernel/lab/replay-party.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { brokenPromises } from '#kernel/receivable/broken-promises.ts'
import { findCompany, type RateBook, rateBookAsOf } from '#server/company/public.ts'
import { indicatorsOnDays } from '#server/indicator/public.ts'
import { roomFold } from '#server/lab/more-room.ts'
import { PastStandings, ratingDays } from '#server/lab/past-standings.ts'
import { settingsOf } from '#server/lab/replay-basis.ts'
import { replayReply } from '#server/lab/replay-reply.ts'
import { replayedPolicies } from '#server/lab/replayed-policies.ts'
import { countCustomers, nextCustomers, type RatedParty } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'

const batchSize = 200
const named = 50
// The same question of the same past is answered alike.
const seed = 'xinheng'

/**
 * What a policy would have made of the company's own past: every invoice as an order on its day, under
 * the policies of today and under the one that is tried. Customers are rated at the end of each month
 * with what was known then. Nothing is kept but the answer.
 */
export async function replayBook(
  context: Context,
  asked: NewReplay,
  progress: Progress,
): Promise<PolicyReplay | Refusal> {
  const { db, today: through } = context
  const policies = await replayedPolicies(db, asked)
  if (isRefusal(policies)) return policies
  const settings = settingsOf(asked)
  const from = addDays(addMonths(through, -settings.months), 1)
  const days = ratingDays(from, through)
  const rates = await rateBookAsOf(db, through)
  const baseCurrency = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  const sets = [policies.now, policies.tried, ...policies.variants.map(({ set }) => set)]
  const monthEndDays = monthEnds(from, through).map(toEpochDay)
  const fold = replayFold({
    ...{ monthEndDays, worlds: sets.length, marginBps: settings.marginBps, seed, most: named },
  })
  const room = roomFold(rates, baseCurrency)
  const terms = {
    ...{ fromDay: toEpochDay(from), throughDay: toEpochDay(through) },
    patienceDays: settings.patienceDays,
    rate: ratesByDay(rates),
  }
  const total = await countCustomers(db)
  let [customers, withoutRate, firstDay] = [0, 0, Number.POSITIVE_INFINITY]
  for (let after: string | null = null; ; ) {
    const parties: RatedParty[] = await nextCustomers(db, after, batchSize, from)
    after = parties.at(-1)?.id ?? null
    if (after === null) break
    const standings = new Map(parties.map(({ id }) => [id, new PastStandings(sets)]))
    const last = await rateInThePast(db, parties, { days, baseCurrency, standings })
    for (const party of parties) {
      // Credit checks are answered between two customers, not after all of a batch.
      await setImmediate()
      const [history, rated] = [last?.histories.get(party.id), standings.get(party.id)]
      if (!history || !rated) continue
      const past = pastOrdersOf(history, {
        ...{ through, lossAfterDays: settings.lossAfterDays },
        inBase: (amount, on) => rates.convert(amount, baseCurrency, on),
      })
      withoutRate += past.withoutRate
      firstDay = Math.min(firstDay, past.orders[0]?.issuedDay ?? firstDay)
      const broken = brokenPromises(history.promises, history.credits, through)
      const customer = {
        ...party,
        currency: last?.indicators.get(party.id)?.currency ?? baseCurrency,
        orders: past.orders,
        brokenPromiseDays: broken.map(({ promisedOn }) => toEpochDay(promisedOn)),
      }
      const worlds = sets.map(({ rules }, at) =>
        replayParty(customer, { rules, standings: rated.of(at) }, terms),
      )
      fold.add({ ...party, segment: party.industry ?? '', worlds })
      room.add(
        rated.of(0),
        rated.of(1),
        past.orders.some(({ base }) => base.loss > 0n),
      )
    }
    customers += parties.length
    await progress(customers, total)
  }
  return replayReply(fold.result(), {
    ...{ policies, asked: settings, baseCurrency, customers, withoutRate },
    ...{ from, through, monthEnds: monthEndDays.map(fromEpochDay), moreRoom: room.result() },
    ledgerFrom: Number.isFinite(firstDay) ? fromEpochDay(firstDay) : null,
    vary: asked.vary ?? null,
  })
}

type PastIndicators =
  ReturnType<typeof indicatorsOnDays> extends AsyncGenerator<infer Past> ? Past : never

/** Rates parties on each of the days; what was known on the last of them. */
async function rateInThePast(
  db: Reader,
  parties: readonly RatedParty[],
  of: {
    readonly days: readonly Day[]
    readonly baseCurrency: Currency
    readonly standings: ReadonlyMap<string, PastStandings>
  },
): Promise<PastIndicators | null> {
  let last: PastIndicators | null = null
  const inBase = { baseCurrency: of.baseCurrency, defined: null }
  for await (const past of indicatorsOnDays(db, parties, of.days, inBase)) {
    for (const party of parties) {
      const known = past.indicators.get(party.id)
      if (known) of.standings.get(party.id)?.rate({ ...known, profile: party }, past)
    }
    last = past
  }
  return last
}

/** The ends of the months of a past, the last of them the last day itself. */
function monthEnds(from: Day, through: Day): Day[] {
  const ends: Day[] = []
  for (let end = endOfMonth(from); end < through; end = endOfMonth(addMonths(end, 1)))
    ends.push(end)
  return [...ends, through]
}

/** Rates are asked for each order and day: each is looked up once. */
function ratesByDay(rates: RateBook) {
  const known = new Map<string, ReturnType<RateBook['rate']>>()
  return (from: Currency, to: Currency, day: number) => {
    const key = `${from}${to}${day}`
    const there = known.get(key)
    if (there !== undefined) return there
    const rate = rates.rate(from, to, fromEpochDay(day))
    known.set(key, rate)
    return rate
  }
}
