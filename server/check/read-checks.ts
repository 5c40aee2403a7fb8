import type { CreditCheck } from '#contract/check.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { termsCode } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { parseScaled, parseShare } from '#kernel/document/decimal.ts'
import type { AskedCheck, CheckAsked } from '#server/check/asked-check.ts'
import { reservationId } from '#server/check/reservation.store.ts'
import {
  type ChargeLinks,
  chargeLinksOf,
  findPartyByKey,
  visibleIds,
} from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { isId } from '#server/platform/ids.ts'
import { readDay, readMoney } from '#server/platform/read-fields.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'

export type ReadCheck = {
  readonly check: AskedCheck
  readonly expiresInMinutes: number | null
}

type Buyer = Pick<ChargeLinks, 'id' | 'salesperson'>

/** Who the buyers of requests are, and what is known of them and of whom they charge. */
export type Buyers = {
  readonly idOf: ReadonlyMap<string, string | Refusal>
  readonly links: ReadonlyMap<string, ChargeLinks>
}

export async function findBuyers(
  { actor, db }: { readonly actor: Actor; readonly db: Reader },
  requests: readonly CheckAsked[],
): Promise<Buyers> {
  const idOf = new Map<string, string | Refusal>()
  for (const { check } of requests) {
    const key = check.party
    if (idOf.has(key)) continue
    const found = isId(key) ? { id: key } : await findPartyByKey({ actor, db }, key)
    idOf.set(key, isRefusal(found) ? found : found.id)
  }
  const ids = [...idOf.values()].filter((found): found is string => !isRefusal(found))
  const seen = await visibleIds(db, actor, ids)
  return { idOf, links: await chargeLinksOf(db, [...seen]) }
}

/** Reads requests strictly, each for itself. */
export function readChecks(
  context: Context,
  requests: readonly CheckAsked[],
  { idOf, links }: Buyers,
): (ReadCheck | Refusal)[] {
  return requests.map((asked) => {
    const found = idOf.get(asked.check.party)
    if (isRefusal(found)) return found
    const buyer = links.get(found ?? '')
    if (!buyer) return refuse('not-found', `There is no party ${asked.check.party}.`)
    return readCheck(context, asked, buyer)
  })
}

function readCheck(
  context: Context,
  { check, mode, requestId }: CheckAsked,
  buyer: Buyer,
): ReadCheck | Refusal {
  const amount = readMoney(check.amount, check.currency)
  if (isRefusal(amount)) return amount
  if (mode === 'reserve' && check.document === undefined) {
    const detail = 'document: give the number of your document, so that it has one reservation.'
    const zh = '请输入单据号，每张单据只预占一次。'
    return refuse('invalid-input', detail, { field: 'document', zh })
  }
  const requestedOn =
    check.requestedOn === undefined ? null : readDay(check.requestedOn, 'requestedOn')
  if (isRefusal(requestedOn)) return requestedOn
  const terms = readTerms(check.terms)
  if (isRefusal(terms)) return terms
  const quantity = readQuantity(check)
  const number = check.document ?? ''
  const id = reservationId(buyer.id, number)
  const shipOn = requestedOn !== null && requestedOn > context.today ? requestedOn : null
  return {
    expiresInMinutes: check.expiresInMinutes ?? null,
    check: {
      buyer,
      segment: check.segment ?? '',
      document: check.document === undefined ? null : { kind: 'reservation', id, number },
      checkpoint: check.checkpoint ?? 'order',
      mode,
      amount,
      targets:
        check.document === undefined
          ? []
          : [
              {
                ...{ documentId: id, documentKind: 'reservation', number, orderNumber: number },
                ...{ stage: 'order', currency: amount.currency, minor: amount.minor },
                ...{ shipOn, expiresAt: null },
              },
            ],
      requestedOn,
      terms,
      discountBps: readDiscount(check.discount),
      changedFields: [],
      quantity,
      priority: check.priority ?? 5,
      salesperson: check.salesperson ?? buyer.salesperson,
      cause: 'reserved',
      ...(requestId === undefined ? {} : { requestId }),
    },
  }
}

function readTerms(text: string | undefined): string | null | Refusal {
  if (text === undefined) return null
  const reading = parseTerms(text)
  if (reading.kind === 'terms') return termsCode(reading.terms)
  const detail = `terms: "${text}" is not clear: write net-30, 月结30天, prepaid or cod.`
  const zh = `账期“${text}”不明确：写作 net-30、月结30天、预付或货到付款。`
  return refuse('invalid-input', detail, { field: 'terms', zh })
}

function readDiscount(text: string | undefined): number | null {
  const reading = text === undefined ? null : parseShare(text)
  return reading?.kind === 'scaled' ? Number(reading.value) : null
}

function readQuantity({ quantity, unit }: CreditCheck): AskedCheck['quantity'] {
  const reading = quantity === undefined ? null : parseScaled(quantity, 3)
  if (reading?.kind !== 'scaled' || reading.value === 0n) return null
  return { thousandths: reading.value, unit: unit ?? '' }
}
