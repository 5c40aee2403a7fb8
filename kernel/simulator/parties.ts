import type { Day } from '#kernel/calendar/day.ts'
import { simulateCustomer } from '#kernel/simulator/customer.ts'
import type { SimulatedCustomer } from '#kernel/simulator/simulated.ts'
import { daysPerMonth, openTimeline } from '#kernel/simulator/timeline.ts'

// What the ordinary mix of customers comes to, measured over 10,000 of them.
const invoicesPerMonth = 1.59

/**
 * Customers with their whole ledgers, one at a time and without stories: as many as asked for in
 * bounded memory. `invoicesPerParty` is the mean wanted over the time simulated; customers differ
 * around it as their sizes do. The same seed, days and mean give the same customers, however many;
 * names last for 1.6 million.
 */
export function* simulateParties(of: {
  readonly seed: string
  readonly customers: number
  readonly from: Day
  readonly to: Day
  readonly invoicesPerParty?: number
}): Generator<SimulatedCustomer, void> {
  const timeline = openTimeline(of.from, of.to)
  const ordinary = (invoicesPerMonth * timeline.length) / daysPerMonth
  const orderFactor = (of.invoicesPerParty ?? ordinary) / ordinary
  for (let index = 0; index < of.customers; index++) {
    yield simulateCustomer({ seed: of.seed, index, timeline, orderFactor, part: null })
  }
}
