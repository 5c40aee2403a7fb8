import { once } from 'node:events'
import { sql } from 'kysely'
import {
  numberOption,
  report,
  reportMemory,
  secondsOf,
  withBenchDatabase,
} from '#bench/bench-database.ts'
import { isRefusal } from '#contract/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { Database } from '#server/platform/database.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { publishedScoring } from '#server/policy/public.ts'
import { rateParties } from '#server/scoring/public.ts'

/**
 * Rates a million parties again on their stored indicators, every rating a stored, hashed and
 * audited decision, beside copying the same rows out of the database and back.
 */
export async function benchRate(args: readonly string[]): Promise<void> {
  const parties = numberOption(args, '--parties', 1_000_000)
  await withBenchDatabase(async (db, context) => {
    const scoring = await publishedScoring(db)
    if (isRefusal(scoring)) throw new Error(scoring.refused.detail)
    const indicators = scoring.scorecard.indicators
    process.stdout.write(`rate: ${parties} parties x ${indicators.length} indicators\n`)
    await seedSnapshots(context, parties, indicators)
    const yardstickSeconds = await secondsOf(() => copyOutAndBack(db, indicators))
    let rated = 0
    const seconds = await secondsOf(async () => {
      const request = { indicators: 'stored', limits: false } as const
      const run = await rateParties(context, request, async () => {})
      if (isRefusal(run)) throw new Error(run.refused.detail)
      rated = run.rated
    })
    const what = `${rated} parties rated, decided and stored`
    report({ what, seconds, yardstick: 'the same rows out and back', yardstickSeconds, bound: 3 })
    reportMemory()
  })
}

/** Stored indicators of so many parties, whose ids are numbers from 1. */
export async function seedSnapshots(
  context: Context,
  parties: number,
  indicators: readonly Indicator[],
): Promise<void> {
  const columns = sql.join(indicators.map(({ id }) => sql.id(id)))
  const values = sql.join(
    indicators.map((indicator, index) =>
      indicator.unit === 'text'
        ? sql`null::text`
        : sql`((i::bigint * ${sql.lit(7919 + index * 104_729)}) % ${sql.lit(rangeOf(indicator))})`,
    ),
  )
  await runCommand(
    context,
    { name: 'bench.seed', permission: 'scoring:run', input: { parties } },
    async (tx) => {
      // Ids in order, as UUIDv7 are.
      await tx.run(sql`
        insert into indicator.snapshot (party_id, id, as_of_on, currency, ${columns})
        select ${numberedId}, gen_random_uuid(), ${context.today}::date, 'CNY', ${values}
        from generate_series(1, ${parties}::bigint) i`)
    },
  )
  await context.db.rows(sql`analyze indicator.snapshot`)
  await context.db.rows(sql`checkpoint`)
}

/** The id of the party number i. */
export const numberedId = sql`
  (lpad(to_hex(i), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid`

/** Values over the range in which a scorecard distinguishes. */
function rangeOf(indicator: Indicator): number {
  if (indicator.unit === 'yes-no') return 2
  if (indicator.unit === 'percent') return 10_000
  if (indicator.unit === 'days') return 90 * 10 ** indicator.decimals
  if (indicator.unit === 'money') return 100_000_000
  return 60 * 10 ** indicator.decimals
}

async function copyOutAndBack(db: Database, indicators: readonly Indicator[]): Promise<void> {
  const columns = sql.join(indicators.map(({ id }) => sql.id(id)))
  await db.rows(sql`create table public.yardstick (party_id uuid primary key)`)
  for (const { id, unit } of indicators) {
    const type = unit === 'text' ? sql`text` : sql`bigint`
    await db.rows(sql`alter table public.yardstick add column ${sql.id(id)} ${type}`)
  }
  await db.transaction(async (tx) => {
    const out = await db.copyOut(
      sql`copy (select party_id, ${columns} from indicator.snapshot) to stdout`,
    )
    const back = tx.copyIn(sql`copy public.yardstick (party_id, ${columns}) from stdin`)
    for await (const chunk of out) if (!back.write(chunk)) await once(back, 'drain')
    back.end()
    await once(back, 'finish')
  })
}
