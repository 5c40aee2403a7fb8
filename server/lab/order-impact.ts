import type { PolicyImpact } from '#contract/lab.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { DecidedCheck } from '#kernel/check/check-decision.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { type TriedStanding, tryChecks } from '#server/check/public.ts'
import type { PartiesTried, Trial } from '#server/lab/party-impact.ts'
import { nextOpenOrders, type OpenOrder } from '#server/order/public.ts'
import { findRatedParties } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'

type Orders = PolicyImpact['orders']

const atOnce = 200
const looked = 10_000
const named = 50

/** What the gate would say to open orders, under the published policies and under those tried. */
export async function tryOnOrders(
  context: Context,
  { after, before }: Trial,
  { changed }: Pick<PartiesTried, 'changed'>,
): Promise<Orders | Refusal> {
  const standings = (side: 'before' | 'after'): ReadonlyMap<string, TriedStanding> =>
    new Map([...changed].map(([partyId, of]) => [partyId, of[side]]))
  const policies = [
    { rules: before.rules, standings: standings('before') },
    { rules: after.rules, standings: standings('after') },
  ]
  const held: Moved[] = []
  const passed: Moved[] = []
  let count = 0
  let isAll = true
  for (let last: string | null = null; ; ) {
    const orders = await nextOpenOrders(context.db, {
      ...{ actor: context.actor, after: last, limit: atOnce },
    })
    last = orders.at(-1)?.id ?? null
    if (last === null) break
    const checks = orders.map(({ check }) => check)
    const answers = await tryChecks(context, checks, policies)
    if (isRefusal(answers)) return answers
    const [was = [], is = []] = answers
    orders.forEach((order, at) => {
      const [one, other] = [isHeld(was[at]), isHeld(is[at])]
      if (!one && other) held.push({ order, decision: is[at] ?? null })
      if (one && !other) passed.push({ order, decision: was[at] ?? null })
    })
    count += orders.length
    isAll = count < looked
    if (!isAll) break
  }
  return {
    ...{ looked: count, isAll, held: held.length, passed: passed.length },
    heldOrders: await replies(context, held),
    passedOrders: await replies(context, passed),
  }
}

type Moved = { readonly order: OpenOrder; readonly decision: DecidedCheck | null }

function isHeld(decision: DecidedCheck | null | undefined): boolean {
  return decision?.outcome === 'held'
}

async function replies({ db }: Context, moved: readonly Moved[]): Promise<Orders['heldOrders']> {
  const shown = moved.slice(0, named)
  const parties = await findRatedParties(db, [...new Set(shown.map(({ order }) => order.partyId))])
  const nameOf = new Map(parties.map(({ id, name }) => [id, name]))
  return shown.map(({ decision, order }) => ({
    ...{ id: order.id, number: order.number, partyId: order.partyId },
    party: nameOf.get(order.partyId) ?? '',
    amount: toDecimal(order.check.amount),
    currency: order.check.amount.currency,
    rules: (decision?.fired ?? [])
      .filter(({ reaction }) => reaction === 'hold')
      .map(({ rule }) => rule),
  }))
}
