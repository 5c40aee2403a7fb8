import type { Label } from '#kernel/document/label.ts'
import type { Merge } from '#kernel/model/fit-model.ts'
import type { Leak } from '#kernel/model/leaks.ts'
import { dataOf, type ModelCard } from '#kernel/model/model-card.ts'
import type { Label as Outlook } from '#kernel/model/outcome.ts'
import type { PointScale } from '#kernel/model/points.ts'
import type { Quality } from '#kernel/model/quality.ts'
import type { TrainingTable } from '#kernel/model/table.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'

export type FitRequest = Outlook &
  PointScale & {
    /** Bins to merge with the next by hand. */
    readonly merges: readonly Merge[]
    /** What is done with characteristics that give the outcome away. */
    readonly leaks: 'keep' | 'leave-out'
  }

/** Why an indicator is no characteristic of a model. */
export type LeftOut = {
  readonly id: string
  readonly why:
    | 'asked'
    | 'currencies'
    | 'one-value'
    | 'leak'
    | 'no-help'
    | 'only-missing'
    | 'beyond-bads'
  /** Null where it was never binned. */
  readonly iv: number | null
}

/** What merging by hand cost: without it, by the same cases and folds. */
export type ByHand = {
  readonly before: Quality | null
  readonly characteristics: readonly {
    readonly id: string
    readonly ivBefore: number
    readonly ivAfter: number
  }[]
}

/** A model card of a ledger: its months, and what it leaves out. */
export type LedgerCard = ModelCard & {
  readonly months: readonly {
    readonly asOf: string
    readonly cases: number
    readonly bads: number
  }[]
  readonly leftOut: readonly LeftOut[]
  readonly byHand: ByHand | null
}

/** Cases as a table, each with its day, and what is asked of them. */
export type Cases = {
  readonly days: readonly string[]
  readonly table: TrainingTable
  readonly request: FitRequest
}

export type Made = { readonly card: LedgerCard; readonly document: Scorecard }

type Told = 'kind' | 'figures' | 'outOfTime' | 'characteristics' | 'scale' | 'grades' | 'byHand'

/** What is said of every model from a ledger: its data, its label and what it cannot tell. */
export function cardOf(
  { days, table, request }: Cases,
  of: {
    readonly leaks: readonly Leak[]
    readonly leftOut: readonly LeftOut[]
    readonly limits: readonly Label[]
  },
): Omit<LedgerCard, Told> {
  const { thresholdDays, horizonDays } = request
  const first = days[0]
  const last = days.at(-1)
  return {
    data: dataOf(table),
    label: {
      zh: `月末后 ${horizonDays} 天内有发票逾期超过 ${thresholdDays} 天`,
      en: `An invoice more than ${thresholdDays} days overdue within ${horizonDays} days.`,
    },
    days: first === undefined || last === undefined ? null : { first, last },
    months: monthsOf(days, table.bad),
    folds: { count: 5, seed: 'model', by: 'party' },
    interactions: [],
    ...of,
  }
}

function monthsOf(days: readonly string[], bad: Uint8Array): LedgerCard['months'] {
  const months = new Map<string, { cases: number; bads: number }>()
  for (const [row, asOf] of days.entries()) {
    const month = months.get(asOf) ?? { cases: 0, bads: 0 }
    month.cases += 1
    month.bads += bad[row] ?? 0
    months.set(asOf, month)
  }
  return [...months].map(([asOf, counts]) => ({ asOf, ...counts }))
}

export const commonLimits: readonly Label[] = [
  {
    zh: '只反映曾经赊销的客户; 被拒绝的客户没有结果。',
    en: 'It knows customers who were given credit; those refused left no outcome.',
  },
  {
    zh: '同一客户的各月份相互重叠, 因此按客户分折, 按客户数坏样本。',
    en: 'Months of one customer overlap: folds and the count of bads are by customer.',
  },
  {
    zh: '后补登记的事实不参与训练, 所以迟登记的指标在此显得缺失。',
    en: 'Facts recorded afterwards are not seen, so indicators told late look missing here.',
  },
  {
    zh: '等级表仍是现行的: 发布前请看影响预览。',
    en: 'The rating scale is the one in force: look at the impact before publishing.',
  },
]
