import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Today, TodaySection } from '#contract/report.ts'
import { listHolds } from '#server/check/public.ts'
import { mayAct } from '#server/platform/authority.ts'
import type { Context } from '#server/platform/run-command.ts'
import { nearLimitsOf } from '#server/report/near-limits.ts'
import { brokenPromisesOf, newlyOverdueOf } from '#server/report/overdue-lines.ts'
import { ratingChangesOf } from '#server/report/rating-change-lines.ts'
import { reviewsOf } from '#server/report/review-lines.ts'
import { customersOfConcern } from '#server/report/whose.ts'

/** How many lines of a section are told. */
const linesMax = 20

/** What waits for a person today: lists with their counts, each line with what leads to the act. */
export async function showToday(context: Context): Promise<Today | Refusal> {
  const partyIds = await customersOfConcern(context)
  const about = { partyIds, linesMax }
  const [holds, reviews, ratingChanges, newlyOverdue, nearLimits, brokenPromises] =
    await Promise.all([
      holdsOf(context),
      reviewsOf(context, about),
      ratingChangesOf(context, about),
      newlyOverdueOf(context, about),
      nearLimitsOf(context, about),
      brokenPromisesOf(context, about),
    ])
  if (isRefusal(holds)) return holds
  return {
    day: context.today,
    scope: partyIds === null ? 'everything' : 'own-customers',
    order: orderFor(context),
    ...{ holds, reviews, ratingChanges, newlyOverdue, nearLimits, brokenPromises },
  }
}

/**
 * All that waits, for who may deal with it; what is theirs, for who asks for release; for the books
 * nothing waits here.
 */
async function holdsOf(context: Context): Promise<Today['holds'] | Refusal> {
  const { actor } = context
  const all = mayAct(actor, 'hold:write') || actor.roles.includes('viewer')
  if (!all && !mayAct(actor, 'hold:release')) return null
  const page = await listHolds(context, { limit: linesMax, ...(all ? {} : { mine: true }) })
  if (isRefusal(page)) return page
  const count = page.totals.reduce((sum, total) => sum + total.count, 0)
  return { count, more: false, totals: page.totals, lines: page.items }
}

function orderFor({ actor }: Context): TodaySection[] {
  if (actor.roles.includes('credit-manager') || !actor.roles.includes('accountant')) {
    return ['holds', 'newlyOverdue', 'nearLimits', 'brokenPromises', 'ratingChanges', 'reviews']
  }
  return ['newlyOverdue', 'brokenPromises', 'holds', 'nearLimits', 'ratingChanges', 'reviews']
}
