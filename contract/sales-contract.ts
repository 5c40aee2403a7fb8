import Type, { type Static } from 'typebox'
import {
  AmountText,
  CurrencyText,
  DayText,
  NextPage,
  nullable,
  PageQuery,
} from '#contract/common.ts'
import { OrderHead } from '#contract/order.ts'
import { PartyLabel } from '#contract/receivable.ts'

const closed = { additionalProperties: false } as const
const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
const textOrNull = nullable(Type.String())
// Null stands first: the validator would turn it into an empty text on its way to a string.
const clearable = <S extends Type.TSchema>(schema: S) =>
  Type.Optional(Type.Union([Type.Null(), schema]))

export const NewContract = Type.Object(
  {
    party: text(200, 'Id, code, credit code or exact name'),
    number: text(100),
    title: text(200),
    currency: CurrencyText,
    amount: AmountText,
    signedOn: DayText,
    fromOn: Type.Optional(DayText),
    toOn: Type.Optional(DayText),
    terms: Type.Optional(text(200, 'net-30, 月结30天; orders that call it off have these')),
    note: Type.Optional(text(2000)),
  },
  closed,
)
export type NewContract = Static<typeof NewContract>

export const ContractChange = Type.Object(
  {
    title: Type.Optional(text(200)),
    amount: Type.Optional(AmountText),
    toOn: clearable(DayText),
    terms: clearable(text(200)),
    note: clearable(text(2000)),
    endedOn: clearable(DayText),
    endReason: clearable(text(500)),
  },
  { ...closed, minProperties: 1 },
)
export type ContractChange = Static<typeof ContractChange>

export const ContractFilter = Type.Object(
  {
    party: Type.Optional(text(200)),
    state: Type.Optional(
      Type.Unsafe<'open' | 'ended'>({ type: 'string', enum: ['open', 'ended'] }),
    ),
    limit: PageQuery.limit,
    after: PageQuery.after,
  },
  closed,
)
export type ContractFilter = Static<typeof ContractFilter>

const contract = {
  partyId: Type.String(),
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  currency: Type.String(),
  amount: Type.String(),
  signedOn: Type.String(),
  fromOn: Type.String(),
  toOn: textOrNull,
  terms: textOrNull,
  note: textOrNull,
  endedOn: textOrNull,
  endReason: textOrNull,
  recordedAt: Type.String(),
  state: Type.Unsafe<'open' | 'ended'>({ type: 'string', enum: ['open', 'ended'] }),
  party: PartyLabel,
  ordered: Type.String({ description: 'Called off by orders that are confirmed or closed' }),
  delivered: Type.String(),
  orderedPercent: Type.Integer(),
  deliveredPercent: Type.Integer(),
}
export const Contract = Type.Object(contract)
export type Contract = Static<typeof Contract>

export const ContractPage = Type.Object({
  items: Type.Array(Contract),
  next: NextPage,
})
export type ContractPage = Static<typeof ContractPage>

export const ContractFile = Type.Object({
  ...contract,
  invoiced: Type.String({ description: 'Of the orders that called it off' }),
  paid: Type.String(),
  orders: Type.Array(OrderHead),
})
export type ContractFile = Static<typeof ContractFile>
