import Type from 'typebox'

export const Id = Type.String({ format: 'uuid' })
export const IdParams = Type.Object({ id: Id }, { additionalProperties: false })
export const DayText = Type.String({ format: 'date', description: 'YYYY-MM-DD' })
export const CurrencyText = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })
export const AmountText = Type.String({
  pattern: '^-?\\d{1,15}(\\.\\d{1,4})?$',
  description: 'Decimal number as text, such as 1234.50',
})

/** Parameters that every write understands beside its own. */
export const WriteQuery = Type.Object(
  {
    'dry-run': Type.Optional(Type.Boolean({ description: 'Tell the outcome, keep nothing.' })),
  },
  { additionalProperties: false },
)

/** What is said to people, in both languages. */
export const Sentence = Type.Object({ zh: Type.String(), en: Type.String() })

export const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** One page of a list that is ordered by a key: `after` is the last id of the page before. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  after: Type.Optional(Type.String({ maxLength: 200 })),
}

export const NextPage = nullable(
  Type.String({ description: 'Give it as `after` for the next page' }),
)

export const WithTotals = Type.Optional(
  Type.Boolean({ description: 'Also count and add up all pages, by currency' }),
)

/** What all pages come to, by currency; null where that was not asked. */
export const totalsByCurrency = <Amounts extends Record<string, Type.TString>>(amounts: Amounts) =>
  nullable(Type.Array(Type.Object({ currency: Type.String(), count: Type.Integer(), ...amounts })))

/** Of an exported file; left out, what the request says that it accepts. */
export const SheetLanguage = {
  language: Type.Optional(Type.Unsafe<'zh' | 'en'>({ type: 'string', enum: ['zh', 'en'] })),
}
