import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { isPlace } from '#kernel/indicator/profile-indicators.ts'
import { bookSizeOf } from '#kernel/model/book-size.ts'
import { tableOfCases } from '#kernel/model/cases.ts'
import { dataOf } from '#kernel/model/model-card.ts'
import { collectCases, monthEndsBefore } from '#server/model/collect-cases.ts'
import type { FitRequest, LeftOut, Made } from '#server/model/describe-book.ts'
import type { FitAnswer } from '#server/model/fit-cases.ts'
import { inThread } from '#server/model/in-thread.ts'
import { updateByCases } from '#server/model/update-by-cases.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy, publishedScoring } from '#server/policy/public.ts'

export type TrainRequest = FitRequest & {
  readonly months: number
  /** Characteristics to leave out, such as those that were named as leaks. */
  readonly without: readonly string[]
}

export type Trained = Made & {
  readonly indicators: readonly Indicator[]
  /** Of the draft: what was learned from. */
  readonly note: string
}

/**
 * Fits a scorecard to the company's own ledger and stores it as the draft of a policy. Nothing of it
 * counts before somebody publishes it.
 */
export async function trainModel(
  context: Context,
  request: TrainRequest,
  progress: Progress,
): Promise<(Trained & { draft: { id: string; number: number } }) | Refusal> {
  const trained = await trainOnLedger(context, request, progress)
  if (isRefusal(trained)) return trained
  const document = JSON.parse(JSON.stringify(trained.document))
  const draft = await draftPolicy(context, { kind: 'scorecard', document, note: trained.note })
  return isRefusal(draft) ? draft : { ...trained, draft }
}

/** Fits a scorecard to the company's own ledger, and stores nothing. */
export async function trainOnLedger(
  context: Context,
  request: TrainRequest,
  progress: Progress,
): Promise<Trained | Refusal> {
  const scoring = await publishedScoring(context.db)
  if (isRefusal(scoring)) return scoring
  const { scorecard: prepared, document: inForce } = scoring
  const defined = scoring.definitions?.defined ?? null
  const known = knownIndicators(defined)
  const stranger = request.merges.find(({ id }) => !known.some((each) => each.id === id))
  if (stranger)
    return refuse('invalid-input', `merges: there is no indicator "${stranger.id}".`, {
      zh: `合并分箱：没有指标“${stranger.id}”。`,
    })
  const monthEnds = monthEndsBefore(context.today, request.horizonDays, request.months)
  const { cases, currencies } = await collectCases(
    context.db,
    monthEnds,
    { ...request, defined },
    halfOf(progress, 0),
  )
  const bads = cases.filter(({ bad }) => bad).length
  if (bads === 0 || bads === cases.length) return oneClass(request, cases.length, bads)
  // Amounts of accounts in different currencies are no one quantity, and whom a scope is about is no
  // behaviour: for that there are variants.
  const indicators = known.filter(
    (each) =>
      !request.without.includes(each.id) &&
      (each.unit !== 'money' || currencies <= 1) &&
      !isPlace(each),
  )
  const table = tableOfCases(cases, indicators)
  const size = bookSizeOf(dataOf(table).badGroups)
  const of = { table, days: cases.map(({ asOf }) => asOf), request, inForce }
  const answer = await inThread<FitAnswer>(
    new URL('./fit-worker.ts', import.meta.url),
    {
      ...of,
      most: size.kind === 'model' ? size.characteristics : null,
      leftOut: leftOutBefore(known, request, { indicators, columns: table.columns }),
      grades: prepared.grades.map((grade, at) => ({
        grade,
        minimumScore: prepared.minimumScores[at] ?? 0,
      })),
      indicators,
    },
    halfOf(progress, 1),
  )
  if (answer.kind === 'nothing-tells' || answer.kind === 'no-such-bin') return refusedFit(answer)
  const made =
    answer.kind === 'too-few-bads'
      ? await updateByCases({ ...of, cases, prepared, leaks: answer.leaks, size })
      : answer
  const { card, document } = made
  const { cases: count, bads: bad } = card.data
  const note = `${card.label.zh}：${count} 个样本，坏样本 ${bad} 个。${card.label.en} ${count} cases, ${bad} bad.`
  return { card, document, indicators: known, note }
}

/** Collecting and fitting are a half each. */
function halfOf(progress: Progress, half: 0 | 1): Progress {
  return (done, total) => progress(Math.floor(50 * (half + done / (total || 1))), 100)
}

function oneClass({ months }: TrainRequest, cases: number, bads: number): Refusal {
  return refuse(
    'wrong-state',
    `Of ${cases} cases of the last ${months} months ${bads} are bad: both kinds are needed. ` +
      'Choose a lower threshold of days overdue, a longer horizon or more months.',
    {
      zh:
        `最近 ${months} 个月的 ${cases} 个样本中有 ${bads} 个坏样本, 好坏样本都要有。` +
        '请降低逾期天数、延长表现期或增加月份。',
    },
  )
}

function leftOutBefore(
  known: readonly Indicator[],
  { without }: TrainRequest,
  kept: {
    readonly indicators: readonly Indicator[]
    readonly columns: readonly { readonly id: string }[]
  },
): LeftOut[] {
  const isIn = (list: readonly { readonly id: string }[], id: string) =>
    list.some((each) => each.id === id)
  return known.flatMap(({ id }): LeftOut[] => {
    if (isIn(kept.columns, id)) return []
    if (without.includes(id)) return [{ id, why: 'asked', iv: null }]
    return [{ id, why: isIn(kept.indicators, id) ? 'one-value' : 'currencies', iv: null }]
  })
}

function refusedFit(
  answer: Extract<FitAnswer, { kind: 'nothing-tells' | 'no-such-bin' }>,
): Refusal {
  if (answer.kind !== 'no-such-bin') {
    return refuse(
      'wrong-state',
      'No indicator tells bad customers from good ones: learn from more months, or leave out less.',
      { zh: '没有一个指标能区分好坏客户: 请增加月份, 或少剔除一些指标。' },
    )
  }
  const { bins, merge } = answer
  const [en, zh] = remedyOf(bins)
  return refuse('invalid-input', `merges: ${merge.id} has no bin ${merge.bin} to merge: ${en}.`, {
    zh: `合并分箱: 指标 ${merge.id} 没有可以与下一箱合并的第 ${merge.bin + 1} 箱: ${zh}。`,
  })
}

function remedyOf(bins: number): readonly [en: string, zh: string] {
  if (bins === 0) return ['it is left out of the model', '该指标没有进入训练']
  if (bins === 1) return ['all its values are in one bin', '它的取值都在同一箱']
  return [
    `of its ${bins} bins of values, choose one of 0 to ${bins - 2}`,
    `它有 ${bins} 个取值分箱, 请选第 1 到第 ${bins - 1} 箱`,
  ]
}
