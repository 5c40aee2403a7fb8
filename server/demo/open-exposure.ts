import type { SimulatedCustomer } from '#kernel/simulator/simulated.ts'
import { type PositionsToSet, setPositions } from '#server/exposure/public.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'
import { postStandingBook } from '#server/receivable/public.ts'

type Party = SimulatedCustomer & { readonly partyId: string }

/** Has all that customers owe and ordered count in the exposure ledger. */
export async function openExposure(
  tx: CommandTransaction,
  { today }: Context,
  parties: readonly Party[],
  idOf: (readable: string) => string,
): Promise<void> {
  await postStandingBook(tx, { documentId: tx.entryId, on: today })
  await setPositions(tx, ...parties.map((party) => positionsOf(party, idOf, today)))
}

/** What is ordered and not delivered, and what is delivered and not invoiced. */
function positionsOf(
  { partyId, ledger }: Party,
  idOf: (readable: string) => string,
  today: Context['today'],
): PositionsToSet {
  const delivered = Map.groupBy(ledger.deliveries, ({ orderId }) => orderId)
  const targets = ledger.orders.flatMap((order): PositionsToSet['targets'][number][] => {
    const shipped = delivered.get(order.id) ?? []
    const common = { orderNumber: order.number, currency: order.currency, expiresAt: null }
    const rest = shipped.reduce((left, { amountMinor }) => left - amountMinor, order.amountMinor)
    const isOpen = order.cancelledOn === null && rest > 0n
    const waiting = shipped.filter(({ invoiceId }) => invoiceId === null)
    return [
      {
        ...{ ...common, documentId: idOf(order.id), documentKind: 'order', number: order.number },
        ...{ stage: 'order', minor: isOpen ? rest : 0n },
        shipOn: order.requestedOn > today ? order.requestedOn : null,
      },
      ...waiting.map((delivery): PositionsToSet['targets'][number] => ({
        ...{ ...common, documentId: idOf(delivery.id), documentKind: 'delivery' },
        ...{ number: order.number, stage: 'delivered', minor: delivery.amountMinor, shipOn: null },
      })),
    ]
  })
  const how = { cause: 'opening-balance', effectiveOn: today, decisionId: 'opening' } as const
  return { buyerId: partyId, segment: '', targets, ...how }
}
