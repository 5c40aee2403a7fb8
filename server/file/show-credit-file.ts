import type { CreditFileShown, Provenance } from '#contract/credit-file.ts'
import type { PolicyVersion } from '#contract/policy.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { findCompany } from '#server/company/public.ts'
import { exposureOn } from '#server/exposure/public.ts'
import * as words from '#server/file/provenance.ts'
import { familyIdsOf, partyAsOf } from '#server/party/public.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import { storedVersions } from '#server/policy/public.ts'
import { ageingOn, paymentOn } from '#server/receivable/public.ts'
import { limitOn, ratingHistory, ratingOn } from '#server/scoring/public.ts'

/**
 * The credit file of a party as it stood at the end of a day: who it is, how it is rated, what it
 * may owe and why, what it owes and how it pays, each with where it comes from.
 */
export async function showCreditFile(
  context: Context,
  partyId: string,
  asOfText: string | undefined,
): Promise<CreditFileShown | Refusal> {
  const { db, today } = context
  const asOf = readPastDay(today, asOfText, 'as-of')
  if (isRefusal(asOf)) return asOf
  const [company, family] = await Promise.all([findCompany(db), familyIdsOf(db, partyId)])
  const timeZone = company?.timeZone ?? 'Asia/Shanghai'
  const [identity, rating, history, limit, ageing, payment] = await Promise.all([
    partyAsOf(context, partyId, { asOf, timeZone }),
    ratingOn(db, partyId, asOf),
    ratingHistory(db, partyId, asOf),
    limitOn(db, partyId, asOf),
    ageingOn(db, family, asOf),
    paymentOn(db, family, asOf),
  ])
  if (isRefusal(identity)) return identity
  const policyLimit = limit && limitMinor(limit, asOf)
  const policyIds = [...new Set([...(rating?.policyIds ?? []), ...(limit?.policyIds ?? [])])]
  const [exposure, versions] = await Promise.all([
    exposureOn(db, partyId, { asOf, today, timeZone, policyLimit }),
    storedVersions(db, { ids: policyIds }),
  ])
  const source = sourceOf(asOf, versions)
  const { contacts: _, bankAccounts: __, merges: ___, paysFor: ____, ...who } = identity
  return {
    ...{ partyId, asOf, today },
    identity: { ...who, provenance: source(words.identity) },
    rating: rating && {
      ...rating,
      provenance: source(words.rating(rating), rating.policyIds),
    },
    ratingHistory: history,
    limit: limit && { ...limit, provenance: source(words.limit(limit), limit.policyIds) },
    exposure: { ...exposure, provenance: source(words.exposure(exposure.ledgerSinceOn)) },
    ageing: { ...ageing, provenance: source(words.ageing) },
    payment: { ...payment, provenance: source(words.payment) },
  }
}

/** The limit that still ran on the day. */
function limitMinor(limit: NonNullable<Awaited<ReturnType<typeof limitOn>>>, asOf: Day) {
  if (limit.toOn !== null && limit.toOn < asOf) return null
  const currency = limit.currency as Currency
  const reading = parseScaled(limit.amount, exponentOf(currency))
  if (reading.kind !== 'scaled') return null
  return { minor: reading.value, currency, toOn: limit.toOn, source: 'policy' as const }
}

function sourceOf(asOf: Day, versions: readonly PolicyVersion[]) {
  return (told: words.Told, policyIds: readonly string[] = []): Provenance => ({
    ...told,
    inputs: [...told.inputs],
    policies: versions
      .filter(({ id }) => policyIds.includes(id))
      .map(({ id, kind, title, number }) => ({ id, kind, title, version: number })),
    asOf,
  })
}
