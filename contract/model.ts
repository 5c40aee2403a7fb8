import Type, { type Static } from 'typebox'
import { Id, nullable, Sentence } from '#contract/common.ts'
import { Job } from '#contract/system.ts'

const closed = { additionalProperties: false }
/** An indicator, or a column of a table. */
const IndicatorId = Type.String({ minLength: 1, maxLength: 200 })

/** What is taken where nothing is said. */
export const usualModel = {
  thresholdDays: 60,
  horizonDays: 180,
  months: 24,
  leaks: 'leave-out',
  pdo: 20,
  baseScore: 600,
  baseOdds: 50,
} as const

/** What a scorecard is to be fitted to, and how its points are scaled. */
export const NewModel = Type.Object(
  {
    thresholdDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 720,
        default: usualModel.thresholdDays,
        description: 'An invoice more days overdue than this makes a customer bad',
      }),
    ),
    horizonDays: Type.Optional(
      Type.Integer({
        minimum: 30,
        maximum: 720,
        default: usualModel.horizonDays,
        description: 'So many days after each month end are looked at',
      }),
    ),
    months: Type.Optional(
      Type.Integer({
        minimum: 2,
        maximum: 120,
        default: usualModel.months,
        description: 'Month ends to learn from, the latest whose horizon has passed',
      }),
    ),
    without: Type.Optional(
      Type.Array(IndicatorId, { maxItems: 500, description: 'Indicators to leave out' }),
    ),
    leaks: Type.Optional(
      Type.Unsafe<'keep' | 'leave-out'>({
        type: 'string',
        enum: ['keep', 'leave-out'],
        default: usualModel.leaks,
        description: 'What is done with indicators that give the outcome away',
      }),
    ),
    merges: Type.Optional(
      Type.Array(
        Type.Object(
          { id: IndicatorId, bin: Type.Integer({ minimum: 0, maximum: 98 }) },
          { ...closed, description: 'The bin, counted from 0, is merged with the next' },
        ),
        {
          maxItems: 100,
          description: 'One after the other: bins are those that the last one left',
        },
      ),
    ),
    table: Type.Optional(
      Type.Object(
        {
          id: Id,
          label: Type.String({ minLength: 1, maxLength: 200, description: 'Column of outcomes' }),
          bad: Type.String({ minLength: 1, maxLength: 200, description: 'Its value of bad ones' }),
          pairs: Type.Optional(
            Type.Boolean({ description: 'Pairs of columns too, where they pay' }),
          ),
        },
        { ...closed, description: 'An uploaded table to learn from in place of the own ledger' },
      ),
    ),
    pdo: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        default: usualModel.pdo,
        description: 'Doubles the odds',
      }),
    ),
    baseScore: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 99_999, default: usualModel.baseScore }),
    ),
    baseOdds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 99_999,
        default: usualModel.baseOdds,
        description: 'Good cases to one bad at the base score',
      }),
    ),
  },
  closed,
)
export type NewModel = Static<typeof NewModel>

const Interval = Type.Object(
  { value: Type.Number(), low: Type.Number(), high: Type.Number() },
  { description: '95 %, by drawing customers anew' },
)
const Quality = Type.Object({ auc: Interval, ks: Interval, brier: Interval })

const CalibrationPart = Type.Object({
  cases: Type.Integer(),
  bads: Type.Integer(),
  told: Type.Number({ description: 'Mean chance of being bad that was told' }),
})

const figures = {
  quality: nullable(Quality),
  calibration: Type.Array(CalibrationPart, { description: 'Tenths of the cases by their chance' }),
}

const Characteristic = Type.Object({
  id: Type.String(),
  label: Sentence,
  iv: Type.Number({ description: 'Information value' }),
  direction: Type.Unsafe<'ascending' | 'descending' | 'peak' | 'valley' | 'none'>({
    type: 'string',
    enum: ['ascending', 'descending', 'peak', 'valley', 'none'],
    description: 'How the bad rate goes over rising values',
  }),
  coefficient: Type.Number({ description: 'Of an updated card: what its weight is multiplied by' }),
  unit: Type.String(),
  parts: Type.Array(
    Type.Object({
      kind: Type.Unsafe<'range' | 'levels' | 'missing'>({
        type: 'string',
        enum: ['range', 'levels', 'missing'],
      }),
      above: nullable(Type.String()),
      upTo: nullable(Type.String()),
      levels: Type.Array(Type.String()),
      good: Type.Integer(),
      bad: Type.Integer(),
      woe: Type.Number({ description: 'Weight of evidence, above 0 is worse than the book' }),
      points: nullable(Type.Number()),
    }),
  ),
})

