import {
  type DraftOfModel,
  type ModelList,
  type ModelResult,
  type NewModel,
  type ShownModel,
  usualModel,
} from '#contract/model.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Job } from '#contract/system.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { knownIndicators } from '#kernel/indicator/known-indicators.ts'
import { monthEndsBefore } from '#server/model/collect-cases.ts'
import { monthsApart } from '#server/model/fit-cases.ts'
import type { TrainRequest } from '#server/model/train-model.ts'
import { isOfTable, whyNotTable } from '#server/model/train-on-uploaded.ts'
import { findTrainingTable } from '#server/model/training-table.store.ts'
import type { Reader } from '#server/platform/database.ts'
import { askedOfJob, jobsOfKind, requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { draftPolicy, publishedScoring, storedVersions } from '#server/policy/public.ts'

export const modelJob = 'model.train'

/** Queues the training of a scorecard; what cannot be trained at all is told at once. */
export async function requestModel(
  context: Context,
  asked: NewModel,
): Promise<{ jobId: string } | Refusal> {
  const wrong = isOfTable(asked)
    ? await whyNotTable(context.db, asked)
    : await whyNot(context, requestOf(asked))
  if (wrong) return wrong
  const input = asked as unknown as Canonical
  return runCommand(
    context,
    { name: 'model.request', permission: 'policy:write', input: { asked: input } },
    async (tx) => ({ jobId: await requestJob(tx, context, modelJob, input) }),
  )
}

/** With what is taken where nothing was said. */
export function requestOf({ table: _, ...asked }: NewModel): TrainRequest {
  return { without: [], merges: [], ...usualModel, ...asked }
}

async function whyNot(context: Context, asked: TrainRequest): Promise<Refusal | undefined> {
  const scoring = await publishedScoring(context.db)
  if (isRefusal(scoring)) return scoring
  const known = new Set(
    knownIndicators(scoring.definitions?.defined ?? null).map((each) => each.id),
  )
  const named = { without: asked.without, merges: asked.merges.map(({ id }) => id) }
  for (const [field, ids] of Object.entries(named)) {
    const unknown = ids.find((id) => !known.has(id))
    if (unknown === undefined) continue
    const detail = `${field}: there is no indicator "${unknown}". GET /api/indicators lists them.`
    return refuse('invalid-input', detail, { zh: `${field}：没有指标“${unknown}”。` })
  }
  const both = asked.merges.find(({ id }) => asked.without.includes(id))
  if (both) {
    const detail = `merges: "${both.id}" is left out by without: take it out of one of them.`
    return refuse('invalid-input', detail, {
      zh: `merges：指标“${both.id}”已被剔除，不能再合并它的分箱。`,
    })
  }
  return tooFewMonths(context, asked)
}

/** Later months test what is fitted to earlier ones, with a horizon between them. */
function tooFewMonths(
  context: Context,
  { horizonDays, months }: TrainRequest,
): Refusal | undefined {
  const isEnough = (count: number) =>
    monthsApart(monthEndsBefore(context.today, horizonDays, count), horizonDays) !== null
  if (isEnough(months)) return undefined
  let needed = months
  while (!isEnough(needed)) needed += 1
  return refuse(
    'invalid-input',
    `months: ${months} month ends are too few for a horizon of ${horizonDays} days, as none is left ` +
      `to test on. Choose at least ${needed} months or a shorter horizon.`,
    {
      needed,
      zh:
        `学习月份：表现期 ${horizonDays} 天时，${months} 个月太少，无法留出跨期验证的月份。` +
        `请至少选 ${needed} 个月，或缩短表现期。`,
    },
  )
}

/** The latest trainings, whatever became of them. */
export async function listModels(db: Reader): Promise<ModelList> {
  const jobs = await jobsOfKind(db, modelJob)
  const names = await tableNames(db, jobs)
  return {
    items: jobs.map((job) => {
      const { horizonDays, months, thresholdDays } = requestOf(job.input as NewModel)
      const result = resultOf(job)
      return {
        ...keptReply(job),
        ...{ thresholdDays, horizonDays, months, table: names.get(job.id) ?? null },
        kind: result?.kind ?? null,
        ...{ cases: result?.cases ?? null, bads: result?.bads ?? null },
        characteristics: result?.characteristics.length ?? null,
        auc: result?.inSample?.quality?.auc.value ?? null,
        aucOutOfTime: result?.outOfTime?.quality?.auc.value ?? null,
      }
    }),
  }
}

export async function showModel(db: Reader, id: string): Promise<ShownModel | Refusal> {
  const job = await askedOfJob(db, modelJob, id)
  if (!job) return refuse('not-found', 'There is no such model.')
  const result = resultOf(job)
  const draft = result?.draft ?? null
  const found = draft === null ? [] : await storedVersions(db, { ids: [draft.id] })
  return {
    ...keptReply(job),
    asked: requestShown(job.input as NewModel),
    table: (await tableNames(db, [job])).get(job.id) ?? null,
    ...{ result, isDraftKept: found.length > 0, problem: problemOf(job) },
  }
}

/** Drafts the scorecard of a model again, whose first draft was replaced or could not be kept. */
export async function draftModel(
  context: Context,
  id: string,
  { replaces = null }: DraftOfModel,
): Promise<{ id: string; number: number } | Refusal> {
  const shown = await showModel(context.db, id)
  if (isRefusal(shown)) return shown
  const { result } = shown
  if (result === null)
    return refuse('wrong-state', 'The model was not trained to its end.', {
      zh: '这次训练没有完成，没有可存的评分卡。',
    })
  if (shown.table !== null) {
    const { en = '', zh = '' } = result.notDrafted ?? {}
    return refuse('wrong-state', en, { zh })
  }
  const { document, note } = result
  return draftPolicy(context, { kind: 'scorecard', document, note, replaces })
}

/** The drafts that trainings wrote, and nobody has edited since. */
export async function draftsOfModels(db: Reader): Promise<ReadonlySet<string>> {
  const jobs = await jobsOfKind(db, modelJob)
  return new Set(jobs.flatMap((job) => resultOf(job)?.draft?.id ?? []))
}

function requestShown(asked: NewModel): ShownModel['asked'] {
  const { merges, without, ...rest } = requestOf(asked)
  const { table } = asked
  return { ...rest, ...(table && { table }), merges: [...merges], without: [...without] }
}

function keptReply({ createdAt, finishedAt, id, message, requestedBy, state }: Job) {
  return { id, state, message, requestedBy, createdAt, finishedAt }
}

function resultOf({ result, state }: Job): ModelResult | null {
  return state === 'done' ? (result as ModelResult) : null
}

function problemOf({ message, messageZh, state }: Job): ShownModel['problem'] {
  if (state !== 'failed' || message === null) return null
  return { zh: messageZh ?? message, en: message }
}

/** The names of the tables that trainings learned from, by training. */
async function tableNames(
  db: Reader,
  jobs: readonly { readonly id: string; readonly input: unknown }[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const { id, input } of jobs) {
    const { table } = input as NewModel
    const found = table && (await findTrainingTable(db, table.id))
    if (found) names.set(id, found.fileName)
  }
  return names
}
