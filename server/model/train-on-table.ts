import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { bookSizeOf } from '#kernel/model/book-size.ts'
import { crossValidate } from '#kernel/model/cross-validate.ts'
import { fitModel, logOddsBy, type Merge, usualSettings } from '#kernel/model/fit-model.ts'
import { findLeaks } from '#kernel/model/leaks.ts'
import { dataOf, figuresOf, linesOf, type ModelCard } from '#kernel/model/model-card.ts'
import type { LeftOut } from '#server/model/describe-book.ts'
import { readTable } from '#server/model/read-table.ts'

export type TableRequest = {
  readonly label: string
  readonly bad: string
  readonly without: readonly string[]
  readonly interactions: boolean
  readonly merges: readonly Merge[]
  /** What is done with columns that give the outcome away. */
  readonly leaks: 'keep' | 'leave-out'
}

export type TableAnswer = { readonly card: ModelCard; readonly leftOut: LeftOut[] } | Refusal

/** A model of an uploaded table, told by its card. What its columns mean is not ours to know. */
export function trainOnTable(path: string, request: TableRequest): ModelCard | Refusal {
  const trained = trainWithLeftOut(path, request)
  return isRefusal(trained) ? trained : trained.card
}

/** The same, with the columns that are no characteristics and why. */
export function trainWithLeftOut(path: string, request: TableRequest): TableAnswer {
  const read = readTable(path, request)
  if (isRefusal(read)) return read
  const leaks = findLeaks(read)
  const isLeftOut = (id: string) =>
    request.leaks === 'leave-out' && leaks.some((leak) => leak.id === id)
  const table = { ...read, columns: read.columns.filter(({ id }) => !isLeftOut(id)) }
  const { merges } = request
  const unknown = merges.find(({ id }) => !table.columns.some((column) => column.id === id))
  if (unknown)
    return refuse('invalid-input', `merge: "${unknown.id}" is no characteristic here.`, {
      zh: `合并分箱：“${unknown.id}”不是这里的特征。`,
    })
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
  const card: ModelCard = {
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
    leaks,
    scale: null,
    grades: [],
    limits: carried >= used ? [] : [tooFewBads(data.bads, used)],
  }
  return { card, leftOut: leftOutOf(card, request, leaks.map(({ id }) => id).filter(isLeftOut)) }
}

function leftOutOf(
  { characteristics }: ModelCard,
  { without }: TableRequest,
  leaks: readonly string[],
): LeftOut[] {
  const idle = characteristics.filter(({ coefficient }) => coefficient <= 0)
  return [
    ...without.map((id) => ({ id, why: 'asked' as const, iv: null })),
    ...leaks.map((id) => ({ id, why: 'leak' as const, iv: null })),
    ...idle.map(({ id, iv }) => ({ id, why: 'no-help' as const, iv })),
  ]
}

function tooFewBads(bads: number, used: number) {
  return {
    zh: `坏样本只有 ${bads} 个, 而用了 ${used} 个项目: 每个项目应有 10 个。`,
    en: `Only ${bads} bad cases for ${used} characteristics: there should be 10 for each.`,
  }
}
