import type { Bins } from '#kernel/model/bins.ts'
import {
  fitModel,
  type Model,
  type ModelCharacteristic,
  type ModelSettings,
  usualSettings,
} from '#kernel/model/fit-model.ts'
import type { Direction } from '#kernel/model/optimal-binning.ts'
import type { TrainingTable } from '#kernel/model/table.ts'
import type { Scorecard } from '#kernel/scoring/scorecard.ts'
import type { LeftOut } from '#server/model/describe-book.ts'

export type Fit = {
  readonly model: Model
  readonly columns: TrainingTable['columns']
  /** The model of every column, by which they were chosen. */
  readonly all: Model
  readonly leftOut: readonly LeftOut[]
}

export const seed = usualSettings.seed

/** As many characteristics as the bads can carry, those that the model finds strongest. */
export function strongest(
  train: TrainingTable,
  most: number,
  byHand: Pick<ModelSettings, 'merges' | 'declared'>,
): Fit {
  const settings = { ...usualSettings, interactions: 0, ...byHand }
  const all = fitModel(train, settings)
  const strength = ({ coefficient, bins }: ModelCharacteristic) => coefficient * bins.iv
  const helping = all.characteristics
    .filter((each) => whyNot(each) === null)
    .sort((a, b) => strength(b) - strength(a))
  const ids = helping.slice(0, most).map(({ bins }) => bins.id)
  const columns = train.columns.filter(({ id }) => ids.includes(id))
  const model = fitModel({ ...train, columns }, settings)
  const unused = model.characteristics.filter(({ coefficient }) => coefficient === 0)
  const because = (why: LeftOut['why'], { bins }: ModelCharacteristic) => ({
    ...{ id: bins.id, why },
    iv: bins.iv,
  })
  const leftOut = [
    ...helping.slice(most).map((each) => because('beyond-bads', each)),
    ...unused.map((each) => because('no-help', each)),
    ...all.characteristics.flatMap((each) => {
      const why = whyNot(each)
      return why === null ? [] : [because(why, each)]
    }),
  ]
  return { model, columns, all, leftOut }
}

function whyNot({ bins, coefficient }: ModelCharacteristic): LeftOut['why'] | null {
  if (coefficient === 0) return 'no-help'
  return tellsByValue(bins) ? null : 'only-missing'
}

/** A card cannot ask only whether something is known: of the values two bins must differ. */
function tellsByValue({ counts, special }: Bins): boolean {
  return counts.length - special.length - 1 >= 2
}

/** What the card in force declares of its characteristics goes for the fitted one too. */
export function declaredBy({ characteristics }: Scorecard): ReadonlyMap<string, Direction> {
  return new Map(
    characteristics.flatMap(({ indicator, better }) =>
      better ? [[indicator, better === 'lower' ? 'ascending' : 'descending'] as const] : [],
    ),
  )
}

export function pick(table: TrainingTable, columns: TrainingTable['columns']): TrainingTable {
  const ids = columns.map(({ id }) => id)
  return { ...table, columns: table.columns.filter(({ id }) => ids.includes(id)) }
}
