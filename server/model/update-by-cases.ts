import { setImmediate as breathe } from 'node:timers/promises'
import { day } from '#kernel/calendar/day.ts'
import type { Case } from '#kernel/model/cases.ts'
import { aucBy } from '#kernel/model/cross-validate.ts'
import type { Leak } from '#kernel/model/leaks.ts'
import { updateExpertCard } from '#kernel/model/update-expert-card.ts'
import type { PreparedScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { type Rating, rateParty } from '#kernel/scoring/rate-party.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'
import { type Cases, cardOf, commonLimits, type Made } from '#server/model/describe-book.ts'

type Book = Cases & {
  readonly cases: readonly Case[]
  readonly inForce: Scorecard
  readonly prepared: PreparedScorecard
  readonly leaks: readonly Leak[]
  /** Bad customers, and how many a model needs. */
  readonly size: { readonly bads: number; readonly needed: number }
}

/** Where there are too few bad customers for a model: the card in force with updated weights. */
export async function updateByCases(book: Book): Promise<Made> {
  const { leaks, prepared, size } = book
  const rated: { points: Rating['points']; score: number; bad: boolean }[] = []
  for (const [at, { asOf, bad, values }] of book.cases.entries()) {
    if (at % 1_000 === 999) await breathe()
    const { points, score } = rateParty(prepared, values, { asOf: day(asOf) })
    rated.push({ points, score, bad })
  }
  const { card: document, factors } = updateExpertCard(book.inForce, prepared, rated)
  const scores = Float64Array.from(rated, ({ score }) => -score)
  const before = aucBy(scores, book.table.bad)
  const told = before.kind === 'measured' ? before.auc.toFixed(3) : '-'
  const limits = [
    {
      zh:
        `坏客户只有 ${size.bads} 个, 建模至少要 ${size.needed} 个: ` +
        `沿用专家评分卡 (AUC ${told}), 仅修正权重。`,
      en:
        `Only ${size.bads} bad customers, a model needs ${size.needed}: the expert's card ` +
        `(AUC ${told}) stays, with its weights updated.`,
    },
    ...commonLimits,
  ]
  const card = {
    ...cardOf(book, { leaks, leftOut: [], limits }),
    kind: 'expert-updated' as const,
    figures: null,
    outOfTime: null,
    byHand: null,
    characteristics: factors.map(({ id, factor }) => ({
      ...{ id, iv: 0, direction: 'none' as const, merged: [], parts: [] },
      coefficient: factor,
    })),
    scale: null,
    grades: [],
  }
  return { card, document }
}
