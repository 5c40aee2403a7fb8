import type { ModelResult } from '#contract/model.ts'
import type { Label } from '#kernel/document/label.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { CardBin, CardLine } from '#kernel/model/model-card.ts'
import type { CalibrationPart, Interval, Quality } from '#kernel/model/quality.ts'
import { boundOf } from '#kernel/model/scorecard-of-model.ts'
import type { LedgerCard } from '#server/model/describe-book.ts'
import type { Trained } from '#server/model/train-model.ts'

type Told = Omit<ModelResult, 'draft' | 'notDrafted'>

/** What a training came to, as it is kept and shown: texts for bounds, rounded statistics. */
export function modelReply({ card, document, indicators, note }: Trained, asOf: string): Told {
  const byId = new Map(indicators.map((each) => [each.id, each]))
  // Characteristics of an expert's card may be named otherwise than their indicator.
  const ownLabels = new Map(
    document.characteristics.flatMap(({ id, indicator, label }) => {
      const name = label ?? byId.get(indicator)?.label
      return name ? [[id ?? indicator, name] as const] : []
    }),
  )
  const labelOf = (id: string): Label =>
    byId.get(id)?.label ?? ownLabels.get(id) ?? { zh: id, en: id }
  const isLeftOut = (id: string) => card.leftOut.some((each) => each.id === id)
  return {
    ...{ asOf, kind: card.kind, label: card.label, months: [...card.months] },
    ...{ cases: card.data.cases, bads: card.data.bads },
    ...{ customers: card.data.groups, badCustomers: card.data.badGroups },
    folds: card.folds.count,
    inSample: inSampleReply(card),
    outOfTime: outOfTimeReply(card),
    characteristics: card.characteristics
      .filter(({ coefficient }) => coefficient > 0)
      .map((line) => lineReply(line, byId.get(line.id), labelOf(line.id))),
    leaks: card.leaks.map(({ auc, id, kind }) => ({
      ...{ id, label: labelOf(id), kind, auc: round(auc) },
      isLeftOut: isLeftOut(id),
    })),
    leftOut: card.leftOut.map(({ id, iv, why }) => ({
      ...{ id, label: labelOf(id), why },
      iv: iv === null ? null : round(iv),
    })),
    byHand: card.byHand && {
      before: qualityReply(card.byHand.before),
      characteristics: card.byHand.characteristics.map(({ id, ivAfter, ivBefore }) => ({
        ...{ id, label: labelOf(id), ivBefore: round(ivBefore), ivAfter: round(ivAfter) },
      })),
    },
    grades: card.grades.map(({ chance, grade }) => ({ grade, chance: round(chance) })),
    limits: [...card.limits],
    ...{ document: JSON.parse(JSON.stringify(document)), note },
  }
}

function inSampleReply({ figures }: LedgerCard): ModelResult['inSample'] {
  if (figures === null) return null
  const { intercept, slope } = figures.calibration
  return {
    quality: qualityReply(figures.quality),
    calibration: figures.parts.map(partReply),
    ...{ intercept: round(intercept), slope: round(slope) },
  }
}

function outOfTimeReply({ outOfTime }: LedgerCard): ModelResult['outOfTime'] {
  if (outOfTime === null) return null
  const { bads, cases, parts, psi, quality } = outOfTime
  return {
    quality: qualityReply(quality),
    calibration: parts.map(partReply),
    ...{ cases, bads, psi: round(psi.psi), psiByChance: round(psi.byChance) },
  }
}

function qualityReply(quality: Quality | null): NonNullable<ModelResult['inSample']>['quality'] {
  if (quality === null) return null
  const { auc, brier, ks } = quality
  return { auc: intervalReply(auc), ks: intervalReply(ks), brier: intervalReply(brier) }
}

function intervalReply({ high, low, value }: Interval) {
  return { value: round(value), low: round(low), high: round(high) }
}

function partReply({ bads, cases, told }: CalibrationPart) {
  return { cases, bads, told: round(told) }
}

function lineReply(
  { coefficient, direction, id, iv, parts }: CardLine,
  indicator: Indicator | undefined,
  label: Label,
): ModelResult['characteristics'][number] {
  return {
    ...{ id, label, iv: round(iv), direction, coefficient: round(coefficient) },
    unit: indicator?.unit ?? 'text',
    parts: parts.map((part) => binReply(part, indicator)),
  }
}

function binReply(part: CardBin, indicator: Indicator | undefined) {
  const { bad, good, points, values, woe } = part
  const bound = (cut: number | null) =>
    cut === null ? null : indicator ? boundOf(cut, indicator) : String(cut)
  return {
    kind: values.kind === 'special' ? ('range' as const) : values.kind,
    above: values.kind === 'range' ? bound(values.above) : null,
    upTo: values.kind === 'range' ? bound(values.upTo) : null,
    levels: values.kind === 'levels' ? [...values.levels] : [],
    ...{ good, bad, woe: round(woe), points },
  }
}

/** Statistics are told to four places; their intervals are far wider. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
