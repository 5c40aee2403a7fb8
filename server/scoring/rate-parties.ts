import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { RatingRun } from '#contract/scoring.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { indicatorsOfCard } from '#kernel/scoring/prepare-scorecard.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { followRatings, type RatedAccount } from '#server/exposure/public.ts'
import {
  computeIndicators,
  insertSnapshots,
  nextSnapshots,
  type PartyIndicators,
  type Snapshot,
} from '#server/indicator/public.ts'
import { insertLimits, type NewLimit } from '#server/limit/public.ts'
import {
  countCustomers,
  findRatedParties,
  nextCustomers,
  type RatedParty,
} from '#server/party/public.ts'
import type { Database, Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import type { Progress } from '#server/platform/job.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import { publishedLimitPolicy, publishedScoring } from '#server/policy/public.ts'
import { type BatchPolicies, decideBatch, loadBefore } from '#server/scoring/decide-batch.ts'
import { withDefined } from '#server/scoring/defined-in-snapshot.ts'
import { insertRatings, type NewRating } from '#server/scoring/rating.store.ts'

export type RatingRequest = {
  /** These parties, or every customer. */
  readonly partyIds?: readonly string[]
  /** `stored`: decide again on the indicators that were computed for the day before. */
  readonly indicators: 'fresh' | 'stored'
  /** Whether limits follow; a re-rating for comparison leaves them alone. */
  readonly limits: boolean
}

const batchSize = { fresh: 1000, stored: 10_000 }

/**
 * Rates parties as of a day and grants the limits that follow, batch by batch, each batch one
 * command: what is done stays done when the rest is cancelled. One run uses one set of policies,
 * whatever is published meanwhile.
 */
export async function rateParties(
  context: Context,
  request: RatingRequest,
  progress: Progress,
): Promise<RatingRun | Refusal> {
  const { scoring, limits } = await publishedNow(context.db, request)
  if (isRefusal(scoring)) return scoring
  if (isRefusal(limits)) return limits
  const run: Run = {
    // One key is for one command: with many batches it cannot be used.
    context: request.partyIds?.length === 1 ? context : withoutKey(context),
    asOf: context.today,
    decidedBy: context.actor.name,
    scoring,
    limits,
    rates: await rateBookAsOf(context.db, context.today),
    baseCurrency: ((await findCompany(context.db))?.baseCurrency ?? 'CNY') as Currency,
  }
  let done = noneRated(context.today)
  const total = request.partyIds?.length ?? (await countCustomers(context.db))
  const source = batches(run, request)
  let refused: Refusal | undefined
  let stopped = false
  const work = async () => {
    for await (const batch of shared(source)) {
      const answer = await rateBatch(run, batch)
      if (isRefusal(answer)) refused ??= answer
      if (stopped || refused || isRefusal(answer)) return
      done = sumOf(done, answer)
      await progress(done.rated, total)
    }
  }
  // Two at a time: one is decided while the database stores the other. A failure or a cancelled run
  // stops both, and nothing is written any more once it is told.
  const workers = [work(), work()].map((worker) =>
    worker.catch((error) => {
      stopped = true
      throw error
    }),
  )
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return refused ?? done
}

/** All policies as of one moment: somebody may be publishing. */
function publishedNow(db: Database, request: RatingRequest) {
  return db.snapshot(async (reader) => ({
    scoring: await publishedScoring(reader),
    limits: request.limits ? await publishedLimitPolicy(reader) : null,
  }))
}

/** One of several consumers of a generator; ending early leaves the rest to the others. */
async function* shared<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  for (;;) {
    const next = await source.next()
    if (next.done) return
    yield next.value
  }
}

function withoutKey({ idempotencyKey: _, ...context }: Context): Context {
  return context
}

type Run = BatchPolicies & { context: Context; baseCurrency: Currency }

type Batch = {
  indicators: Map<string, PartyIndicators & { snapshotId: string }>
  fresh: boolean
}

async function* batches(run: Run, request: RatingRequest): AsyncGenerator<Batch> {
  const { asOf } = run
  const { db } = run.context
  const { baseCurrency, rates, scoring } = run
  const on = { asOf, rates, baseCurrency, defined: scoring.definitions?.defined ?? null }
  const limit = batchSize[request.indicators]
  if (request.indicators === 'stored') {
    const indicators = indicatorsOf(run)
    for (let after: string | null = null; ; ) {
      const found: Snapshot[] = await nextSnapshots(db, { asOf, after, limit, indicators })
      after = found.at(-1)?.partyId ?? null
      if (after === null) return
      yield {
        indicators: new Map(found.map((each) => [each.partyId, withDefined(each, scoring)])),
        fresh: false,
      }
    }
  }
  if (request.partyIds) {
    for (let start = 0; start < request.partyIds.length; start += limit) {
      const ids = request.partyIds.slice(start, start + limit)
      const parties = await findRatedParties(db, ids)
      yield freshBatch(await computeIndicators(db, parties, on))
    }
    return
  }
  for (let after: string | null = null; ; ) {
    const parties: RatedParty[] = await nextCustomers(db, after, limit, asOf)
    after = parties.at(-1)?.id ?? null
    if (after === null) return
    yield freshBatch(await computeIndicators(db, parties, on))
  }
}

