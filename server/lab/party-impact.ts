import type { Day } from '#kernel/calendar/day.ts'
import { impactFold, type PartyImpact, type PartyOutcome } from '#kernel/lab/impact.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { RateBook } from '#server/company/public.ts'
import { decideUnderBoth } from '#server/lab/decide-parties.ts'
import { knownParties, readToTellApart } from '#server/lab/known-parties.ts'
import { countCustomers } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { PolicySet } from '#server/policy/public.ts'

/** Policies that count now and those that are tried, with what both are read with. */
export type Trial = {
  readonly asOf: Day
  readonly rates: RateBook
  readonly baseCurrency: Currency
  readonly before: PolicySet
  readonly after: PolicySet
}

export type PartiesTried = {
  readonly impact: PartyImpact
  readonly notRated: number
  /** Of customers whose grade or limit would change. */
  readonly changed: ReadonlyMap<
    string,
    { readonly before: PartyOutcome; readonly after: PartyOutcome }
  >
}

const most = 20

/** All customers that somebody sees under both sets of policies. */
export async function tryOnParties(
  { actor, db }: Context,
  { after, asOf, baseCurrency, before, rates }: Trial,
): Promise<PartiesTried> {
  const fold = impactFold(after.scoring.scorecard.grades, most)
  if (before.scoring === after.scoring && before.limits === after.limits) {
    const customers = await countCustomers(db, actor)
    return { impact: { ...fold.result(), customers }, notRated: 0, changed: new Map() }
  }
  const changed = new Map<string, { before: PartyOutcome; after: PartyOutcome }>()
  const on = { asOf, rates }
  const asked = { ...on, actor, ...readToTellApart([before], after) }
  let notRated = 0
  for await (const batch of knownParties(db, asked)) {
    for (const { code, id: partyId, known, name } of batch) {
      if (!known) {
        notRated += 1
        continue
      }
      const decided = decideUnderBoth(before, after, known, on)
      const [was, is] = [decided.before.outcome, decided.after.outcome]
      const gainMinor = gainOf(was, is, (amount) => rates.convert(amount, baseCurrency, asOf))
      fold.add({ partyId, code, name, before: was, after: is, gainMinor })
      if (was.grade !== is.grade || was.limit?.minor !== is.limit?.minor) {
        changed.set(partyId, { before: was, after: is })
      }
    }
  }
  return { impact: fold.result(), notRated, changed }
}

function gainOf(
  before: PartyOutcome,
  after: PartyOutcome,
  inBase: (amount: NonNullable<PartyOutcome['limit']>) => bigint | null,
): bigint | null {
  const currency = after.limit?.currency ?? before.limit?.currency
  if (currency === undefined) return null
  return inBase({ minor: (after.limit?.minor ?? 0n) - (before.limit?.minor ?? 0n), currency })
}
