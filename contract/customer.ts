import Type, { type Static } from 'typebox'
import { CurrencyText, Id, NextPage, nullable, PageQuery, SheetLanguage } from '#contract/common.ts'
import { type PartyRole, partyRoles } from '#contract/party.ts'

const closed = { additionalProperties: false } as const
const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
const oneOf = <const Values extends readonly string[]>(values: Values, description?: string) =>
  Type.Unsafe<Values[number]>({
    type: 'string',
    enum: [...values],
    ...(description ? { description } : {}),
  })
const textOrNull = nullable(Type.String())

/** What the list of customers has of each, in the order in which it shows it. */
export const customerColumns = [
  'code',
  'name',
  'shortName',
  'roles',
  'industry',
  'region',
  'department',
  'salesperson',
  'grade',
  'score',
  'ratedOn',
  'status',
  'currency',
  'limit',
  'limitToOn',
  'exposure',
  'available',
  'utilisation',
  'open',
  'overdue',
  'daysOverdue',
  'openHolds',
  'closedOn',
] as const
export type CustomerColumn = (typeof customerColumns)[number]

/** Every column but the roles can be sorted by. */
export type CustomerSort = Exclude<CustomerColumn, 'roles'>
const sorts = customerColumns.filter((column): column is CustomerSort => column !== 'roles')

const filters = {
  text: Type.Optional(
    text(100, 'Part of a name, or how a code, credit code, pinyin or initials begin'),
  ),
  role: Type.Optional(
    Type.Unsafe<PartyRole | 'any'>({ type: 'string', enum: [...partyRoles, 'any'] }),
  ),
  grade: Type.Optional(text(200, 'One or several, with commas: A,BBB; none: without a rating')),
  status: Type.Optional(text(60, 'One or several, with commas: open,watch,blocked,frozen')),
  industry: Type.Optional(text(100)),
  region: Type.Optional(text(100)),
  department: Type.Optional(text(100)),
  salesperson: Type.Optional(text(100)),
  group: Type.Optional(Id),
  currency: Type.Optional(CurrencyText),
  overdue: Type.Optional(Type.Boolean({ description: 'With something overdue, or without' })),
  daysOverdueOver: Type.Optional(Type.Integer({ minimum: 0, maximum: 36_500 })),
  utilisationOver: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Percent of the limit' }),
  ),
  limitIs: Type.Optional(
    oneOf(['none', 'in-force', 'expired'], 'Whether a limit was granted, and its last day passed'),
  ),
  held: Type.Optional(Type.Boolean({ description: 'With documents on hold, or without' })),
  state: Type.Optional(oneOf(['open', 'closed', 'all'])),
  sort: Type.Optional(oneOf(sorts)),
  order: Type.Optional(oneOf(['asc', 'desc'])),
}

export const CustomerFilter = Type.Object(
  {
    ...filters,
    totals: Type.Optional(
      Type.Boolean({ description: 'False leaves the totals out: for pages after the first' }),
    ),
    limit: PageQuery.limit,
    after: Type.Optional(Type.String({ maxLength: 800 })),
  },
  closed,
)
export type CustomerFilter = Static<typeof CustomerFilter>

export const CustomerExport = Type.Object(
  {
    ...filters,
    columns: Type.Optional(text(400, 'Columns in their order, with commas; left out: all')),
    ...SheetLanguage,
  },
  closed,
)
export type CustomerExport = Static<typeof CustomerExport>