function freshBatch(computed: ReadonlyMap<string, PartyIndicators>): Batch {
  const named = [...computed].map(([id, of]) => [id, { ...of, snapshotId: newId() }] as const)
  return { indicators: new Map(named), fresh: true }
}

function indicatorsOf({ scoring, limits }: Run) {
  const all = [
    ...indicatorsOfCard(scoring.scorecard),
    ...(limits?.policy.indicators.values() ?? []),
  ]
  return [...new Map(all.map((indicator) => [indicator.id, indicator])).values()]
}

/** What variants ask of customers; nothing is read where no policy has any. */
async function profiledParties(db: Reader, { limits, scoring }: Run, ids: readonly string[]) {
  const variants = [...scoring.scorecard.variants, ...(limits?.policy.variants ?? [])]
  return variants.length > 0 ? findRatedParties(db, ids) : []
}

function rateBatch(run: Run, batch: Batch): Promise<RatingRun | Refusal> {
  const { asOf } = run
  const ids = [...batch.indicators.keys()]
  const [scorecardId, scaleId, definitionsId = null] = run.scoring.versionIds
  const limitPolicyId = run.limits?.versionIds[0] ?? null
  return runCommand(
    run.context,
    {
      name: 'rating.run',
      permission: 'scoring:run',
      input: { asOf, parties: ids.length, scorecardId, scaleId, limitPolicyId, definitionsId },
      ...(ids.length === 1 && ids[0] !== undefined ? { subject: ids[0] } : {}),
    },
    async (tx) => {
      const before = await loadBefore(tx, ids, asOf)
      const profiles = new Map(
        (await profiledParties(tx, run, ids)).map((party) => [party.id, party]),
      )
      const { ratings, limits, notRated } = decideBatch(run, batch.indicators, before, profiles)
      if (batch.fresh) {
        await insertSnapshots(tx, asOf, batch.indicators, run.scoring.definitions)
      }
      await insertRatings(tx, ratings)
      await insertLimits(tx, limits)
      if (run.limits) await followRatings(tx, ratedAccounts(ratings, limits), asOf)
      const changes = changesOf(ratings, before.grades)
      await tellChanges(tx, asOf, changes)
      const order = run.scoring.scorecard.grades
      const isUp = (change: Change) => order.indexOf(change.to) < order.indexOf(change.from)
      return {
        asOf,
        rated: ratings.length,
        upgraded: changes.filter(isUp).length,
        downgraded: changes.filter((change) => !isUp(change)).length,
        limits: limits.length,
        grades: countBy(ratings.map(({ grade }) => grade)),
        notRated,
      }
    },
  )
}

function ratedAccounts(ratings: readonly NewRating[], limits: readonly NewLimit[]): RatedAccount[] {
  const limitOf = new Map(limits.map((limit) => [limit.partyId, limit]))
  return ratings.map(({ partyId, grade }) => ({
    ...{ partyId, grade, limit: limitOf.get(partyId) ?? null },
  }))
}

type Change = { partyId: string; from: string; to: string }

function changesOf(ratings: readonly NewRating[], before: ReadonlyMap<string, string>): Change[] {
  return ratings.flatMap(({ partyId, grade: to }) => {
    const from = before.get(partyId)
    return from === undefined || from === to ? [] : [{ partyId, from, to }]
  })
}

async function tellChanges(
  tx: CommandTransaction,
  asOf: Day,
  changes: readonly Change[],
): Promise<void> {
  for (const { partyId, from, to } of changes) {
    await tx.emit({ kind: 'rating.changed', partyId, facts: { from, to, asOf } })
  }
}

function noneRated(asOf: Day): RatingRun {
  return { asOf, rated: 0, upgraded: 0, downgraded: 0, limits: 0, grades: {}, notRated: [] }
}

function sumOf(a: RatingRun, b: RatingRun): RatingRun {
  const grades = { ...a.grades }
  for (const [grade, n] of Object.entries(b.grades)) grades[grade] = (grades[grade] ?? 0) + n
  return {
    asOf: a.asOf,
    rated: a.rated + b.rated,
    upgraded: a.upgraded + b.upgraded,
    downgraded: a.downgraded + b.downgraded,
    limits: a.limits + b.limits,
    grades,
    // A cause that holds for everybody is told a thousand times at most.
    notRated: a.notRated.length >= 1000 ? a.notRated : [...a.notRated, ...b.notRated],
  }
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
