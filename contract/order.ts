import Type, { type Static } from 'typebox'
import { nullable, PageQuery } from '#contract/common.ts'

export const OrderQuery = Type.Object(
  { limit: PageQuery.limit, after: PageQuery.after },
  { additionalProperties: false },
)

export const OrderPage = Type.Object({
  items: Type.Array(
    Type.Object({
      partyId: Type.String(),
      id: Type.String(),
      number: Type.String(),
      currency: Type.String(),
      amount: Type.String(),
      delivered: Type.String(),
      orderedOn: Type.String(),
      requestedOn: nullable(Type.String()),
      lastDeliveredOn: nullable(Type.String()),
      cancelledOn: nullable(Type.String()),
    }),
  ),
  next: nullable(Type.String({ description: 'Give it as `after` for the next page' })),
})
export type OrderPage = Static<typeof OrderPage>
