import { IdParams, WriteQuery } from '#contract/common.ts'
import { DraftOfModel, ModelList, NewModel, ShownModel } from '#contract/model.ts'
import { MonitoringList } from '#contract/monitoring.ts'
import { refuse } from '#contract/problem.ts'
import { QueuedJob } from '#contract/system.ts'
import { TrainingTable } from '#contract/training-table.ts'
import { draftModel, listModels, requestModel, showModel } from '#server/model/models.ts'
import { listMonitorings, requestMonitoring } from '#server/model/monitorings.ts'
import { keptTable, uploadTable } from '#server/model/upload-table.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'model'

export const modelRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/models',
    reach: 'company',
    tag,
    summary: "Fit a scorecard to the company's own ledger; a job answers",
    access: 'policy:write',
    commands: ['model.request'],
    query: WriteQuery,
    body: NewModel,
    reply: QueuedJob,
    handle: ({ body, context }) => requestModel(context, body),
  }),
  route({
    method: 'GET',
    path: '/api/models',
    reach: 'company',
    tag,
    summary: 'The latest scorecards from history',
    access: 'policy:write',
    commands: [],
    reply: ModelList,
    handle: ({ context }) => listModels(context.db),
  }),
  route({
    method: 'GET',
    path: '/api/models/:id',
    reach: 'company',
    tag,
    summary: 'A scorecard from history with its model card',
    access: 'policy:write',
    commands: [],
    params: IdParams,
    reply: ShownModel,
    handle: ({ context, params }) => showModel(context.db, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/models/:id/drafts',
    reach: 'company',
    tag,
    summary: 'Draft the scorecard of a model again',
    access: 'policy:write',
    commands: ['policy.draft'],
    params: IdParams,
    query: WriteQuery,
    body: DraftOfModel,
    handle: ({ body, context, params }) => draftModel(context, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/api/scorecard-monitoring',
    reach: 'company',
    tag,
    summary: 'How the scorecard that counts keeps up with its customers, month by month',
    access: 'policy:write',
    commands: [],
    reply: MonitoringList,
    handle: ({ context }) => listMonitorings(context.db),
  }),
  route({
    method: 'POST',
    path: '/api/scorecard-monitoring',
    reach: 'company',
    tag,
    summary: 'Look at the scorecard now; a job answers',
    access: 'policy:write',
    commands: ['scorecard.request-monitoring'],
    query: WriteQuery,
    reply: QueuedJob,
    handle: ({ context }) => requestMonitoring(context),
  }),
  route({
    method: 'POST',
    path: '/api/model-tables',
    reach: 'company',
    tag,
    summary: 'Upload a table (CSV or Excel, columns named in the first row) to train a model on',
    access: 'policy:write',
    commands: ['model.upload-table'],
    query: WriteQuery,
    upload: true,
    reply: TrainingTable,
    handle: ({ context, upload }) =>
      upload
        ? uploadTable(context, { path: upload.path, fileName: upload.fileName })
        : Promise.resolve(refuse('invalid-input', 'There is no file in the form.')),
  }),
  route({
    method: 'GET',
    path: '/api/model-tables/:id',
    reach: 'company',
    tag,
    summary: 'An uploaded table and what its columns hold',
    access: 'policy:write',
    commands: [],
    params: IdParams,
    reply: TrainingTable,
    handle: ({ context, params }) => keptTable(context.db, params.id),
  }),
]
