import type { PolicyImpact, TriedPolicy } from '#contract/lab.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { PartyChange } from '#kernel/lab/impact.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, money, toDecimal } from '#kernel/money/money.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { limitsReply } from '#server/lab/limits-reply.ts'
import { tryOnOrders } from '#server/lab/order-impact.ts'
import { type Trial, tryOnParties } from '#server/lab/party-impact.ts'
import { whyChanged } from '#server/lab/why-changed.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import { type PolicySet, policySet, versionNamed } from '#server/policy/public.ts'

/**
 * What a policy would do today if it were published: to all customers that the actor sees, as their
 * indicators were last stored, and to the open orders. Nothing is kept.
 */
export async function tryPolicy(
  context: Context,
  tried: TriedPolicy,
): Promise<PolicyImpact | Refusal> {
  const candidate = await readTried(context.db, tried)
  if (isRefusal(candidate)) return candidate
  const before = await policySet(context.db)
  if (isRefusal(before)) return before
  const after = await policySet(context.db, [candidate], before)
  if (isRefusal(after)) return after
  return impactOf(context, candidate.kind, { before, after })
}

/** What one set of policies in the place of another does today. */
export async function impactOf(
  context: Context,
  kind: PolicyKind,
  sets: { readonly before: PolicySet; readonly after: PolicySet },
): Promise<PolicyImpact | Refusal> {
  const trial = await trialOf(context, sets)
  const parties = await tryOnParties(context, trial)
  const orders = await tryOnOrders(context, trial, parties)
  if (isRefusal(orders)) return orders
  const { gainers, limits, losers, ...counts } = parties.impact
  const named = [...gainers, ...losers].map(({ partyId }) => partyId)
  const why = await whyChanged(context.db, trial, named)
  const customer = (change: PartyChange) => ({
    ...customerReply(change, trial.baseCurrency),
    why: [...(why.get(change.partyId) ?? [])],
  })
  return {
    ...{ asOf: trial.asOf, kind, baseCurrency: trial.baseCurrency },
    ...counts,
    notRated: parties.notRated,
    grades: [...trial.after.scoring.scorecard.grades],
    moves: [...counts.moves],
    limits: limits.map(limitsReply),
    gainers: gainers.map(customer),
    losers: losers.map(customer),
    orders,
  }
}

type Candidate = { readonly kind: PolicyKind; readonly document: unknown }

export async function readTried(db: Reader, tried: TriedPolicy): Promise<Candidate | Refusal> {
  const { document, kind, versionId } = tried
  if (versionId !== undefined) return versionNamed(db, versionId)
  if (kind === undefined || document === undefined) {
    return refuse('invalid-input', 'Name a versionId, or a kind with its document.')
  }
  return { kind, document }
}

async function trialOf(
  { db, today: asOf }: Context,
  sets: { readonly before: PolicySet; readonly after: PolicySet },
): Promise<Trial> {
  const baseCurrency = ((await findCompany(db))?.baseCurrency ?? 'CNY') as Currency
  return { asOf, rates: await rateBookAsOf(db, asOf), baseCurrency, ...sets }
}

function customerReply(change: PartyChange, base: Currency) {
  const { after, before, code, gainMinor, name, partyId } = change
  const decimal = (amount: Money | null) => (amount === null ? null : toDecimal(amount))
  const side = ({ grade, limit, termDays }: PartyChange['after']) => ({
    ...{ grade, limit: decimal(limit), termDays },
  })
  return {
    ...{ partyId, code, name, currency: after.limit?.currency ?? before.limit?.currency ?? base },
    ...{ before: side(before), after: side(after) },
    gain: toDecimal(money(gainMinor ?? 0n, base)),
  }
}
