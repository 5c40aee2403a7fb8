import type { Label } from '#kernel/document/label.ts'
import { explainLimit } from '#kernel/limit/explain-limit.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import type { Rating } from '#kernel/scoring/rate-party.ts'
import { type DecidedParty, decideUnderBoth } from '#server/lab/decide-parties.ts'
import { readToTellApart, withKnown } from '#server/lab/known-parties.ts'
import type { Trial } from '#server/lab/party-impact.ts'
import { findRatedParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { PolicySet } from '#server/policy/public.ts'

const mostPoints = 3

/** Why these customers change, in sentences: points and rules of the rating, the way to the limit. */
export async function whyChanged(
  db: Reader,
  trial: Trial,
  partyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Label[]>> {
  const { after, asOf, before, rates } = trial
  const parties = await findRatedParties(db, partyIds)
  const asked = { asOf, rates, ...readToTellApart([before], after) }
  const batch = await withKnown(db, parties, asked)
  return new Map(
    batch.flatMap(({ id, known }) => {
      if (!known) return []
      const { after: is, before: was } = decideUnderBoth(before, after, known, { asOf, rates })
      return [[id, sentences(trial, was, is)] as const]
    }),
  )
}

function sentences({ after, before }: Trial, was: DecidedParty, is: DecidedParty): Label[] {
  const [one, other] = [was.rating, is.rating]
  const isMoved = one !== null && other !== null && one.grade !== other.grade
  const ofRating = isMoved ? ratingSentences(before, after, one, other) : []
  return [...ofRating, ...(is.limit.kind === 'decided' ? explainLimit(is.limit) : [])]
}

function ratingSentences(before: PolicySet, after: PolicySet, was: Rating, is: Rating): Label[] {
  const points = (value: number | undefined) => scaledToDecimal(BigInt(value ?? 0), 2)
  const earlier = new Map(was.points.map((each) => [each.id, each]))
  const labels = new Map(
    [before, after]
      .flatMap(({ scoring: { scorecard } }) => [
        scorecard,
        ...scorecard.variants.map(({ policy }) => policy),
      ])
      .flatMap(({ characteristics }) =>
        characteristics.map(({ id, label }) => [id, label] as const),
      ),
  )
  const moved = is.points
    .map((each) => ({ id: each.id, from: earlier.get(each.id)?.points, to: each.points }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => Math.abs(b.to - (b.from ?? 0)) - Math.abs(a.to - (a.from ?? 0)))
  const score = (of: Rating) => scaledToDecimal(BigInt(of.score), 2)
  return [
    {
      zh: `得分 ${score(was)} → ${score(is)}, 等级 ${was.grade} → ${is.grade}`,
      en: `Score ${score(was)} → ${score(is)}, grade ${was.grade} → ${is.grade}`,
    },
    ...moved.slice(0, mostPoints).map(({ from, id, to }) => {
      const label = labels.get(id) ?? { zh: id, en: id }
      const change = from === undefined ? points(to) : `${points(from)} → ${points(to)}`
      return {
        zh: `${label.zh}: ${change} 分${from === undefined ? ' (新增)' : ''}`,
        en: `${label.en}: ${change} points${from === undefined ? ' (new)' : ''}`,
      }
    }),
    ...is.adjustments
      .filter(({ from, to }) => from !== to)
      .map(({ from, reason, to }) => ({
        zh: `${reason.zh}: ${from} → ${to}`,
        en: `${reason.en}: ${from} → ${to}`,
      })),
  ]
}
