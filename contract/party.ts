import Type, { type Static, type TSchema } from 'typebox'
import { CurrencyText, DayText, Id, NextPage, nullable, PageQuery } from '#contract/common.ts'
import { type IdentifierScheme, identifierSchemes } from '#kernel/party/check-identifier.ts'

export const partyRoles = ['customer', 'supplier', 'channel-partner', 'platform-user'] as const
export type PartyRole = (typeof partyRoles)[number]

const closed = { additionalProperties: false } as const

const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })

// Null stands first: the validator would turn it into an empty text on its way to a string.
const clearable = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([Type.Null(), schema]))

const Role = Type.Unsafe<PartyRole>({ type: 'string', enum: [...partyRoles] })
const Roles = Type.Array(Role, { minItems: 1, uniqueItems: true })
const Scheme = Type.Unsafe<IdentifierScheme>({ type: 'string', enum: [...identifierSchemes] })
const Code = Type.String({ minLength: 1, maxLength: 60, pattern: '^\\S(.*\\S)?$' })

const describing = {
  shortName: clearable(text(100)),
  industry: clearable(text(100)),
  region: clearable(text(100)),
  country: clearable(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })),
  department: clearable(text(100)),
  salesperson: clearable(text(100)),
  currency: clearable(CurrencyText),
  terms: clearable(text(200, 'As people write them or as a code: 月结30天, net 30, eom-30')),
  sinceOn: clearable(DayText),
  foundedOn: clearable(DayText),
  groupParentId: clearable(Id),
  payerId: clearable(Id),
  note: clearable(text(2000)),
}

export const NewIdentifier = Type.Object(
  {
    scheme: Scheme,
    value: text(80),
    acceptInvalid: Type.Optional(
      Type.Boolean({ description: 'Keep a code that breaks the rules of its scheme, so marked' }),
    ),
  },
  closed,
)
export type NewIdentifier = Static<typeof NewIdentifier>

export const NewOtherName = Type.Object(
  {
    name: text(200),
    kind: Type.Unsafe<'former' | 'alias'>({ type: 'string', enum: ['former', 'alias'] }),
    untilOn: clearable(DayText),
  },
  closed,
)
export type NewOtherName = Static<typeof NewOtherName>

export const NewContact = Type.Object(
  {
    name: text(100),
    title: clearable(text(100)),
    phone: clearable(text(60)),
    email: clearable(Type.String({ maxLength: 200, pattern: '^[^@\\s]+@[^@\\s]+$' })),
    isForDunning: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type NewContact = Static<typeof NewContact>

export const NewBankAccount = Type.Object(
  {
    accountNumber: Type.String({ minLength: 4, maxLength: 60, pattern: '^[0-9A-Za-z \\-]+$' }),
    bankName: clearable(text(200)),
    holderName: clearable(text(200)),
  },
  closed,
)
export type NewBankAccount = Static<typeof NewBankAccount>

export const NewParty = Type.Object(
  {
    name: text(200),
    code: Type.Optional(Code),
    roles: Type.Optional(Roles),
    ...describing,
    identifiers: Type.Optional(Type.Array(NewIdentifier, { maxItems: 50 })),
    otherNames: Type.Optional(Type.Array(NewOtherName, { maxItems: 50 })),
    contacts: Type.Optional(Type.Array(NewContact, { maxItems: 50 })),
    bankAccounts: Type.Optional(Type.Array(NewBankAccount, { maxItems: 50 })),
    acceptDuplicate: Type.Optional(
      Type.Boolean({ description: 'Create it although another party has the same valid code' }),
    ),
  },
  closed,
)
export type NewParty = Static<typeof NewParty>

export const PartyChange = Type.Object(
  {
    name: Type.Optional(text(200)),
    code: Type.Optional(Code),
    roles: Type.Optional(Roles),
    ...describing,
    closedOn: clearable(DayText),
  },
  { ...closed, minProperties: 1 },
)
export type PartyChange = Static<typeof PartyChange>

export const NewMerge = Type.Object({ duplicateId: Id, reason: text(500) }, closed)
export type NewMerge = Static<typeof NewMerge>

export const DuplicateSearch = Type.Object(
  {
    mergeSameCode: Type.Optional(
      Type.Boolean({ description: 'Also merge the parties that hold the same valid code' }),
    ),
  },
  closed,
)

export const PartyHead = Type.Object({
  id: Type.String(),
  code: Type.String(),
  name: Type.String(),
})
export type PartyHead = Static<typeof PartyHead>

const textOrNull = nullable(Type.String())

export const Party = Type.Object({
  ...PartyHead.properties,
  shortName: textOrNull,
  roles: Roles,
  industry: textOrNull,
  region: textOrNull,
  country: textOrNull,
  department: textOrNull,
  salesperson: textOrNull,
  currency: textOrNull,
  terms: nullable(Type.String({ description: 'A terms code, such as net-30' })),
  sinceOn: textOrNull,
  foundedOn: textOrNull,
  groupParentId: textOrNull,
  payerId: textOrNull,
  mergedIntoId: textOrNull,
  closedOn: textOrNull,
  note: textOrNull,
  importBatchId: textOrNull,
  createdAt: Type.String(),
})
export type Party = Static<typeof Party>

export const Identifier = Type.Object({
  id: Type.String(),
  scheme: Scheme,
  value: Type.String(),
  isValid: Type.Boolean(),
  createdAt: Type.String(),
})
export type Identifier = Static<typeof Identifier>

export const OtherName = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Unsafe<'former' | 'alias'>({ type: 'string', enum: ['former', 'alias'] }),
  untilOn: textOrNull,
  createdAt: Type.String(),
})
export type OtherName = Static<typeof OtherName>

