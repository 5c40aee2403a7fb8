import Type, { type Static } from 'typebox'
import { CurrencyText, DayText, nullable, Sentence } from '#contract/common.ts'

export const IndicatorDefinition = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  decimals: Type.Integer(),
  source: Type.String(),
  label: Sentence,
  meaning: Sentence,
  formula: nullable(Type.Object(Sentence.properties, { description: 'Of those that one defines' })),
})

export type IndicatorDefinition = Static<typeof IndicatorDefinition>

export const IndicatorsShown = Type.Object({
  asOf: DayText,
  currency: CurrencyText,
  recordedAt: nullable(Type.String({ description: 'When they were stored; null: computed now' })),
  values: Type.Record(Type.String(), nullable(Type.String())),
})
export type IndicatorsShown = Static<typeof IndicatorsShown>

export const NewFacts = Type.Object(
  {
    facts: Type.Array(
      Type.Object(
        {
          indicator: Type.String({ maxLength: 60 }),
          value: nullable(Type.String({ maxLength: 200 })),
          currency: Type.Optional(CurrencyText),
          effectiveOn: DayText,
          source: Type.String({ minLength: 1, maxLength: 100 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 100 },
    ),
  },
  { additionalProperties: false },
)
export type NewFacts = Static<typeof NewFacts>

const Amount = Type.String({ pattern: '^-?\\d{1,15}(\\.\\d{1,4})?$' })

export const NewStatement = Type.Object(
  {
    closedOn: DayText,
    months: Type.Integer({ minimum: 1, maximum: 18 }),
    currency: CurrencyText,
    knownOn: Type.Optional(DayText),
    source: Type.String({ minLength: 1, maxLength: 100 }),
    lines: Type.Record(Type.String(), Amount),
    acceptDifferences: Type.Optional(
      Type.Boolean({ description: 'Store it although cross-checks fail' }),
    ),
  },
  { additionalProperties: false },
)
export type NewStatement = Static<typeof NewStatement>
