import type { HoldFile } from '#contract/hold.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import {
  type Authority,
  authorityOver,
  type ReleaseQuestion,
  rolesReaching,
} from '#kernel/check/decide-release.ts'
import { convert } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money, toDecimal } from '#kernel/money/money.ts'
import type { HoldRow } from '#server/check/hold.store.ts'
import { ratesBetween } from '#server/company/public.ts'
import { frozenAccountOf } from '#server/exposure/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import { publishedCheckRules } from '#server/policy/public.ts'

/** All that decides who may release a hold, but for what is asked. */
export async function readAuthority(
  db: Reader,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
  hold: HoldRow,
): Promise<Omit<ReleaseQuestion, 'asked'> | Refusal> {
  const published = await publishedCheckRules(db)
  if (isRefusal(published)) return published
  const { currency, releaseAuthority } = published.rules
  const pair = { from: hold.currency, to: currency }
  const rates = pair.from === pair.to ? [] : await ratesBetween(db, [pair], today)
  return {
    today,
    hold: {
      state: hold.state,
      amount: money(hold.documentMinor, hold.currency),
      frozen: await frozenAccountOf(db, hold.accountPartyId, hold.accountId),
    },
    person: {
      roles: actor.roles,
      isAsker: actor.name === hold.requestedBy || actor.name === hold.salesperson,
    },
    authorities: [...releaseAuthority].map(([role, authority]) => ({ role, authority })),
    currency,
    convert: (amount) => {
      if (amount.currency === currency) return amount
      const [rate] = rates
      return rate ? convert(amount, rate, 'half-even').money : null
    },
  }
}

/** What who looks at a hold may do about it; null where no rules are published. */
export async function showAuthority(
  db: Reader,
  context: Context,
  hold: HoldRow,
): Promise<HoldFile['authority']> {
  const question = await readAuthority(db, context, hold)
  if (isRefusal(question)) return null
  const { authorities, currency, person } = question
  const by = authorityOver(person, authorities)
  const worth = question.convert(question.hold.amount)
  return {
    ...{ role: by.role, currency, isOwn: person.isAsker, frozen: question.hold.frozen },
    upTo: amountOf(by.authority, currency),
    able: worth === null ? [] : rolesReaching(authorities, worth.minor),
  }
}

function amountOf(authority: Authority, currency: Currency): string | null {
  return authority === 'unlimited' ? null : toDecimal({ minor: authority, currency })
}
