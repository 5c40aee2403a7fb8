import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { bookSizeOf } from '#kernel/model/book-size.ts'
import { tableOfCases } from '#kernel/model/cases.ts'
import { findLeaks } from '#kernel/model/leaks.ts'
import { dataOf, type ModelCard } from '#kernel/model/model-card.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'
import { collectCases, monthEndsBefore } from '#server/model/collect-cases.ts'
import type { FitRequest } from '#server/model/describe-book.ts'
import { fitCases } from '#server/model/fit-cases.ts'
import { updateByCases } from '#server/model/update-by-cases.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy, publishedScoring } from '#server/policy/public.ts'

export type TrainRequest = FitRequest & {
  readonly months: number
  /** Characteristics to leave out, such as those that were named as leaks. */
  readonly without: readonly string[]
}

export type Trained = {
  readonly card: ModelCard
  readonly draft: { readonly id: string; readonly number: number }
  /** The draft itself. */
  readonly document: Scorecard
}

/**
 * Fits a scorecard to the company's own ledger and stores it as the draft of a policy. Nothing of it
 * counts before somebody publishes it.
 */
export async function trainModel(
  context: Context,
  request: TrainRequest,
  progress: Progress,
): Promise<Trained | Refusal> {
  const scoring = await publishedScoring(context.db)
  if (isRefusal(scoring)) return scoring
  const { scorecard, document: inForce } = scoring
  const defined = scoring.definitions?.defined ?? null
  const monthEnds = monthEndsBefore(context.today, request.horizonDays, request.months)
  const { cases, currencies } = await collectCases(
    context.db,
    monthEnds,
    { ...request, defined },
    progress,
  )
  const bads = cases.filter(({ bad }) => bad).length
  if (bads === 0 || bads === cases.length) {
    return refuse(
      'wrong-state',
      `Of ${cases.length} cases of the last ${request.months} months ${bads} are bad: both kinds ` +
        'are needed. Choose a lower --threshold, a longer --horizon or more --months.',
    )
  }
  // Amounts of accounts in different currencies are no one quantity.
  const isAsked = ({ id, unit }: Indicator) =>
    !request.without.includes(id) && (unit !== 'money' || currencies <= 1)
  const indicators = knownIndicators(defined).filter(isAsked)
  const table = tableOfCases(cases, indicators)
  const unknown = request.merges.find(({ id }) => !indicators.some((each) => each.id === id))
  if (unknown) return refuse('invalid-input', `merge: there is no indicator "${unknown.id}".`)
  const leaks = findLeaks(table)
  const size = bookSizeOf(dataOf(table).badGroups)
  const of = { cases, table, request, inForce, prepared: scorecard, leaks, indicators }
  const made = size.kind === 'model' ? fitCases(of, size.characteristics) : updateByCases(of, size)
  const draft = await draftPolicy(context, {
    kind: 'scorecard',
    document: JSON.parse(JSON.stringify(made.document)),
    note: `${made.card.label.en} ${made.card.data.cases} cases, ${made.card.data.bads} bad.`,
  })
  return isRefusal(draft) ? draft : { ...made, draft }
}
