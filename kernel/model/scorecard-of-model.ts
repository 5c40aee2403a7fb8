import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { ModelCharacteristic } from '#kernel/model/fit-model.ts'
import type { PointTable } from '#kernel/model/points.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import type { Characteristic, Scorecard } from '#kernel/scoring/scorecard.ts'

/**
 * The scorecard that gives the points of a model: a policy like any other. Scale and rules (floors,
 * requirements, knock-outs) are those of the card in force, since they are judgement, not
 * statistics. `levels` are the texts of an indicator by their code.
 */
export function scorecardOfModel(
  characteristics: readonly ModelCharacteristic[],
  table: PointTable,
  of: {
    readonly inForce: Scorecard
    readonly indicators: ReadonlyMap<string, Indicator>
    readonly levels: ReadonlyMap<string, readonly string[]>
  },
): Scorecard {
  const chosen = characteristics.flatMap((each, at): Characteristic[] => {
    const indicator = of.indicators.get(each.bins.id)
    const points = table.points[at]
    if (!indicator || !points?.some((own) => own > 0)) return []
    return [characteristicOf(each, points, indicator, of.levels.get(indicator.id) ?? [])]
  })
  return {
    ...of.inForce,
    id: 'fitted',
    label: { zh: '历史数据评分卡', en: 'Scorecard fitted to history' },
    dimensions: [{ id: 'model', label: { zh: '历史数据模型', en: 'Model from history' } }],
    characteristics: chosen,
  }
}

function characteristicOf(
  { bins, woe, coefficient }: ModelCharacteristic,
  points: readonly number[],
  indicator: Indicator,
  levels: readonly string[],
): Characteristic {
  const common = {
    indicator: indicator.id,
    dimension: 'model',
    missing: textOf(points.at(-1) ?? 0),
  }
  if (bins.values.kind === 'category') {
    const ofLevel = new Map(
      bins.values.levelsOf.flatMap((codes, bin) => codes.map((code) => [code, points[bin] ?? 0])),
    )
    const choices = levels.map((is, code) => ({ is, points: textOf(ofLevel.get(code) ?? 0) }))
    if (indicator.unit === 'yes-no') return { ...common, choices }
    const otherwise = textOf(neutralPoints(points, woe, coefficient))
    return { ...common, choices: [...choices, { is: 'otherwise', points: otherwise }] }
  }
  const { cuts } = bins.values
  const own = points.slice(0, cuts.length + 1)
  const isRising = own.every((each, at) => at === 0 || each >= (own[at - 1] ?? 0))
  const isFalling = own.every((each, at) => at === 0 || each <= (own[at - 1] ?? 0))
  const better = isFalling ? ('lower' as const) : isRising ? ('higher' as const) : undefined
  return {
    ...common,
    ...(better === undefined || own.length < 2 ? {} : { better }),
    bins: own.map((each, at) => {
      const cut = cuts[at]
      const upTo = cut === undefined ? {} : { upTo: boundOf(cut, indicator) }
      return { ...upTo, points: textOf(each) }
    }),
  }
}

/** A text that was never seen says nothing: the points of weight 0, between those of its bins. */
function neutralPoints(
  points: readonly number[],
  woe: readonly number[],
  coefficient: number,
): number {
  const worst = Math.max(...woe)
  const best = Math.min(...woe)
  const most = Math.max(...points)
  return coefficient === 0 || worst === best ? 0 : Math.max(0, (most * worst) / (worst - best))
}

/** A bound of a bin as it is written in a policy. */
export function boundOf(cut: number, indicator: Indicator): string {
  const scaled = BigInt(cut)
  return indicator.unit === 'percent'
    ? `${scaledToDecimal(scaled, indicator.decimals - 2)}%`
    : scaledToDecimal(scaled, indicator.decimals)
}

function textOf(points: number): string {
  return points.toFixed(2)
}
