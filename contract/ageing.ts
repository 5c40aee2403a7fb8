import Type, { type Static } from 'typebox'
import {
  CurrencyText,
  DayText,
  NextPage,
  nullable,
  PageQuery,
  Sentence,
  SheetLanguage,
} from '#contract/common.ts'
import { PartyLabel } from '#contract/receivable.ts'

const closed = { additionalProperties: false } as const
const Basis = Type.Unsafe<'due' | 'invoice'>({ type: 'string', enum: ['due', 'invoice'] })

const Owner = Type.Optional(Type.String({ minLength: 1, maxLength: 100 }))

const asking = {
  asOf: Type.Optional(DayText),
  by: Type.Optional(Basis),
  buckets: Type.Optional(
    Type.String({ maxLength: 200, description: 'Such as 1-30,31-60,61-, or `years`' }),
  ),
  currency: Type.Optional(CurrencyText),
  party: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  salesperson: Owner,
  department: Owner,
  industry: Owner,
}

export const AgeingQuery = Type.Object(
  {
    ...asking,
    convertTo: Type.Optional(CurrencyText),
    sort: Type.Optional(
      Type.String({
        pattern: '^-?(balance|overdue|oldest|customer|not-due|unapplied-credits|[0-9]{1,2})$',
        description: 'A column, or the position of a bucket from 1; with - the largest first',
        default: '-balance',
      }),
    ),
    limit: PageQuery.limit,
    after: PageQuery.after,
  },
  closed,
)
export type AgeingQuery = Static<typeof AgeingQuery>

export const AgeingExport = Type.Object(
  { ...Type.Omit(AgeingQuery, ['limit', 'after', 'convertTo']).properties, ...SheetLanguage },
  closed,
)

export const AgedItemQuery = Type.Object(
  {
    ...asking,
    column: Type.Optional(
      Type.String({
        pattern: '^(not-due|unapplied-credits|[0-9]{1,2})$',
        description: 'not-due, unapplied-credits, or the position of a bucket, from 1',
      }),
    ),
    limit: PageQuery.limit,
    after: PageQuery.after,
  },
  closed,
)
export type AgedItemQuery = Static<typeof AgedItemQuery>

const columns = {
  currency: Type.String(),
  notDue: Type.String(),
  buckets: Type.Array(Type.String()),
  unappliedCredits: Type.String({ description: 'Zero or negative: it lowers the balance' }),
  balance: Type.String({ description: 'Not due, all buckets and unapplied credits together' }),
  overdue: Type.String({
    description: 'What is past its due day, however the columns are counted',
  }),
  oldestDays: Type.Integer({ description: 'Days past due of what is due longest' }),
}

export const Ageing = Type.Object({
  asOf: Type.String(),
  by: Basis,
  unit: Type.String(),
  rates: Type.Array(
    Type.Object({
      from: Type.String(),
      to: Type.String(),
      rate: Type.String({ description: 'Units of `to` for one `from`, eight decimals' }),
      rateOn: Type.String(),
    }),
    { description: 'By which amounts were converted; a currency without a rate stays its own' },
  ),
  labels: Type.Object({ notDue: Sentence, unappliedCredits: Sentence }),
  buckets: Type.Array(
    Type.Object({ from: Type.Integer(), to: nullable(Type.Integer()), label: Sentence }),
  ),
  totals: Type.Array(
    Type.Object({
      ...columns,
      customers: Type.Integer(),
      shares: Type.Object({
        notDue: Type.String({ description: 'Fraction of the balance, four decimals' }),
        buckets: Type.Array(Type.String()),
        unappliedCredits: Type.String(),
      }),
    }),
  ),
  rows: Type.Array(Type.Object({ party: PartyLabel, ...columns, share: Type.String() })),
  next: NextPage,
})
export type Ageing = Static<typeof Ageing>

const AgedItem = Type.Object({
  party: PartyLabel,
  kind: Type.Unsafe<'invoice' | 'unapplied-credit'>({
    type: 'string',
    enum: ['invoice', 'unapplied-credit'],
  }),
  partyId: Type.String(),
  id: Type.String(),
  number: Type.String(),
  currency: Type.String(),
  amount: Type.String(),
  open: Type.String(),
  issuedOn: Type.String(),
  dueOn: nullable(Type.String()),
  daysPastDue: Type.Integer(),
  column: Type.String(),
})

export const AgedItemPage = Type.Object({
  items: Type.Array(AgedItem),
  next: nullable(Type.String()),
})
export type AgedItemPage = Static<typeof AgedItemPage>

const Measure = nullable(Type.String({ description: 'Null where there is nothing to measure' }))

export const ReceivableMetrics = Type.Object({
  asOf: Type.String(),
  after: Type.String({ description: 'The period begins the day after' }),
  days: Type.Integer(),
  items: Type.Array(
    Type.Object({
      currency: Type.String(),
      opening: Type.String(),
      sales: Type.String({ description: 'Invoices less credit notes of the period' }),
      collected: Type.String(),
      closing: Type.String(),
      notDue: Type.String(),
      overdue: Type.String(),
      unappliedCredits: Type.String(),
      overdueShare: Measure,
      dso: Measure,
      countBackDso: Measure,
      bestPossibleDso: Measure,
      averageDaysDelinquent: Measure,
      collectionEffectiveness: Measure,
    }),
  ),
})
export type ReceivableMetrics = Static<typeof ReceivableMetrics>

export const PartyReceivables = Type.Object({
  partyId: Type.String(),
  asOf: Type.String(),
  items: Type.Array(
    Type.Object({
      currency: Type.String(),
      balance: Type.String(),
      notDue: Type.String(),
      overdue: Type.String(),
      unappliedCredits: Type.String(),
      paid12Months: Type.String({ description: 'What receipts paid in the last 12 months' }),
      averageDaysToPay: Measure,
      averageDaysBeyondTerms: Measure,
    }),
  ),
})
export type PartyReceivables = Static<typeof PartyReceivables>
