import Type, { type Static } from 'typebox'
import {
  CurrencyText,
  DayText,
  Id,
  NextPage,
  PageQuery,
  SheetLanguage,
  totalsByCurrency,
  WithTotals,
} from '#contract/common.ts'
import { OpenHold, OrderHead } from '#contract/order.ts'
import { PartyLabel } from '#contract/receivable.ts'
import { orderStates } from '#kernel/order/order-state.ts'

const closed = { additionalProperties: false } as const
const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })
const On = Type.Optional(DayText)

export const OrderFilter = Type.Object(
  {
    party: Type.Optional(text(200)),
    state: Type.Optional(oneOf(orderStates)),
    number: Type.Optional(text(100, 'How the number begins')),
    contract: Type.Optional(Id),
    currency: Type.Optional(CurrencyText),
    salesperson: Type.Optional(text(100)),
    department: Type.Optional(text(100)),
    held: Type.Optional(Type.Boolean({ description: 'With an open hold, of order or delivery' })),
    orderedFrom: On,
    orderedTo: On,
    requestedBefore: On,
    late: Type.Optional(
      Type.Boolean({ description: 'Requested before today and not all delivered, oldest first' }),
    ),
    totals: WithTotals,
    limit: PageQuery.limit,
    after: PageQuery.after,
  },
  closed,
)
export type OrderFilter = Static<typeof OrderFilter>

export const OrderExport = Type.Object(
  { ...Type.Omit(OrderFilter, ['limit', 'after', 'totals']).properties, ...SheetLanguage },
  closed,
)

export const OrderPage = Type.Object({
  items: Type.Array(
    Type.Object({
      ...OrderHead.properties,
      party: PartyLabel,
      invoiced: Type.String({ description: 'By invoices in force that bear its number' }),
      waitsForRelease: Type.Boolean(),
      holds: Type.Array(OpenHold),
    }),
  ),
  totals: totalsByCurrency({ amount: Type.String() }),
  next: NextPage,
})
export type OrderPage = Static<typeof OrderPage>
