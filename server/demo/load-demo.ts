import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addMonths, type Day, endOfMonth } from '#kernel/calendar/day.ts'
import { type SimulatedCompany, simulateCompany } from '#kernel/simulator/company.ts'
import { changeCompany, setExchangeRates } from '#server/company/public.ts'
import { type DemoSignIn, hirePeople } from '#server/demo/hire-people.ts'
import { insertLedgers } from '#server/demo/insert-ledgers.ts'
import { insertSimulatedParties } from '#server/demo/insert-parties.ts'
import { placeOrders } from '#server/demo/place-orders.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { noteNearLimits, recordFigures } from '#server/report/public.ts'
import { rateParties } from '#server/scoring/public.ts'

export type DemoLoaded = {
  customers: number
  suppliers: number
  invoices: number
  signIns: readonly DemoSignIn[]
}

const months = 24

/**
 * Loads the demonstration company: two years of a manufacturer of hydraulic parts that end today,
 * and its ratings and limits as of several days, so that every page has a history to show.
 */
export async function loadDemo(
  context: Context,
  size: { seed: string; customers: number; suppliers: number; openOrders: boolean },
): Promise<DemoLoaded | Refusal> {
  const to = context.today
  const company = simulateCompany({ ...size, from: addMonths(to, -months), to })
  const settled = await describeCompany(context, company)
  if (isRefusal(settled)) return settled
  const loaded = await runCommand(
    context,
    {
      name: 'demo.load',
      permission: 'company:write',
      input: { ...size, from: company.from, to: company.to },
    },
    async (tx) => {
      const ids = await insertSimulatedParties(tx, company)
      return insertLedgers(tx, context, company, ids)
    },
  )
  if (isRefusal(loaded)) return loaded
  for (const asOf of ratingDays(to)) {
    const rated = await rateParties(
      { ...context, today: asOf },
      { indicators: 'fresh', limits: true },
      async () => {},
    )
    if (isRefusal(rated)) return rated
  }
  const signIns = await hirePeople(context, company)
  if (isRefusal(signIns)) return signIns
  const placed = size.openOrders ? await placeOrders(context, company) : undefined
  if (isRefusal(placed)) return placed
  await recordFigures(context)
  await noteNearLimits(context)
  return { ...loaded, signIns }
}

async function describeCompany(
  context: Context,
  company: SimulatedCompany,
): Promise<Refusal | undefined> {
  const change = { name: company.name, baseCurrency: company.baseCurrency }
  const changed = await changeCompany(context, change)
  if (isRefusal(changed)) return changed
  const set = await setExchangeRates(
    context,
    company.rates.map(({ currency, on, cnyPerUnit }) => ({
      from: currency,
      to: company.baseCurrency,
      rateOn: on,
      rate: cnyPerUnit,
      source: 'demonstration',
    })),
  )
  return isRefusal(set) ? set : undefined
}

/** Quarter ends of the last year, the end of last month, and today. */
function ratingDays(today: Day): Day[] {
  const ends = [-12, -9, -6, -3, -1].map((back) => endOfMonth(addMonths(today, back)))
  return [...ends, today]
}
