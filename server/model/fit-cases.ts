import { addDays, day } from '#kernel/calendar/day.ts'
import type { Bins } from '#kernel/model/bins.ts'
import type { Case } from '#kernel/model/cases.ts'
import { crossValidate } from '#kernel/model/cross-validate.ts'
import {
  fitModel,
  logOddsBy,
  type Model,
  type ModelSettings,
  usualSettings,
} from '#kernel/model/fit-model.ts'
import {
  dataOf,
  figuresOf,
  linesOf,
  type ModelCard,
  outOfTimeOf,
} from '#kernel/model/model-card.ts'
import type { Direction } from '#kernel/model/optimal-binning.ts'
import { chanceAtScore, pointTable } from '#kernel/model/points.ts'
import { scorecardOfModel } from '#kernel/model/scorecard-of-model.ts'
import { rowsOf, type TrainingTable } from '#kernel/model/table.ts'
import {
  type Book,
  cardOf,
  commonLimits,
  type FitRequest,
  type Made,
} from '#server/model/describe-book.ts'

/** The last fifth of the months, at least one, is kept to test what was fitted to the earlier. */
const laterShare = 0.2

/** Fits as many characteristics as the bads can carry and tells all that is to be known of it. */
export function fitCases(of: Book, most: number): Made {
  const { cases, table, request } = of
  const settings = {
    ...usualSettings,
    interactions: 0,
    merges: request.merges,
    declared: declaredBy(of.inForce),
  }
  const fit = (train: TrainingTable) => strongest(train, most, settings)
  const performance = crossValidate(table, { folds: 5, seed: settings.seed }, (train) => {
    const { model, columns } = fit(train)
    return (test) => logOddsBy(model, pick(test, columns))
  })
  const { model, columns } = fit(table)
  const points = pointTable(model, performance.calibration, request)
  const document = scorecardOfModel(model.characteristics, points, {
    inForce: of.inForce,
    indicators: new Map(of.indicators.map((each) => [each.id, each])),
    levels: new Map(
      columns.flatMap((each) =>
        each.kind === 'category' ? [[each.id, each.levels] as const] : [],
      ),
    ),
  })
  const card: ModelCard = {
    ...cardOf(of, commonLimits),
    kind: 'fitted',
    figures: figuresOf(performance),
    outOfTime: laterOf(cases, table, request, fit),
    characteristics: linesOf(model, columns),
    grades: of.prepared.grades.map((grade, at) => ({
      grade,
      chance: chanceAtScore(points, (of.prepared.minimumScores[at] ?? 0) / 100),
    })),
    scale: { pdo: request.pdo, baseScore: request.baseScore, baseOdds: request.baseOdds },
  }
  return { card, document }
}

/** What the card in force declares of its characteristics goes for the fitted one too. */
function declaredBy({ characteristics }: Book['inForce']): ReadonlyMap<string, Direction> {
  return new Map(
    characteristics.flatMap(({ indicator, better }) =>
      better ? [[indicator, better === 'lower' ? 'ascending' : 'descending'] as const] : [],
    ),
  )
}

type Fit = { readonly model: Model; readonly columns: TrainingTable['columns'] }

/** As many characteristics as the bads can carry, those that the model finds strongest. */
function strongest(train: TrainingTable, most: number, settings: ModelSettings): Fit {
  const all = fitModel(train, settings)
  const strength = ({ coefficient, bins }: Model['characteristics'][number]) =>
    coefficient * bins.iv
  const ids = [...all.characteristics]
    .filter(({ coefficient, bins }) => coefficient > 0 && tellsByValue(bins))
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, most)
    .map(({ bins }) => bins.id)
  const columns = train.columns.filter(({ id }) => ids.includes(id))
  return { model: fitModel({ ...train, columns }, settings), columns }
}

/** A card cannot ask only whether something is known: of the values two bins must differ. */
function tellsByValue({ counts, special }: Bins): boolean {
  return counts.length - special.length - 1 >= 2
}

function pick(table: TrainingTable, columns: TrainingTable['columns']): TrainingTable {
  const ids = columns.map(({ id }) => id)
  return { ...table, columns: table.columns.filter(({ id }) => ids.includes(id)) }
}

/** Fitted to early months, tested on the last ones; between them a gap as long as the horizon. */
function laterOf(
  cases: readonly Case[],
  table: TrainingTable,
  { horizonDays }: FitRequest,
  fit: (train: TrainingTable) => Fit,
): ModelCard['outOfTime'] {
  const days = [...new Set(cases.map(({ asOf }) => asOf))].sort()
  const firstLater = days[Math.min(days.length - 1, Math.floor(days.length * (1 - laterShare)))]
  if (firstLater === undefined) return null
  const lastEarly = addDays(day(firstLater), -horizonDays)
  const rows = (isIn: (asOf: string) => boolean) =>
    Int32Array.from(cases.flatMap(({ asOf }, row) => (isIn(asOf) ? [row] : [])))
  const early = rowsOf(
    table,
    rows((asOf) => asOf <= lastEarly),
  )
  const later = rowsOf(
    table,
    rows((asOf) => asOf >= firstLater),
  )
  const { bads, cases: count } = dataOf(early)
  if (bads < 10 || bads === count || later.bad.length === 0) return null
  const { model, columns } = fit(early)
  const score = (of: TrainingTable) => logOddsBy(model, pick(of, columns))
  return outOfTimeOf(score(early), score(later), later.bad)
}
