import { setImmediate } from 'node:timers/promises'
import type { ChangeCounts } from '#contract/lab.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { PartyOutcome } from '#kernel/lab/impact.ts'
import { changesInWords, type PolicyChange } from '#kernel/policy/changes-in-words.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { withoutChange } from '#kernel/policy/without-change.ts'
import { type TriedStanding, tryChecks } from '#server/check/public.ts'
import { rateBookAsOf } from '#server/company/public.ts'
import { decideUnderBoth } from '#server/lab/decide-parties.ts'
import { readToTellApart, withKnown } from '#server/lab/known-parties.ts'
import { nextOpenOrders } from '#server/order/public.ts'
import { nextCustomers } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { type PolicySet, policySet, storedVersions, versionNamed } from '#server/policy/public.ts'

/** What one answer may take, a second or two: decisions about customers, checks of orders. */
const decisionsMost = 100_000
const checksMost = 20_000
const customersAtOnce = 500
const ordersAtOnce = 200
const changesMost = 40

/**
 * How many customers and open orders each change of a version touches: those of whom the version says
 * something else without that change. Changes are in the order in which they are told in words.
 */
export async function changeCounts(context: Context, id: string): Promise<ChangeCounts | Refusal> {
  const version = await versionNamed(context.db, id)
  if (isRefusal(version)) return version
  const [current, before] = await storedVersions(context.db, { everPublished: version.kind })
  const other = current?.id === id ? before : current
  const whole = await policySet(context.db, [version])
  if (isRefusal(whole)) return whole
  const changes = changesInWords(other?.document ?? version.document, version.document, sameName)
  const sets = await setsWithout(context, version, { changes, whole })
  const trials = sets.map((set): Trial => ({ set, customers: 0, orders: 0, standings: new Map() }))
  const looked = await lookAtCustomers(context, whole, trials)
  const orders = await lookAtOrders(context, whole, { trials, standings: looked.standings })
  if (isRefusal(orders)) return orders
  return {
    customers: looked.customers,
    isAll: looked.isAll && orders.isAll,
    items: changes.map(({ path }, at) => {
      const trial = trials[at]
      if (!trial?.set) return { path, customers: null, orders: null }
      return { path, customers: trial.customers, orders: trial.orders }
    }),
  }
}

const sameName = (name: string) => ({ zh: name, en: name })

/** What one change touches; the set is null where the rest means nothing without the change. */
type Trial = {
  readonly set: PolicySet | null
  customers: number
  orders: number
  /** Of customers whose grade or limit is another one without the change. */
  readonly standings: Map<string, TriedStanding>
}

async function setsWithout(
  { db }: Context,
  version: { readonly kind: PolicyKind; readonly document: unknown },
  of: { readonly changes: readonly PolicyChange[]; readonly whole: PolicySet },
): Promise<(PolicySet | null)[]> {
  const sets: (PolicySet | null)[] = []
  for (const { undo } of of.changes.slice(0, changesMost)) {
    const document = withoutChange(version.document as Canonical, undo)
    const set = await policySet(db, [{ kind: version.kind, document }], of.whole)
    sets.push(isRefusal(set) ? null : set)
  }
  return sets
}

type Looked = {
  readonly customers: number
  readonly isAll: boolean
  readonly standings: ReadonlyMap<string, TriedStanding>
}

async function lookAtCustomers(
  { actor, db, today: asOf }: Context,
  whole: PolicySet,
  trials: readonly Trial[],
): Promise<Looked> {
  const moving = trials.filter(({ set }) => set !== null && !decidesAlike(set, whole))
  const standings = new Map<string, TriedStanding>()
  if (moving.length === 0) return { customers: 0, isAll: true, standings }
  const rates = await rateBookAsOf(db, asOf)
  const sets = moving.flatMap(({ set }) => set ?? [])
  const asked = { asOf, rates, ...readToTellApart(sets, whole) }
  const most = Math.floor(decisionsMost / (moving.length + 1))
  let customers = 0
  for (let last: string | null = null; customers < most; ) {
    const parties = await nextCustomers(db, last, customersAtOnce, asOf, actor)
    last = parties.at(-1)?.id ?? null
    if (last === null) return { customers, isAll: true, standings }
    for (const { id, known } of await withKnown(db, parties, asked)) {
      if (!known) continue
      customers += 1
      for (const trial of moving) {
        const decided = decideUnderBoth(trial.set ?? whole, whole, known, { asOf, rates })
        const [without, is] = [decided.before.outcome, decided.after.outcome]
        if (isSame(without, is)) continue
        trial.customers += 1
        trial.standings.set(id, without)
        standings.set(id, is)
      }
      // Credit checks are answered in between: many changes make one customer many decisions.
      await setImmediate()
    }
  }
  return { customers, isAll: false, standings }
}

function decidesAlike(set: PolicySet, whole: PolicySet): boolean {
  return set.scoring === whole.scoring && set.limits === whole.limits
}

function isSame(one: PartyOutcome, other: PartyOutcome): boolean {
  return (
    one.grade === other.grade &&
    one.termDays === other.termDays &&
    one.limit?.minor === other.limit?.minor
  )
}

async function lookAtOrders(
  context: Context,
  whole: PolicySet,
  of: { readonly trials: readonly Trial[]; readonly standings: Looked['standings'] },
): Promise<{ readonly isAll: boolean } | Refusal> {
  const moving = of.trials.filter(
    ({ set, standings }) => set !== null && (set.rules !== whole.rules || standings.size > 0),
  )
  if (moving.length === 0) return { isAll: true }
  const policies = [
    { rules: whole.rules, standings: of.standings },
    ...moving.map(({ set, standings }) => ({ rules: (set ?? whole).rules, standings })),
  ]
  const most = Math.floor(checksMost / policies.length)
  let orders = 0
  for (let last: string | null = null; orders < most; ) {
    const { actor, db } = context
    const found = await nextOpenOrders(db, { actor, after: last, limit: ordersAtOnce })
    last = found.at(-1)?.id ?? null
    if (last === null) return { isAll: true }
    orders += found.length
    const checks = found.map(({ check }) => check)
    const answers = await tryChecks(context, checks, policies)
    if (isRefusal(answers)) return answers
    const [is = [], ...without] = answers
    moving.forEach((trial, place) => {
      trial.orders += found.filter(
        (_, at) => is[at]?.outcome !== without[place]?.[at]?.outcome,
      ).length
    })
  }
  return { isAll: false }
}
