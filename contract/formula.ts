import Type, { type Static } from 'typebox'
import { nullable, Sentence } from '#contract/common.ts'

const units = ['days', 'months', 'percent', 'ratio', 'count', 'money', 'yes-no', 'text'] as const

export const FormulaQuestion = Type.Object(
  {
    formula: Type.String({ maxLength: 200_000 }),
    unit: Type.Optional(
      Type.Unsafe<(typeof units)[number]>({
        ...{ type: 'string', enum: [...units] },
        description: 'What it shall give; left out: whatever it gives',
      }),
    ),
    sample: Type.Optional(Type.Boolean({ description: 'Also its value for the first customers' })),
  },
  { additionalProperties: false },
)
export type FormulaQuestion = Static<typeof FormulaQuestion>

const FormulaProblem = Type.Object({
  from: Type.Integer({ description: 'Counted in UTF-16 units, from 0' }),
  to: Type.Integer({ description: 'Up to before this one' }),
  message: Sentence,
  instead: nullable(Type.String({ description: 'What may be written in that place' })),
})
export type FormulaProblem = Static<typeof FormulaProblem>

const FormulaSample = Type.Object({
  partyId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  asOf: Type.String({ description: 'The day of the indicators that it was worked out from' }),
  value: nullable(Type.String({ description: 'A decimal, a text, true or false' })),
  shown: Sentence,
  because: Sentence,
})
export type FormulaSample = Static<typeof FormulaSample>

const FormulaSpread = Type.Object({
  customers: Type.Integer({ description: 'Rated ones that were looked at, 2,000 at most' }),
  missing: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      at: nullable(Sentence),
      shown: Sentence,
      count: nullable(Type.Integer()),
    }),
    { description: 'Figures and days at their quarters; others by how many have each' },
  ),
})

export const FormulaChecked = Type.Object({
  type: nullable(Type.Object({ kind: Type.String(), name: Sentence })),
  formula: nullable(
    Type.Object(
      { id: Type.String(), zh: Type.String(), en: Type.String() },
      {
        description: 'With ids as it is kept, and in the words of either language',
      },
    ),
  ),
  problem: nullable(FormulaProblem),
  sample: nullable(Type.Array(FormulaSample)),
  spread: nullable(FormulaSpread),
})
export type FormulaChecked = Static<typeof FormulaChecked>

export const FormulaNames = Type.Object({
  currency: Type.String({ description: 'Of amounts written without one' }),
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      label: Sentence,
      meaning: Sentence,
      unit: Type.String(),
      kind: Type.String({ description: 'What it is in a formula: number, percent, days, ...' }),
      source: Type.String(),
      formula: nullable(Sentence),
      write: Type.Object(
        { zh: Type.String(), en: Type.String() },
        { description: 'As a formula names it, in square brackets where need be' },
      ),
    }),
  ),
})
export type FormulaNames = Static<typeof FormulaNames>

export const FormulaFunctions = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      zh: Type.Array(Type.String()),
      en: Type.Array(Type.String()),
      meaning: Sentence,
      example: Sentence,
    }),
  ),
})
export type FormulaFunctions = Static<typeof FormulaFunctions>