export const CustomerLine = Type.Object({
  partyId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  shortName: textOrNull,
  roles: Type.Array(oneOf(partyRoles)),
  industry: textOrNull,
  region: textOrNull,
  department: textOrNull,
  salesperson: textOrNull,
  closedOn: textOrNull,
  grade: textOrNull,
  score: nullable(Type.String({ description: '0 to 100 with two decimals' })),
  ratedOn: textOrNull,
  status: oneOf(['open', 'watch', 'blocked', 'frozen']),
  openHolds: Type.Integer(),
  currency: Type.String({ description: 'Of the amounts beside it' }),
  limit: textOrNull,
  limitToOn: textOrNull,
  limitExpired: Type.Boolean(),
  exposure: nullable(Type.String({ description: 'Null where a rate is missing' })),
  available: nullable(
    Type.String({ description: 'Limit and temporary limits less exposure; negative: over it' }),
  ),
  utilisation: nullable(Type.String({ description: 'Exposure in percent of the limit: 83.25' })),
  open: textOrNull,
  overdue: textOrNull,
  daysOverdue: Type.Integer({ description: 'Of what is due longest; 0: nothing is overdue' }),
  reckonedAt: Type.String(),
})
export type CustomerLine = Static<typeof CustomerLine>

const sums = {
  customers: Type.Integer(),
  currency: Type.String(),
  limit: Type.String(),
  exposure: Type.String(),
  available: Type.String(),
  open: Type.String(),
  overdue: Type.String(),
}

const CustomerTotals = Type.Object({
  ...sums,
  overdueCustomers: Type.Integer(),
  openHolds: Type.Integer(),
  withoutRate: Type.Integer({ description: 'Customers that a missing rate keeps out of the sums' }),
  byCurrency: Type.Array(Type.Object(sums), { description: 'The same by account currency' }),
})

export const CustomerPage = Type.Object({
  today: Type.String(),
  items: Type.Array(CustomerLine),
  totals: nullable(CustomerTotals),
  next: NextPage,
})
export type CustomerPage = Static<typeof CustomerPage>

const Grade = Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })
const values = Type.Array(Type.String())

export const CustomerChoices = Type.Object({
  grades: Type.Array(Grade, { description: 'Of the published rating scale, best first' }),
  industry: values,
  region: values,
  department: values,
  salesperson: values,
})
export type CustomerChoices = Static<typeof CustomerChoices>

export const SearchQuery = Type.Object({ q: text(100), limit: PageQuery.limit }, closed)
export type SearchQuery = Static<typeof SearchQuery>

export const SearchHit = Type.Object({
  kind: oneOf(['party', 'order', 'invoice']),
  partyId: Type.String(),
  id: Type.String({ description: 'Of the order or invoice; of a party the same as partyId' }),
  code: Type.String(),
  name: Type.String(),
  shortName: textOrNull,
  number: nullable(Type.String({ description: 'Of the order or invoice' })),
  closedOn: textOrNull,
})
export type SearchHit = Static<typeof SearchHit>

export const SearchReply = Type.Object({ items: Type.Array(SearchHit) })
export type SearchReply = Static<typeof SearchReply>

const viewPages = [
  'customers',
  'holds',
  'orders',
  'receivables',
  'invoices',
  'receipts',
  'tasks',
] as const

const view = {
  name: text(60),
  query: Type.String({ maxLength: 2000, description: 'The query of the URL of the list' }),
  isShared: Type.Boolean({ description: 'Seen by everybody' }),
}
const ViewPage = oneOf(viewPages)

export const ViewQuery = Type.Object({ page: Type.Optional(ViewPage) }, closed)
export const NewView = Type.Object({ page: ViewPage, ...view }, closed)
export type NewView = Static<typeof NewView>
export const ViewChange = Type.Object(view, closed)
export type ViewChange = Static<typeof ViewChange>

export const SavedView = Type.Object({
  id: Type.String(),
  page: ViewPage,
  ...view,
  owner: Type.String(),
  isMine: Type.Boolean(),
  mayChange: Type.Boolean({ description: 'Its owner and administrators may' }),
  createdAt: Type.String(),
  changedAt: Type.String(),
})
export type SavedView = Static<typeof SavedView>
export const SavedViews = Type.Object({ items: Type.Array(SavedView) })
export type SavedViews = Static<typeof SavedViews>
