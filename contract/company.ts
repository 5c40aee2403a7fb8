import Type, { type Static } from 'typebox'
import { CurrencyText, DayText } from '#contract/common.ts'

export const Company = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  baseCurrency: CurrencyText,
  timeZone: Type.String({ maxLength: 60 }),
})
export type Company = Static<typeof Company>

export const CompanyChange = Type.Partial(Company, { additionalProperties: false })
export type CompanyChange = Static<typeof CompanyChange>

export const ExchangeRate = Type.Object(
  {
    from: CurrencyText,
    to: CurrencyText,
    rateOn: DayText,
    rate: Type.String({
      pattern: '^\\d{1,12}(\\.\\d{1,12})?$',
      description: 'Units of `to` for one `from`',
    }),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  },
  { additionalProperties: false },
)
export type ExchangeRate = Static<typeof ExchangeRate>

export const ExchangeRates = Type.Object({
  items: Type.Array(
    Type.Object({
      from: Type.String(),
      to: Type.String(),
      rateOn: Type.String(),
      rate: Type.String(),
      source: Type.String(),
    }),
  ),
})
export type ExchangeRates = Static<typeof ExchangeRates>
