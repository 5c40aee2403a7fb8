import type { ModelResult, NewModel } from '#contract/model.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { ModelCard } from '#kernel/model/model-card.ts'
import { inThread } from '#server/model/in-thread.ts'
import { modelReply } from '#server/model/model-reply.ts'
import type { TableAnswer, TableRequest } from '#server/model/train-on-table.ts'
import { keptTable, tablePath } from '#server/model/upload-table.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'

type OfTable = NewModel & { readonly table: NonNullable<NewModel['table']> }

export function isOfTable(asked: NewModel): asked is OfTable {
  return asked.table !== undefined
}

/** Why a table cannot be trained on as it is asked; undefined where it can. */
export async function whyNotTable(db: Reader, asked: OfTable): Promise<Refusal | undefined> {
  const table = await keptTable(db, asked.table.id)
  if (isRefusal(table)) return table
  const { merges = [], without = [] } = asked
  const names = [asked.table.label, ...without, ...merges.map(({ id }) => id)]
  const unknown = names.find((name) => !table.columns.some((column) => column.name === name))
  if (unknown === undefined) return undefined
  return refuse('invalid-input', `The table has no column "${unknown}".`, {
    zh: `表里没有“${unknown}”这一列。`,
  })
}

/**
 * Trains on an uploaded table, in a thread of its own. Its columns are no indicators, so nothing is
 * drafted from it.
 */
export async function trainOnUploaded(
  context: Context,
  asked: OfTable,
  progress: Progress,
): Promise<ModelResult | Refusal> {
  const wrong = await whyNotTable(context.db, asked)
  if (wrong) return wrong
  const request: TableRequest = {
    ...{ label: asked.table.label, bad: asked.table.bad, without: asked.without ?? [] },
    interactions: asked.table.pairs ?? false,
    ...{ merges: asked.merges ?? [], leaks: asked.leaks ?? 'leave-out' },
  }
  const script = new URL('./table-worker.ts', import.meta.url)
  const answer = await inThread<TableAnswer>(
    script,
    { path: tablePath(asked.table.id), request },
    progress,
  )
  if (isRefusal(answer)) return answer
  const { card, leftOut } = answer
  const told = modelReply(
    {
      card: { ...card, leftOut, months: [], byHand: null },
      ...{ document: noScorecard, indicators: [], note: '' },
    },
    context.today,
  )
  return { ...told, limits: [...told.limits, ...limitsOf(card)], draft: null, notDrafted }
}

const noScorecard = { characteristics: [] } as never

const notDrafted = {
  zh: '表里的列不是系统里的指标，所以没有生成评分卡草稿。要用于评级，请先把这些数据登记为指标。',
  en: 'The columns of a table are no indicators, so no scorecard is drafted. To rate by them, keep them as facts first.',
}

function limitsOf({ data, interactions }: ModelCard) {
  const pairs = interactions.map(({ first, second }) => `${first} × ${second}`)
  return [
    ...(pairs.length === 0
      ? []
      : [
          {
            zh: `还用了两列的组合：${pairs.join('、')}。组合不显示分箱，也不能写进评分卡。`,
            en: `Pairs of columns are used too: ${pairs.join(', ')}. They have no bins here, and no place in a scorecard.`,
          },
        ]),
    {
      zh: `每行算一个独立的客户（${data.cases} 行）：同一客户有多行时，区间会偏窄。`,
      en: `Each row counts as a customer of its own (${data.cases} rows): where one has several, intervals are too narrow.`,
    },
    {
      zh: '没有日期，不能跨期验证：只知道对同一时期的其他客户有多准。',
      en: 'Rows have no day, so nothing is tested out of time: it is known for others of the same time only.',
    },
  ]
}