export const Contact = Type.Object({
  id: Type.String(),
  name: Type.String(),
  title: textOrNull,
  phone: textOrNull,
  email: textOrNull,
  isForDunning: Type.Boolean(),
  createdAt: Type.String(),
})
export type Contact = Static<typeof Contact>

export const BankAccount = Type.Object({
  id: Type.String(),
  accountNumber: Type.String(),
  bankName: textOrNull,
  holderName: textOrNull,
  createdAt: Type.String(),
})
export type BankAccount = Static<typeof BankAccount>

export const Merge = Type.Object({
  id: Type.String(),
  partyId: Type.String({ description: 'The survivor of this merge' }),
  duplicateId: Type.String(),
  duplicateCode: Type.String(),
  duplicateName: Type.String(),
  reason: Type.String(),
  mergedBy: Type.String(),
  mergedAt: Type.String(),
  undoneBy: textOrNull,
  undoneAt: textOrNull,
})
export type Merge = Static<typeof Merge>

/** The whole credit file; telephone and account numbers may be masked. */
export const PartyFile = Type.Object({
  ...Party.properties,
  groupParent: nullable(PartyHead),
  payer: nullable(PartyHead),
  mergedInto: nullable(PartyHead),
  members: Type.Array(PartyHead, { description: 'Parties directly below it in the group' }),
  paysFor: Type.Array(PartyHead),
  identifiers: Type.Array(Identifier),
  otherNames: Type.Array(OtherName),
  contacts: Type.Array(Contact),
  bankAccounts: Type.Array(BankAccount),
  merges: Type.Array(Merge),
})
export type PartyFile = Static<typeof PartyFile>

/** One party that another may be a duplicate of, and why. */
export const DuplicateSuggestion = Type.Object({
  ...PartyHead.properties,
  kind: Type.Unsafe<'same-code' | 'similar-name'>({
    type: 'string',
    enum: ['same-code', 'similar-name'],
  }),
  similarityBps: Type.Integer(),
  evidence: Type.Array(Type.String()),
})
export type DuplicateSuggestion = Static<typeof DuplicateSuggestion>

export const PartyFilter = Type.Object(
  {
    text: Type.Optional(
      text(100, 'Part of a name, or the beginning of a code, identifier or short name'),
    ),
    role: Type.Optional(Role),
    industry: Type.Optional(text(100)),
    region: Type.Optional(text(100)),
    department: Type.Optional(text(100)),
    salesperson: Type.Optional(text(100)),
    group: Type.Optional(Id),
    state: Type.Optional(
      Type.Unsafe<'open' | 'closed' | 'merged' | 'all'>({
        type: 'string',
        enum: ['open', 'closed', 'merged', 'all'],
        description: 'Merged duplicates are left out unless asked for',
      }),
    ),
    sort: Type.Optional(
      Type.Unsafe<'code' | 'name'>({ type: 'string', enum: ['code', 'name'], default: 'code' }),
    ),
    limit: PageQuery.limit,
    after: Type.Optional(Id),
  },
  closed,
)
export type PartyFilter = Static<typeof PartyFilter>

export const PartyPage = Type.Object({
  items: Type.Array(Party),
  next: NextPage,
})
export type PartyPage = Static<typeof PartyPage>

export const PartyChangeRecord = Type.Object({
  rowId: Type.String(),
  changedAt: Type.String(),
  actorName: Type.String(),
  command: Type.String(),
  relation: Type.String(),
  fields: Type.Record(Type.String(), Type.Tuple([Type.Unknown(), Type.Unknown()]), {
    description: 'Column: value before, value after',
  }),
})
export type PartyChangeRecord = Static<typeof PartyChangeRecord>

const choiceFields = ['salesperson', 'department', 'industry', 'region'] as const

export const PartyChoiceQuery = Type.Object(
  {
    field: Type.Unsafe<(typeof choiceFields)[number]>({ type: 'string', enum: [...choiceFields] }),
  },
  closed,
)
export type PartyChoiceQuery = Static<typeof PartyChoiceQuery>

export const PartyChoices = Type.Object({
  items: Type.Array(Type.String(), { description: 'In order; the first 500' }),
})
export type PartyChoices = Static<typeof PartyChoices>
