import type { SimulatedCompany } from '#kernel/simulator/company.ts'
import type {
  SimulatedCustomer,
  SimulatedDelivery,
  SimulatedOrder,
} from '#kernel/simulator/simulated.ts'
import { openExposure } from '#server/demo/open-exposure.ts'
import { insertFacts, insertStatements } from '#server/indicator/public.ts'
import { insertDeliveries, insertOrders } from '#server/order/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'
import {
  insertAllocations,
  insertCredits,
  insertDisputes,
  insertInvoices,
  insertPromises,
} from '#server/receivable/public.ts'

const source = '演示数据'

/** Writes the whole ledgers of all customers, allocations first so that balances are known. */
export async function insertLedgers(
  tx: CommandTransaction,
  context: Context,
  company: SimulatedCompany,
  partyIds: ReadonlyMap<string, string>,
): Promise<{ customers: number; suppliers: number; invoices: number }> {
  const names = readableIds()
  const parties = company.customers.map((customer) => ({
    ...customer,
    partyId: partyIds.get(customer.code) ?? '',
  }))
  const each = <Row>(rows: (of: Party) => readonly Row[]): Row[] => parties.flatMap(rows)
  await insertOrders(
    tx,
    each(({ partyId, ledger }) => {
      const deliveries = Map.groupBy(ledger.deliveries, ({ orderId }) => orderId)
      return ledger.orders.map((order) => ({
        ...{ ...order, partyId, id: names(order.id) },
        ...howFar(order, deliveries.get(order.id) ?? []),
      }))
    }),
  )
  await insertDeliveries(
    tx,
    each(({ partyId, ledger }) =>
      ledger.deliveries.map((delivery) => ({
        ...delivery,
        partyId,
        id: names(delivery.id),
        orderId: names(delivery.orderId),
      })),
    ),
  )
  await insertReceivables(tx, parties, names)
  await insertProfiles(tx, parties)
  await openExposure(tx, context, parties, names)
  const invoices = parties.reduce((count, { ledger }) => count + ledger.invoices.length, 0)
  return { customers: parties.length, suppliers: company.suppliers.length, invoices }
}

/** Closed when all of it came; what is still to come makes the lists of late deliveries. */
function howFar(order: SimulatedOrder, own: readonly SimulatedDelivery[]) {
  if (order.cancelledOn !== null) return { state: 'cancelled', completedOn: null } as const
  const delivered = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  if (delivered < order.amountMinor) return { state: 'confirmed', completedOn: null } as const
  const days = own.map(({ deliveredOn }) => deliveredOn).sort()
  return { state: 'closed', completedOn: days.at(-1) ?? null } as const
}

type Party = SimulatedCustomer & { partyId: string }
type Names = (readable: string) => string

async function insertReceivables(
  tx: Transaction,
  parties: readonly Party[],
  names: Names,
): Promise<void> {
  const each = <Row>(rows: (of: Party) => readonly Row[]): Row[] => parties.flatMap(rows)
  await insertAllocations(
    tx,
    each(({ partyId, ledger }) =>
      ledger.allocations.map((allocation) => ({
        ...allocation,
        partyId,
        id: newId(),
        creditId: names(allocation.creditId),
        invoiceId: names(allocation.invoiceId),
      })),
    ),
  )
  await insertInvoices(
    tx,
    each(({ partyId, ledger, terms }) =>
      ledger.invoices.map((invoice) => ({
        ...invoice,
        partyId,
        id: names(invoice.id),
        terms,
        orderNumber: orderNumberOf(ledger, invoice.orderId),
        department: null,
        salesperson: null,
        note: null,
      })),
    ),
  )
  await insertCredits(
    tx,
    each(({ partyId, ledger }) =>
      ledger.credits.map((credit) => ({
        ...credit,
        partyId,
        id: names(credit.id),
        note: credit.remark === '' ? null : credit.remark,
      })),
    ),
  )
  await insertDisputes(
    tx,
    each(({ partyId, ledger }) =>
      ledger.disputes.map((dispute) => ({
        ...dispute,
        partyId,
        id: newId(),
        invoiceId: names(dispute.invoiceId),
        reason: null,
      })),
    ),
  )
  await insertPromises(
    tx,
    each(({ partyId, ledger }) =>
      ledger.promises.map((promise) => ({ ...promise, partyId, id: newId(), note: null })),
    ),
  )
}

async function insertProfiles(tx: Transaction, parties: readonly Party[]): Promise<void> {
  await insertStatements(
    tx,
    parties.flatMap(({ partyId, statements }) =>
      statements.map(({ recordedOn, ...statement }) => ({
        ...statement,
        partyId,
        id: newId(),
        knownOn: recordedOn,
        source,
        recordedBy: source,
        importBatchId: null,
      })),
    ),
  )
  await insertFacts(
    tx,
    parties.map(({ partyId, registeredCapitalMinor, since }) => ({
      partyId,
      id: newId(),
      indicator: 'registered_capital',
      value: `${registeredCapitalMinor / 100n}.${String(registeredCapitalMinor % 100n).padStart(2, '0')}`,
      currency: 'CNY',
      effectiveOn: since,
      source,
      recordedBy: source,
    })),
  )
}

/** The simulator's readable ids as UUIDs, the same one whenever a name returns. */
function readableIds(): Names {
  const ids = new Map<string, string>()
  return (readable) => {
    const id = ids.get(readable) ?? newId()
    ids.set(readable, id)
    return id
  }
}

function orderNumberOf(ledger: Party['ledger'], orderId: string | null): string | null {
  return ledger.orders.find(({ id }) => id === orderId)?.number ?? null
}
