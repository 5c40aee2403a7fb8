import type { Label } from '#kernel/document/label.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { Case } from '#kernel/model/cases.ts'
import type { Merge } from '#kernel/model/fit-model.ts'
import type { Leak } from '#kernel/model/leaks.ts'
import { dataOf, type ModelCard } from '#kernel/model/model-card.ts'
import type { Label as Outlook } from '#kernel/model/outcome.ts'
import type { PointScale } from '#kernel/model/points.ts'
import type { TrainingTable } from '#kernel/model/table.ts'
import type { PreparedScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'

export type FitRequest = Outlook &
  PointScale & {
    /** Bins to merge with the next by hand. */
    readonly merges: readonly Merge[]
  }

/** Cases with their table, and the card that is in force. */
export type Book = {
  readonly cases: readonly Case[]
  readonly table: TrainingTable
  readonly request: FitRequest
  readonly inForce: Scorecard
  readonly prepared: PreparedScorecard
  readonly indicators: readonly Indicator[]
  readonly leaks: readonly Leak[]
}

export type Made = { readonly card: ModelCard; readonly document: Scorecard }

/** What is said of every model from a ledger: its data, its label and what it cannot tell. */
export function cardOf(
  { cases, table, request, leaks }: Book,
  limits: readonly Label[],
): Omit<ModelCard, 'kind' | 'figures' | 'outOfTime' | 'characteristics' | 'scale' | 'grades'> {
  const { thresholdDays, horizonDays } = request
  const first = cases[0]?.asOf
  const last = cases.at(-1)?.asOf
  return {
    data: dataOf(table),
    label: {
      zh: `月末后 ${horizonDays} 天内有发票逾期超过 ${thresholdDays} 天`,
      en: `An invoice more than ${thresholdDays} days overdue within ${horizonDays} days.`,
    },
    days: first === undefined || last === undefined ? null : { first, last },
    folds: { count: 5, seed: 'model', by: 'party' },
    interactions: [],
    leaks,
    limits,
  }
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
