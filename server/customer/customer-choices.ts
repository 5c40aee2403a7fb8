import type { CustomerChoices } from '#contract/customer.ts'
import { type LineValue, valuesOfLines } from '#server/customer/line-list.store.ts'
import { linesSeenBy } from '#server/customer/seen-by.ts'
import type { Context } from '#server/platform/run-command.ts'
import { publishedScale } from '#server/policy/public.ts'

/** What the filters of the list can be set to. */
export async function customerChoices({ db, actor }: Context): Promise<CustomerChoices> {
  const [scale, found] = await Promise.all([
    publishedScale(db),
    valuesOfLines(db, linesSeenBy(actor)),
  ])
  const valuesOf = (wanted: LineValue['field']) =>
    found.filter(({ field }) => field === wanted).map(({ value }) => value)
  return {
    grades: scale?.grades.map(({ code, label }) => ({ code, ...label })) ?? [],
    industry: valuesOf('industry'),
    region: valuesOf('region'),
    department: valuesOf('department'),
    salesperson: valuesOf('salesperson'),
  }
}
