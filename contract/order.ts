import Type, { type Static } from 'typebox'
import { AmountText, CurrencyText, DayText, nullable, PageQuery } from '#contract/common.ts'
import { SegmentText } from '#contract/exposure.ts'
import { PartyLabel } from '#contract/receivable.ts'
import { orderStates, orderStatuses } from '#kernel/order/order-state.ts'

const closed = { additionalProperties: false } as const
const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })
const textOrNull = nullable(Type.String())
const On = Type.Optional(DayText)
// Null stands first: the validator would turn it into an empty text on its way to a string.
const clearable = <S extends Type.TSchema>(schema: S) =>
  Type.Optional(Type.Union([Type.Null(), schema]))

const Decimal = (description: string) =>
  Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,4})?$', description })
const Quantity = Decimal('Up to three decimals')
const Share = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,2})?%$', description: 'Such as 2.5%' })
const Line = Type.Integer({ minimum: 1, maximum: 9999 })

const NewLine = Type.Object(
  {
    line: Type.Optional(Line),
    item: text(100, 'Code or name of what is sold'),
    description: Type.Optional(text(500)),
    quantity: Quantity,
    unit: Type.Optional(text(20)),
    unitPrice: Decimal('Up to four decimals'),
    requestedOn: On,
  },
  { ...closed, description: 'Lines without a number are counted from 1' },
)
export type NewLine = Static<typeof NewLine>
const NewLines = Type.Array(NewLine, { minItems: 1, maxItems: 500 })

const agreed = {
  payer: clearable(
    text(200, 'Who pays instead of the party: id, code or exact name; null: itself'),
  ),
  requestedOn: clearable(DayText),
  terms: clearable(text(200, 'net-30, 月结30天; null: those agreed with the party')),
  discount: clearable(Share),
  salesperson: clearable(text(100)),
  department: clearable(text(100)),
  priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 9, description: '1 comes first' })),
  overDelivery: clearable(Share),
  note: clearable(text(2000)),
}

export const NewOrder = Type.Object(
  {
    party: text(200, 'Id, code, credit code or exact name'),
    number: Type.Optional(text(100)),
    currency: CurrencyText,
    orderedOn: On,
    segment: clearable(SegmentText),
    contract: clearable(text(100, 'Number of a contract of the party')),
    lines: NewLines,
    ...agreed,
  },
  closed,
)
export type NewOrder = Static<typeof NewOrder>

export const OrderChange = Type.Object(
  {
    segment: clearable(SegmentText),
    contract: clearable(text(100)),
    lines: Type.Optional(NewLines),
    ...agreed,
  },
  { ...closed, minProperties: 1, description: 'Lines that are given replace all lines' },
)
export type OrderChange = Static<typeof OrderChange>

const Parts = Type.Array(Type.Object({ line: Line, quantity: Quantity }, closed), {
  minItems: 1,
  maxItems: 500,
})

export const NewDelivery = Type.Object(
  {
    number: Type.Optional(text(100)),
    deliveredOn: On,
    lines: Type.Optional(Parts),
    amount: Type.Optional(AmountText),
    complete: Type.Optional(Type.Boolean({ description: 'Nothing more will be delivered' })),
    note: Type.Optional(text(2000)),
  },
  { ...closed, description: 'Everything that is left, unless lines are named' },
)
export type NewDelivery = Static<typeof NewDelivery>

export const NewReturn = Type.Object(
  {
    delivery: text(100, 'Id or number of the delivery'),
    lines: Type.Optional(Parts),
    amount: Type.Optional(AmountText),
    returnedOn: On,
    reason: text(500),
    again: Type.Optional(Type.Boolean({ description: 'To be delivered once more' })),
  },
  closed,
)
export type NewReturn = Static<typeof NewReturn>

export const DeliveryInvoice = Type.Object(
  {
    number: text(100),
    amount: Type.Optional(AmountText),
    issuedOn: On,
    dueOn: On,
    note: Type.Optional(text(2000)),
  },
  { ...closed, description: 'Everything delivered and not invoiced, unless an amount is given' },
)
export type DeliveryInvoice = Static<typeof DeliveryInvoice>

export const OrderEnd = Type.Object({ reason: text(500) }, closed)
export type OrderEnd = Static<typeof OrderEnd>

export const OrderClosing = Type.Object(
  {
    settle: Type.Optional(
      Type.Boolean({ description: 'What is delivered will never be invoiced: samples, crumbs' }),
    ),
    reason: Type.Optional(text(500)),
  },
  closed,
)
export type OrderClosing = Static<typeof OrderClosing>

export const OrderCopy = Type.Object({ number: Type.Optional(text(100)), requestedOn: On }, closed)
export type OrderCopy = Static<typeof OrderCopy>

