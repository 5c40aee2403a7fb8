import type { NewOrder } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { findContractByNumber } from '#server/order/contract.store.ts'
import { readDayOrNull, readShare, readTerms } from '#server/order/read-fields.ts'
import type { Reader } from '#server/platform/database.ts'

type Agreed = {
  readonly requestedOn: Day | null
  readonly terms: string | null
  readonly discountBps: number
  readonly segment: string | null
  readonly contractId: string | null
  readonly overDeliveryBps: number
  readonly priority: number
  readonly note: string | null
}

type Asked = Pick<
  NewOrder,
  | 'requestedOn'
  | 'terms'
  | 'discount'
  | 'segment'
  | 'contract'
  | 'overDelivery'
  | 'priority'
  | 'note'
>

/** Reads what was agreed beside the lines; terms that are not told are those of the contract. */
export async function readAgreed(
  db: Reader,
  asked: Asked,
  place: { readonly partyId: string; readonly currency: Currency },
): Promise<Agreed | Refusal> {
  const requestedOn = readDayOrNull(asked.requestedOn, 'requestedOn')
  if (isRefusal(requestedOn)) return requestedOn
  const terms = readTerms(asked.terms)
  if (isRefusal(terms)) return terms
  const discountBps = readShare(asked.discount, 9_999, 'discount')
  if (isRefusal(discountBps)) return discountBps
  const overDeliveryBps = readShare(asked.overDelivery, 10_000, 'overDelivery')
  if (isRefusal(overDeliveryBps)) return overDeliveryBps
  const contract = await readContract(db, asked.contract, place)
  if (isRefusal(contract)) return contract
  return {
    ...{ requestedOn, discountBps, overDeliveryBps },
    terms: asked.terms === undefined ? (contract?.terms ?? null) : terms,
    segment: asked.segment ?? null,
    contractId: contract?.id ?? null,
    priority: asked.priority ?? 5,
    note: asked.note ?? null,
  }
}

async function readContract(
  db: Reader,
  number: string | null | undefined,
  { currency, partyId }: { readonly partyId: string; readonly currency: Currency },
) {
  if (number === null || number === undefined) return null
  const contract = await findContractByNumber(db, partyId, number)
  if (!contract) {
    const zh = `合同号：该客户没有合同 ${number}。`
    return refuse('not-found', `contract: this party has no contract ${number}.`, { zh })
  }
  if (contract.endedOn !== null) {
    const detail = `contract: ${number} ended on ${contract.endedOn}: name another or none.`
    const zh = `合同号：合同 ${number} 已于 ${contract.endedOn} 结束，应改填其他合同或留空。`
    return refuse('wrong-state', detail, { number, zh })
  }
  if (contract.currency === currency) return contract
  const detail = `contract: ${number} is in ${contract.currency}, the order in ${currency}.`
  const zh = `合同号：合同 ${number} 的币种是 ${contract.currency}，订单是 ${currency}。`
  return refuse('invalid-input', detail, { field: 'contract', zh })
}
