import type { PolicyEffect, PolicyImpact } from '#contract/lab.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addDays, type Day } from '#kernel/calendar/day.ts'
import { impactFold } from '#kernel/lab/impact.ts'
import { findCompany } from '#server/company/public.ts'
import { limitsReply } from '#server/lab/limits-reply.ts'
import { impactOf } from '#server/lab/try-policy.ts'
import { notify } from '#server/notice/public.ts'
import { nextCustomers } from '#server/party/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { dayIn } from '#server/platform/today.ts'
import { measuredVersion, policySet } from '#server/policy/public.ts'
import { loadBefore } from '#server/scoring/public.ts'

const batchSize = 1_000

/**
 * What a version that counts does today instead of the one before it, beside what was expected of it
 * when it was submitted, and what changed in fact since its eve.
 */
export async function policyEffect(context: Context, id: string): Promise<PolicyEffect | Refusal> {
  const { db } = context
  const found = await measuredVersion(db, id)
  if (isRefusal(found)) return found
  const { forecast, previous, version } = found
  const after = await policySet(db)
  if (isRefusal(after)) return after
  const before = await policySet(db, [previous], after)
  if (isRefusal(before)) return before
  const measured = await impactOf(context, version.kind, { before, after })
  if (isRefusal(measured)) return measured
  const timeZone = (await findCompany(db))?.timeZone ?? 'UTC'
  const eve = addDays(dayIn(timeZone, version.publishedAt), -1)
  return {
    ...{ asOf: context.today, publishedAt: version.publishedAt, measured },
    forecast: forecast as PolicyImpact | null,
    since: await changedSince(context, eve, after.scoring.scorecard.grades),
  }
}

async function changedSince(
  { actor, db, today }: Context,
  eve: Day,
  grades: readonly string[],
): Promise<PolicyEffect['since']> {
  const fold = impactFold(grades, 0)
  for (let last: string | null = null; ; ) {
    const parties = await nextCustomers(db, last, batchSize, today, actor)
    last = parties.at(-1)?.id ?? null
    if (last === null) break
    const ids = parties.map((party) => party.id)
    const [then, now] = [await loadBefore(db, ids, eve), await loadBefore(db, ids, today)]
    for (const { code, id: partyId, name } of parties) {
      const [was, is] = [then.grades.get(partyId), now.grades.get(partyId)]
      if (was === undefined || is === undefined) continue
      const outcome = (grade: string, of: typeof now) => ({
        ...{ grade, limit: of.limits.get(partyId)?.amount ?? null, termDays: null },
      })
      const sides = { before: outcome(was, then), after: outcome(is, now) }
      fold.add({ partyId, code, name, ...sides, gainMinor: null })
    }
  }
  const { customers, downgraded, limits, upgraded } = fold.result()
  return { on: eve, customers, upgraded, downgraded, limits: limits.map(limitsReply) }
}

/** Tells those who approve what a version did in its first month; nobody where it counts no more. */
export async function tellOfEffect(
  context: Context,
  id: string,
): Promise<{ kind: 'told' | 'over' } | Refusal> {
  const effect = await policyEffect(context, id)
  if (isRefusal(effect)) return { kind: 'over' }
  const { forecast, measured } = effect
  const expected = forecast ? String(forecast.changed) : '-'
  return runCommand(
    context,
    { name: 'policy.tell-effect', permission: 'policy:write', input: { id }, subject: id },
    async (tx) => {
      await notify(tx, {
        ...{
          kind: 'policy.measured',
          roles: ['credit-manager', 'admin'],
          names: [],
          partyId: null,
        },
        subject: {
          zh: '政策发布满一个月：效果与预览对比',
          en: 'A policy after its first month, beside its preview',
        },
        body: {
          zh: `预计改变 ${expected} 个客户，现在是 ${measured.changed} 个。`,
          en: `Expected to change ${expected} customers, it is ${measured.changed} now.`,
        },
        path: `/policies/${id}`,
      })
      return { kind: 'told' as const }
    },
  )
}
