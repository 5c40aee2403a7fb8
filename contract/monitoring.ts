import Type, { type Static } from 'typebox'
import { nullable, Sentence } from '#contract/common.ts'

const Shift = {
  psi: Type.Number({ description: 'Population stability index' }),
  byChance: Type.Number({ description: 'What chance alone gives on average' }),
  verdict: Type.Unsafe<'stable' | 'watch' | 'shifted' | 'too-few'>({
    type: 'string',
    enum: ['stable', 'watch', 'shifted', 'too-few'],
  }),
}

const Calibration = Type.Unsafe<'as-told' | 'worse' | 'better'>({
  type: 'string',
  enum: ['as-told', 'worse', 'better'],
})

const Part = Type.Object({ before: Type.Integer(), now: Type.Integer() })

/** How the scorecard that counts keeps up with its customers. */
export const Monitoring = Type.Object({
  asOf: Type.String(),
  versionId: Type.String(),
  number: Type.Integer({ description: 'Of the version of the scorecard' }),
  beforeOn: Type.String({ description: 'The day that today is held against' }),
  customers: Part,
  score: Type.Object({
    ...Shift,
    grades: Type.Array(Type.Object({ grade: Type.String(), ...Part.properties })),
  }),
  characteristics: Type.Array(
    Type.Object({
      id: Type.String(),
      label: Sentence,
      ...Shift,
      bins: Type.Array(Part, { description: 'In the order of the card; last, who is not known' }),
    }),
    { description: 'Of customers of no variant' },
  ),
  calibration: Type.Object({
    on: Type.String({ description: 'The day of the ratings' }),
    thresholdDays: Type.Integer(),
    horizonDays: Type.Integer(),
    customers: Type.Integer(),
    bad: Type.Integer(),
    expected: Type.Number({ description: 'Bad ones, by the scale' }),
    verdict: Calibration,
    grades: Type.Array(
      Type.Object({
        grade: Type.String(),
        customers: Type.Integer(),
        bad: Type.Integer(),
        told: nullable(Type.String({ description: 'The chance that the scale tells' })),
        verdict: nullable(Calibration),
      }),
    ),
  }),
  overrides: Type.Object({
    customers: Type.Integer({ description: 'Rated' }),
    inForce: Type.Integer(),
    raised: Type.Integer({ description: 'To a better grade than the card gives' }),
    lowered: Type.Integer(),
  }),
  alerts: Type.Array(Sentence),
})
export type Monitoring = Static<typeof Monitoring>

export const MonitoringList = Type.Object({
  items: Type.Array(Monitoring, { description: 'The latest first' }),
  running: nullable(Type.String({ description: 'Id of the job that works on one' })),
})
export type MonitoringList = Static<typeof MonitoringList>
