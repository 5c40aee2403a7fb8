import type { NewExample } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { PartyProfile } from '#kernel/document/variants.ts'
import type { AskedExample, Expectation } from '#kernel/policy/run-example.ts'
import { storedChecks } from '#server/check/public.ts'
import { showIndicators } from '#server/indicator/public.ts'
import { findPartyByKey, findRatedParties } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { keepExample } from '#server/policy/public.ts'
import { ratingOn } from '#server/scoring/public.ts'

/** Keeps a customer as it is known today, or a credit check that was decided, as an example. */
export async function takeExample(
  context: Context,
  asked: NewExample,
): Promise<{ id: string; expected: Expectation } | Refusal> {
  const party = await findPartyByKey(context, asked.party)
  if (isRefusal(party)) return party
  const given = await askedOf(context, party.id, asked)
  if (isRefusal(given)) return given
  const { expected = null, name } = asked
  return keepExample(context, { ...given, name, partyId: party.id, expected })
}

function profileOf({ department, id, industry, region, roles }: PartyProfile): PartyProfile {
  return { department, id, industry, region, roles }
}

async function askedOf(
  { db, today }: Context,
  partyId: string,
  { check, kind }: NewExample,
): Promise<AskedExample | Refusal> {
  if (kind === 'check-rules') {
    if (check === undefined) {
      return refuse('invalid-input', 'check: name the credit check that is to be an example.', {
        zh: '请选定要存为示例的信用检查。',
      })
    }
    const [found] = await storedChecks(db, [{ partyId, id: check }])
    return found === undefined
      ? refuse('not-found', 'check: this customer has no such credit check.', {
          zh: '这个客户没有这次信用检查。',
        })
      : { kind, given: { inputs: found.inputs } }
  }
  const shown = await showIndicators(db, partyId, today)
  if (isRefusal(shown)) return shown
  const { currency, values } = shown
  const [about] = await findRatedParties(db, [partyId])
  const given = {
    ...{ on: today, currency: currency as never, values },
    ...(about && { about: profileOf(about) }),
  }
  if (kind === 'scorecard') return { kind, given }
  const rating = await ratingOn(db, partyId, today)
  if (!rating) {
    return refuse('wrong-state', 'party: this customer has no rating yet: rate it first.', {
      zh: '这个客户还没有评级：先给它评级。',
    })
  }
  return { kind, given: { ...given, grade: rating.grade } }
}
