import { day } from '#kernel/calendar/day.ts'
import type { BookSize } from '#kernel/model/book-size.ts'
import { aucBy } from '#kernel/model/cross-validate.ts'
import { updateExpertCard } from '#kernel/model/update-expert-card.ts'
import { rateParty } from '#kernel/scoring/rate-party.ts'
import { type Book, cardOf, commonLimits, type Made } from '#server/model/describe-book.ts'

/** Where there are too few bad customers for a model: the card in force with updated weights. */
export function updateByCases(book: Book, size: Extract<BookSize, { kind: 'too-few-bads' }>): Made {
  const rated = book.cases.map(({ values, asOf, bad }) => {
    const { points, score } = rateParty(book.prepared, values, { asOf: day(asOf) })
    return { points, score, bad }
  })
  const { card: document, factors } = updateExpertCard(book.inForce, book.prepared, rated)
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
    ...cardOf(book, limits),
    kind: 'expert-updated' as const,
    figures: null,
    outOfTime: null,
    characteristics: factors.map(({ id, factor }) => ({
      ...{ id, iv: 0, direction: 'none' as const, merged: [], parts: [] },
      coefficient: factor,
    })),
    scale: null,
    grades: [],
  }
  return { card, document }
}
