import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { bookSizeOf } from '#kernel/model/book-size.ts'
import { crossValidate } from '#kernel/model/cross-validate.ts'
import { fitModel, logOddsBy, type Merge, usualSettings } from '#kernel/model/fit-model.ts'
import { findLeaks } from '#kernel/model/leaks.ts'
import { dataOf, figuresOf, linesOf, type ModelCard } from '#kernel/model/model-card.ts'
import { readTable } from '#server/model/read-table.ts'

export type TableRequest = {
  readonly label: string
  readonly bad: string
  readonly without: readonly string[]
  readonly interactions: boolean
  readonly merges: readonly Merge[]
}

/** A model of an uploaded table, told by its card. What its columns mean is not ours to know. */
export function trainOnTable(path: string, request: TableRequest): ModelCard | Refusal {
  const table = readTable(path, request)
  if (isRefusal(table)) return table
  const { merges } = request
  const unknown = merges.find(({ id }) => !table.columns.some((column) => column.id === id))
  if (unknown) return refuse('invalid-input', `merge: "${unknown.id}" is no characteristic here.`)
  const interactions = request.interactions ? usualSettings.interactions : 0
  const settings = { ...usualSettings, interactions, merges }
  const performance = crossValidate(table, { folds: 5, seed: settings.seed }, (train) => {
    const model = fitModel(train, settings)
    return (test) => logOddsBy(model, test)
  })
  const model = fitModel(table, settings)
  const idOf = (at: number) => table.columns[at]?.id ?? ''
  const data = dataOf(table)
  const size = bookSizeOf(data.badGroups)
  const carried = size.kind === 'model' ? size.characteristics : 0
  const used = model.characteristics.filter(({ coefficient }) => coefficient > 0).length
  return {
    kind: 'fitted',
    data,
    label: { zh: `${request.label} = ${request.bad}`, en: `${request.label} is ${request.bad}.` },
    days: null,
    folds: { count: 5, seed: settings.seed, by: 'row' },
    figures: figuresOf(performance, table),
    outOfTime: null,
    characteristics: linesOf(model, table.columns),
    interactions: model.interactions.map(({ first, second }) => ({
      first: idOf(first),
      second: idOf(second),
    })),
    leaks: findLeaks(table),
    scale: null,
    grades: [],
    limits: carried >= used ? [] : [tooFewBads(data.bads, used)],
  }
}

function tooFewBads(bads: number, used: number) {
  return {
    zh: `坏样本只有 ${bads} 个, 而用了 ${used} 个项目: 每个项目应有 10 个。`,
    en: `Only ${bads} bad cases for ${used} characteristics: there should be 10 for each.`,
  }
}
