import type { Label } from '#kernel/document/label.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type {
  PreparedCharacteristic,
  PreparedScorecard,
} from '#kernel/scoring/prepare-scorecard.ts'
import type { Adjustment, PointsGiven, Rating } from '#kernel/scoring/rate-party.ts'
import { pointsText, valueText } from '#kernel/scoring/value-text.ts'

/**
 * A rating in sentences, with the party's own values: the score, what lost points (most first),
 * what was not known, the rules that fired, the override. Chinese and English say the same.
 */
export function explainRating(scorecard: PreparedScorecard, rating: Rating): Label[] {
  const sentences = [scoreSentence(rating)]
  for (const index of rating.reasons) {
    const given = rating.points[index]
    const characteristic = scorecard.characteristics[index]
    if (given && characteristic) sentences.push(pointsSentence(characteristic, given))
  }
  rating.points.forEach((given, index) => {
    const characteristic = scorecard.characteristics[index]
    if (characteristic && given.maximum === 0 && given.bin === 'missing') {
      sentences.push(neutralSentence(characteristic))
    }
  })
  sentences.push(...rating.adjustments.map(adjustmentSentence))
  return [...sentences, ...overrideSentences(rating)]
}

/** One characteristic: "逾期天数 75 天 > 60 天: 得 0 分, 满分 12 分". */
function pointsSentence(of: PreparedCharacteristic, given: PointsGiven): Label {
  const value = valueText(of.indicator, given.value)
  const place = placeText(of, given)
  const points = pointsText(given.points)
  const maximum = pointsText(given.maximum)
  return {
    zh: `${of.label.zh} ${value.zh}${place.zh}: 得 ${points} 分, 满分 ${maximum} 分`,
    en: `${of.label.en} ${value.en}${place.en}: ${points} of ${maximum} points`,
  }
}

function scoreSentence(rating: Rating): Label {
  const score = pointsText(rating.score)
  const { known, asked, gradeByScore } = rating
  return {
    zh: `得分 ${score}, 按分数为 ${gradeByScore} 级 (${asked} 项中已知 ${known} 项)`,
    en: `Score ${score}, grade ${gradeByScore} by score (${known} of ${asked} values known)`,
  }
}

function placeText(of: PreparedCharacteristic, given: PointsGiven): Label {
  if (given.bin === 'missing' || of.measure.kind !== 'bins') return { zh: '', en: '' }
  const label = of.parts[given.bin]?.label
  if (label) return { zh: ` (${label.zh})`, en: ` (${label.en})` }
  const low = of.measure.highs[given.bin - 1]
  const high = of.measure.highs[given.bin]
  const from = low === undefined ? null : lowerEdge(of.indicator, low)
  const to = high === undefined ? null : upperEdge(of.indicator, high)
  if (from && to) {
    return { zh: ` (${from.zh} 且 ${to.zh})`, en: ` (${from.en} and ${to.en})` }
  }
  const edge = from ?? to
  return edge ? { zh: ` ${edge.zh}`, en: ` ${edge.en}` } : { zh: '', en: '' }
}

/** Above the bin before: `> 15 days`, or `≥ 1.5` where that is the rounder number. */
function lowerEdge(indicator: Indicator, below: bigint): Label {
  return isRounder(below + 1n, below)
    ? edgeText('≥', valueText(indicator, below + 1n))
    : edgeText('>', valueText(indicator, below))
}

function upperEdge(indicator: Indicator, high: bigint): Label {
  return isRounder(high + 1n, high)
    ? edgeText('<', valueText(indicator, high + 1n))
    : edgeText('≤', valueText(indicator, high))
}

function edgeText(sign: string, value: Label): Label {
  return { zh: `${sign} ${value.zh}`, en: `${sign} ${value.en}` }
}

/** Whether a number has more zeros at its end than another. */
function isRounder(a: bigint, b: bigint): boolean {
  const zeros = (value: bigint) => /0*$/.exec(String(value))?.[0].length ?? 0
  return zeros(a) > zeros(b) && String(a).length > 1
}

function neutralSentence(of: PreparedCharacteristic): Label {
  return {
    zh: `${of.label.zh} 无数据: 不计分, 其余项目按比例折算`,
    en: `${of.label.en} is not known: left out, the others weigh more`,
  }
}

function adjustmentSentence({ kind, from, to, reason }: Adjustment): Label {
  const names = {
    floor: { zh: '保底', en: 'Floor' },
    requirement: { zh: '等级条件未满足', en: 'Requirement not met' },
    'knock-out': { zh: '一票否决', en: 'Knock-out' },
  }
  const { zh, en } = names[kind]
  const change =
    from === to
      ? { zh: `等级仍为 ${to}`, en: `stays ${to}` }
      : { zh: `${from} → ${to}`, en: `${from} → ${to}` }
  return { zh: `${zh}: ${reason.zh} (${change.zh})`, en: `${en}: ${reason.en} (${change.en})` }
}

function overrideSentences(rating: Rating): Label[] {
  if (rating.override.kind === 'none') return []
  const { grade, by, reason, expiresOn } = rating.override.override
  switch (rating.override.kind) {
    case 'applied': {
      const { from } = rating.override
      return [
        {
          zh: `人工调整: ${by} 将 ${from} 调为 ${grade}, 有效至 ${expiresOn}, 理由: ${reason}`,
          en: `Override: ${by} moved ${from} to ${grade} until ${expiresOn}, because: ${reason}`,
        },
      ]
    }
    case 'expired':
      return [
        {
          zh: `${by} 的人工调整 (${grade}) 已于 ${expiresOn} 到期, 不再适用`,
          en: `The override to ${grade} by ${by} expired on ${expiresOn} and no longer counts`,
        },
      ]
    case 'unknown-grade':
      return [
        {
          zh: `${by} 的人工调整不适用: 等级表中没有 ${grade}`,
          en: `The override by ${by} does not count: the scale has no grade ${grade}`,
        },
      ]
  }
}
