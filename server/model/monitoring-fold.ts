import type { Monitoring } from '#contract/monitoring.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { parseShare } from '#kernel/document/decimal.ts'
import { policyFor } from '#kernel/document/variants.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { type BinCount, binCounts } from '#kernel/lab/bin-counts.ts'
import { calibrationVerdict, overallVerdict, shiftOf } from '#kernel/model/monitoring.ts'
import type { Outcome } from '#kernel/model/outcome.ts'
import type { PreparedScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { type Override, rateParty } from '#kernel/scoring/rate-party.ts'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'
import type { RatedParty } from '#server/party/public.ts'

type Card = { readonly scorecard: PreparedScorecard; readonly scale: RatingScale }

/** A customer on one of the days, by what was known on it. */
export type Seen = {
  readonly party: RatedParty
  readonly asOf: Day
  readonly values: IndicatorValues
}

type Side = 'before' | 'now'

/** Of all grades together at most one time in twenty something is said that chance made. */
const certainty = 0.05

/** Counts customers one at a time, and tells what they come to. */
export function monitoringFold({ scale, scorecard }: Card) {
  const grades = scorecard.grades.map((grade) => ({
    ...{ grade, before: 0, now: 0, judged: 0, bad: 0 },
  }))
  const placeOf = new Map(grades.map((each) => [each.grade, each]))
  const bins = { before: binCounts(scorecard), now: binCounts(scorecard) }
  const customers = { before: 0, now: 0 }
  const overrides = { customers: 0, inForce: 0, raised: 0, lowered: 0 }
  const rated = ({ asOf, party, values }: Seen) => {
    const { policy: card, variant } = policyFor(scorecard, party)
    return { grade: rateParty(card, values, { asOf }).grade, isOfAll: variant === null }
  }
  return {
    see(side: Side, seen: Seen, override?: Override): void {
      const { grade, isOfAll } = rated(seen)
      const place = placeOf.get(grade)
      customers[side] += 1
      if (place) place[side] += 1
      if (isOfAll) bins[side].addToday(seen.values, seen.asOf)
      if (side === 'before') return
      overrides.customers += 1
      if (!override || override.expiresOn < seen.asOf) return
      overrides.inForce += 1
      const [own, given] = [
        scorecard.grades.indexOf(grade),
        scorecard.grades.indexOf(override.grade),
      ]
      if (given < own) overrides.raised += 1
      if (given > own) overrides.lowered += 1
    },
    judge(seen: Seen, outcome: Outcome): void {
      const place = placeOf.get(rated(seen).grade)
      if (!place || (outcome !== 'good' && outcome !== 'bad')) return
      place.judged += 1
      if (outcome === 'bad') place.bad += 1
    },
    result: (indicators: readonly Indicator[]) => ({
      ...{ customers, overrides, score: scoreShift(grades) },
      characteristics: characteristicShifts(bins, indicators),
      calibration: calibrationOf(grades, scale),
    }),
  }
}

type GradeCount = {
  readonly grade: string
  before: number
  now: number
  judged: number
  bad: number
}

function scoreShift(grades: readonly GradeCount[]): Monitoring['score'] {
  const [before, now] = [grades.map((each) => each.before), grades.map((each) => each.now)]
  return {
    ...shiftOf(before, now),
    grades: grades.map(({ before: was, grade, now: is }) => ({ grade, before: was, now: is })),
  }
}

function characteristicShifts(
  bins: Readonly<Record<Side, ReturnType<typeof binCounts>>>,
  indicators: readonly Indicator[],
): Monitoring['characteristics'] {
  const count = ({ customers }: BinCount) => customers
  const now = bins.now.result()
  return bins.before.result().map(({ bins: was, id, missing }, at) => {
    const is = now[at]
    const before = [...was, missing].map(count)
    const after = is ? [...is.bins, is.missing].map(count) : []
    const label = indicators.find((each) => each.id === id)?.label ?? { zh: id, en: id }
    return {
      ...{ id, label, ...shiftOf(before, after) },
      bins: before.map((each, bin) => ({ before: each, now: after[bin] ?? 0 })),
    }
  })
}

function calibrationOf(grades: readonly GradeCount[], scale: RatingScale) {
  const told = grades.map(({ bad, grade, judged }) => {
    const text = scale.grades.find(({ code }) => code === grade)?.defaultProbability ?? null
    const reading = text === null ? null : parseShare(text)
    const chance = reading?.kind === 'scaled' ? Number(reading.value) / 10_000 : null
    return { grade, customers: judged, bad, text, chance }
  })
  const known = told.flatMap(({ bad, chance, customers }) =>
    chance === null ? [] : [{ bad, chance, customers }],
  )
  return {
    customers: told.reduce((sum, each) => sum + each.customers, 0),
    bad: told.reduce((sum, each) => sum + each.bad, 0),
    expected: known.reduce((sum, { chance, customers }) => sum + chance * customers, 0),
    verdict: overallVerdict(known),
    grades: told.map(({ bad, chance, customers, grade, text }) => ({
      ...{ grade, customers, bad, told: text },
      verdict:
        chance === null || customers === 0
          ? null
          : calibrationVerdict({ bad, chance, customers }, certainty / told.length),
    })),
  }
}
