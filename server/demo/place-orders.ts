import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { divide } from '#kernel/money/money.ts'
import type { SimulatedCompany } from '#kernel/simulator/company.ts'
import type { SimulatedCustomer } from '#kernel/simulator/simulated.ts'
import { confirmOrder, createOrder, deliverOrder } from '#server/order/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { findPersonByLogin } from '#server/user/public.ts'

const most = 24
const unitMinor = 26_000n
// Of the size of the latest order; every second order asks for more than is usual, and is held
// where that is beyond the limit.
const sizes = [1n, 3n, 1n, 5n, 1n, 2n]

/**
 * Open orders of the day, so that there is something to decide: each is asked of the gate by the
 * salesperson of the demonstration, and confirmed or held as the policies have it.
 */
export async function placeOrders(
  context: Context,
  company: SimulatedCompany,
): Promise<Refusal | undefined> {
  const seller = await findPersonByLogin(context.db, 'sales')
  const name = seller?.name ?? context.actor.name
  const actor = seller
    ? { ...context.actor, kind: 'person' as const, id: seller.id, name }
    : context.actor
  const buyers = company.customers.filter((customer) => latestMinor(customer) > 0n)
  // Those of the salesperson first, then others from all over the book.
  const own = buyers.filter(({ salespersonCode }) => nameOf(company, salespersonCode) === name)
  const chosen = [...own.slice(0, most / 2), ...buyers.filter((_, at) => at % 9 === 4)].slice(
    0,
    most,
  )
  for (const [at, customer] of [...new Set(chosen)].entries()) {
    const placed = await placeOrder({ ...context, actor }, customer, at)
    if (isRefusal(placed)) return placed
  }
  return undefined
}

async function placeOrder(
  context: Context,
  customer: SimulatedCustomer,
  at: number,
): Promise<Refusal | undefined> {
  const target = latestMinor(customer) * (sizes[at % sizes.length] ?? 1n)
  const quantity = String(divide(target, unitMinor, 'up'))
  const created = await createOrder(context, {
    party: customer.code,
    number: `SO-${context.today.replaceAll('-', '')}-${String(at + 1).padStart(2, '0')}`,
    currency: customer.currency,
    requestedOn: addDays(context.today, 3 + ((at * 5) % 33)),
    lines: [{ item: '液压缸 HSG-80', quantity, unit: '件', unitPrice: '260.00' }],
  })
  if (isRefusal(created)) return created
  const { order } = created
  const confirmed = await confirmOrder(context, order.id)
  // Who has no file yet is refused, or may not be delivered to: answers too, which the day decides.
  if (isRefusal(confirmed) || confirmed.order.state !== 'confirmed' || at % 4 !== 0)
    return undefined
  const half = String(divide(BigInt(quantity), 2n, 'up'))
  await deliverOrder(context, order.id, { lines: [{ line: 1, quantity: half }] })
  return undefined
}

function latestMinor({ currency, ledger }: SimulatedCustomer): bigint {
  return currency === 'CNY' ? (ledger.orders.at(-1)?.amountMinor ?? 0n) : 0n
}

function nameOf({ salespeople }: SimulatedCompany, code: string): string | undefined {
  return salespeople.find((person) => person.code === code)?.name
}