const LeftOut = Type.Object({
  id: Type.String(),
  label: Sentence,
  why: Type.Unsafe<
    'asked' | 'currencies' | 'one-value' | 'leak' | 'no-help' | 'only-missing' | 'beyond-bads'
  >({
    type: 'string',
    enum: [
      ...['asked', 'currencies', 'one-value', 'leak', 'no-help', 'only-missing', 'beyond-bads'],
    ],
  }),
  iv: nullable(Type.Number()),
})

/** A scorecard from history, with all that a person needs to judge it. */
export const ModelResult = Type.Object({
  asOf: Type.String(),
  kind: Type.Unsafe<'fitted' | 'expert-updated'>({
    type: 'string',
    enum: ['fitted', 'expert-updated'],
  }),
  label: Sentence,
  cases: Type.Integer(),
  bads: Type.Integer(),
  customers: Type.Integer(),
  badCustomers: Type.Integer(),
  months: Type.Array(
    Type.Object({ asOf: Type.String(), cases: Type.Integer(), bads: Type.Integer() }),
  ),
  folds: Type.Integer(),
  inSample: nullable(
    Type.Object({
      ...figures,
      intercept: Type.Number(),
      slope: Type.Number({ description: 'Of the calibration; below 1 it was too sure of itself' }),
    }),
  ),
  outOfTime: nullable(
    Type.Object({
      ...figures,
      cases: Type.Integer(),
      bads: Type.Integer(),
      psi: Type.Number({ description: 'Population stability index' }),
      psiByChance: Type.Number(),
    }),
  ),
  characteristics: Type.Array(Characteristic),
  leaks: Type.Array(
    Type.Object({
      id: Type.String(),
      label: Sentence,
      kind: Type.Unsafe<'too-good' | 'missing-tells'>({
        type: 'string',
        enum: ['too-good', 'missing-tells'],
      }),
      auc: Type.Number(),
      isLeftOut: Type.Boolean(),
    }),
  ),
  leftOut: Type.Array(LeftOut),
  byHand: nullable(
    Type.Object(
      {
        before: nullable(Quality),
        characteristics: Type.Array(
          Type.Object({
            id: Type.String(),
            label: Sentence,
            ivBefore: Type.Number(),
            ivAfter: Type.Number(),
          }),
        ),
      },
      { description: 'What merging by hand cost, by the same cases and folds' },
    ),
  ),
  grades: Type.Array(
    Type.Object({
      grade: Type.String(),
      chance: Type.Number({ description: 'Of being bad, at the lowest score of the grade' }),
    }),
  ),
  limits: Type.Array(Sentence),
  document: Type.Unknown({ description: 'The scorecard itself' }),
  note: Type.String(),
  draft: nullable(Type.Object({ id: Type.String(), number: Type.Integer() })),
  notDrafted: nullable(Sentence),
})
export type ModelResult = Static<typeof ModelResult>

/** A model that was asked for. */
const kept = {
  id: Type.String(),
  state: Job.properties.state,
  message: nullable(Type.String()),
  requestedBy: Type.String(),
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
}

export const ModelList = Type.Object({
  items: Type.Array(
    Type.Object({
      ...kept,
      thresholdDays: Type.Integer(),
      horizonDays: Type.Integer(),
      months: Type.Integer(),
      table: nullable(Type.String({ description: 'Name of the uploaded file' })),
      kind: nullable(ModelResult.properties.kind),
      cases: nullable(Type.Integer()),
      bads: nullable(Type.Integer()),
      characteristics: nullable(Type.Integer()),
      auc: nullable(Type.Number()),
      aucOutOfTime: nullable(Type.Number()),
    }),
  ),
})
export type ModelList = Static<typeof ModelList>

export const ShownModel = Type.Object({
  ...kept,
  asked: NewModel,
  result: nullable(ModelResult),
  table: nullable(Type.String({ description: 'Name of the uploaded file' })),
  isDraftKept: Type.Boolean({ description: 'Whether the draft is still there, published or not' }),
  problem: nullable(Sentence),
})
export type ShownModel = Static<typeof ShownModel>

export const DraftOfModel = Type.Object(
  {
    replaces: Type.Optional(
      nullable(
        Type.String({
          pattern: '^[0-9a-f]{64}$',
          description: 'Hash of the draft that it takes the place of; null where there is none',
        }),
      ),
    ),
  },
  closed,
)
export type DraftOfModel = Static<typeof DraftOfModel>
