import type { ModelResult, NewModel } from '#contract/model.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { modelReply } from '#server/model/model-reply.ts'
import { draftsOfModels, requestOf } from '#server/model/models.ts'
import { trainOnLedger } from '#server/model/train-model.ts'
import { isOfTable, trainOnUploaded } from '#server/model/train-on-uploaded.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy, storedVersions } from '#server/policy/public.ts'

/**
 * Trains a scorecard and drafts it. A change of the scorecard that a person wrote stays where it is:
 * then the model is kept without a draft and says so.
 */
export async function keepModel(
  context: Context,
  asked: NewModel,
  progress: Progress,
): Promise<ModelResult | Refusal> {
  if (isOfTable(asked)) return trainOnUploaded(context, asked, progress)
  const trained = await trainOnLedger(context, requestOf(asked), progress)
  if (isRefusal(trained)) return trained
  const told = modelReply(trained, context.today)
  const draft = await draftBesideOthers(context, told)
  return isRefusal(draft)
    ? { ...told, draft: null, notDrafted: whyNotDrafted(draft) }
    : { ...told, draft, notDrafted: null }
}

async function draftBesideOthers(
  context: Context,
  { document, note }: Pick<ModelResult, 'document' | 'note'>,
): Promise<{ id: string; number: number } | Refusal> {
  const draft = { kind: 'scorecard' as const, document, note }
  const first = await draftPolicy(context, { ...draft, replaces: null })
  if (!isRefusal(first)) return first
  const inTheWay = String(first.refused.facts?.id ?? '')
  if (first.refused.kind !== 'conflict' || !(await draftsOfModels(context.db)).has(inTheWay)) {
    return first
  }
  const [version] = await storedVersions(context.db, { ids: [inTheWay] })
  return draftPolicy(context, { ...draft, replaces: version?.hash ?? null })
}

function whyNotDrafted({ refused: { detail, facts, kind } }: Refusal): ModelResult['notDrafted'] {
  const { by, number, zh } = facts ?? {}
  if (kind === 'conflict') {
    return {
      zh: `${by} 写的评分卡草稿还在，没有被替换。`,
      en: `A draft of the scorecard by ${by} is there and was not replaced.`,
    }
  }
  if (number !== undefined) {
    return {
      zh: `评分卡第 ${number} 版正在审批，其间不能存新的草稿。`,
      en: `Version ${number} of the scorecard waits for a decision: no other is drafted meanwhile.`,
    }
  }
  return { zh: typeof zh === 'string' ? zh : detail, en: detail }
}
