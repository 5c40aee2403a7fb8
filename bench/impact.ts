import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { numberOption, report, secondsOf, withBenchDatabase } from '#bench/bench-database.ts'
import { numberedId, seedSnapshots } from '#bench/rate.ts'
import { isRefusal } from '#contract/problem.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { tryPolicy } from '#server/lab/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { policySet } from '#server/policy/public.ts'
import { rateParties } from '#server/scoring/public.ts'

/**
 * What a change of a policy would do to every customer, beside reading the same stored indicators out
 * of the database once.
 */
export async function benchImpact(args: readonly string[]): Promise<void> {
  const parties = numberOption(args, '--parties', 100_000)
  await withBenchDatabase(async (db, context) => {
    const set = await policySet(db)
    if (isRefusal(set)) throw new Error(set.refused.detail)
    const { limits, scoring } = set
    const read = [...scoring.scorecard.indicators, ...limits.policy.indicators.values()]
    const indicators = [...new Map(read.map((each) => [each.id, each])).values()]
    await seedParties(context, parties)
    await seedSnapshots(context, parties, indicators)
    const rating = { indicators: 'stored', limits: true } as const
    const run = await rateParties(context, rating, async () => {})
    if (isRefusal(run)) throw new Error(run.refused.detail)
    await db.pool.query('vacuum analyze')
    const columns = sql.join(indicators.map(({ id }) => sql.id(id)))
    const yardstickSeconds = await secondsOf(() =>
      db.rows(sql`select party_id, ${columns} from indicator.snapshot`),
    )
    for (const [kind, change] of changes) {
      let changed = 0
      const seconds = await secondsOf(async () => {
        const impact = await tryPolicy(context, { kind, document: change(standard(kind)) })
        if (isRefusal(impact)) throw new Error(impact.refused.detail)
        changed = impact.changed
      })
      const what = `${kind} tried on ${parties} customers, ${changed} change`
      const yardstick = 'their indicators read once'
      report({ what, seconds, yardstick, yardstickSeconds, bound: 3 / yardstickSeconds })
    }
  })
}

type Plain = Record<string, never>

const changes: readonly [PolicyKind, (document: Plain) => unknown][] = [
  ['limit-policy', (document) => ({ ...document, roundTo: '5000' })],
  ['scorecard', (document) => ({ ...document, floors: [] })],
  ['check-rules', (document) => ({ ...document, tolerance: '0%' })],
]

function standard(kind: PolicyKind): Plain {
  return parse(readFileSync(join(import.meta.dirname, `../packs/standard/${kind}.yaml`), 'utf8'))
}

async function seedParties(context: Context, parties: number): Promise<void> {
  await runCommand(
    context,
    { name: 'bench.seed', permission: 'party:write', input: { parties } },
    (tx) =>
      tx.run(sql`
        insert into party.party (id, code, name, name_key, roles)
        select ${numberedId}, 'C' || i, 'Customer ' || i, 'customer' || i, array['customer']
        from generate_series(1, ${parties}::bigint) i`),
  )
  await context.db.rows(sql`analyze party.party`)
}