export const OrderQuery = Type.Object({ limit: PageQuery.limit, after: PageQuery.after }, closed)

const head = {
  partyId: Type.String(),
  id: Type.String(),
  number: Type.String(),
  state: oneOf(orderStates),
  currency: Type.String(),
  amount: Type.String(),
  delivered: Type.String({ description: 'Less what was returned' }),
  orderedOn: Type.String(),
  requestedOn: textOrNull,
  confirmedOn: textOrNull,
  lastDeliveredOn: textOrNull,
  completedOn: nullable(Type.String({ description: 'From when on nothing is left to deliver' })),
  cancelledOn: textOrNull,
  daysLate: Type.Integer(),
  terms: textOrNull,
  discount: Type.String(),
  segment: textOrNull,
  salesperson: textOrNull,
  department: textOrNull,
  priority: Type.Integer(),
  contractId: textOrNull,
  note: textOrNull,
  recordedAt: Type.String(),
}
export const OrderHead = Type.Object(head)
export type OrderHead = Static<typeof OrderHead>

export const OpenHold = Type.Object({
  partyId: Type.String({ description: 'Whose hold it is: who pays' }),
  id: Type.String(),
  checkpoint: oneOf(['order', 'delivery']),
  decisionId: Type.String({ description: 'The credit check that holds it' }),
})

const OrderLine = Type.Object({
  line: Type.Integer(),
  item: Type.String(),
  description: textOrNull,
  quantity: Type.String(),
  unit: Type.String(),
  unitPrice: Type.String(),
  amount: Type.String(),
  requestedOn: textOrNull,
  delivered: Type.String({ description: 'Quantity, less what came back to be delivered again' }),
  rest: Type.String(),
})

const Delivery = Type.Object({
  id: Type.String(),
  number: textOrNull,
  deliveredOn: Type.String(),
  amount: Type.String({ description: 'Less what was returned' }),
  notInvoiced: Type.String(),
  note: textOrNull,
  lines: Type.Array(Type.Object({ line: Type.Integer(), quantity: Type.String() })),
})

export const OrderFile = Type.Object({
  ...head,
  party: PartyLabel,
  payer: nullable(PartyLabel),
  status: oneOf(orderStatuses),
  overDelivery: Type.String(),
  rest: Type.String({ description: 'Value of what is still to be delivered' }),
  notInvoiced: Type.String(),
  invoiced: Type.String(),
  paid: Type.String({ description: 'Of the invoices: paid, credited or written off' }),
  deliveredPercent: Type.Integer(),
  invoicedPercent: Type.Integer({ description: 'Of what was delivered' }),
  counts: Type.String({ description: 'Against the limit, as order and as delivered' }),
  waitsForRelease: Type.Boolean({ description: 'An amendment waits for the release of its hold' }),
  lines: Type.Array(OrderLine),
  deliveries: Type.Array(Delivery),
  invoices: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      issuedOn: Type.String(),
      dueOn: Type.String(),
      amount: Type.String(),
      open: Type.String(),
    }),
  ),
  returns: Type.Array(
    Type.Object({
      id: Type.String(),
      deliveryId: Type.String(),
      line: nullable(Type.Integer()),
      quantity: textOrNull,
      amount: Type.String(),
      again: Type.Boolean(),
      returnedOn: Type.String(),
      reason: Type.String(),
    }),
  ),
})
export type OrderFile = Static<typeof OrderFile>

/** As above, with what holds it and every check that was made about it, latest first. */
export const OrderHistory = Type.Object({
  ...OrderFile.properties,
  holds: Type.Array(OpenHold),
  checks: Type.Array(
    Type.Object({
      partyId: Type.String({ description: 'Who was asked about: who pays' }),
      decisionId: Type.String(),
      mode: oneOf(['check', 'reserve']),
      checkpoint: oneOf(['order', 'delivery']),
      outcome: oneOf(['approved', 'warned', 'held']),
      amount: Type.String({ description: 'That the whole order was to count with' }),
      decidedFor: Type.String(),
      recordedAt: Type.String(),
    }),
  ),
})
export type OrderHistory = Static<typeof OrderHistory>

/** What the gate said, where an act had to pass it. */
export const OrderAnswer = Type.Object({
  order: OrderFile,
  check: nullable(
    Type.Object({
      decisionId: Type.String(),
      outcome: oneOf(['approved', 'warned', 'held']),
      holdId: textOrNull,
      rules: Type.Array(Type.String({ description: 'Rules that fired, by their id' })),
    }),
  ),
})
export type OrderAnswer = Static<typeof OrderAnswer>
