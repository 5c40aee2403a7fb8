import type { Monitoring, MonitoringList } from '#contract/monitoring.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { monitorScorecard } from '#server/model/monitor-scorecard.ts'
import { insertMonitoring, latestMonitorings } from '#server/model/monitoring.store.ts'
import { notify } from '#server/notice/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { jobsOfKind, type Progress, requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

export const monitoringJob = 'model.monitor'
const shown = 24

/** Queues a look at the scorecard that counts, beside the one of every month. */
export function requestMonitoring(context: Context): Promise<{ jobId: string } | Refusal> {
  return runCommand(
    context,
    { name: 'scorecard.request-monitoring', permission: 'policy:write', input: {} },
    async (tx) => ({ jobId: await requestJob(tx, context, monitoringJob, {}) }),
  )
}

export async function listMonitorings(db: Reader): Promise<MonitoringList> {
  const [latest] = await jobsOfKind(db, monitoringJob)
  const isRunning = latest?.state === 'waiting' || latest?.state === 'running'
  return { items: await latestMonitorings(db, shown), running: isRunning ? latest.id : null }
}

/** Looks at the scorecard, keeps what is seen, and tells those who answer for it what is wrong. */
export async function keepMonitoring(
  context: Context,
  progress: Progress,
): Promise<Pick<Monitoring, 'asOf' | 'alerts'> | Refusal> {
  const result = await monitorScorecard(context, progress)
  if (isRefusal(result)) return result
  const { alerts, asOf, versionId } = result
  return runCommand(
    context,
    {
      name: 'scorecard.monitor',
      permission: 'policy:write',
      input: { asOf, alerts: alerts.length },
      subject: versionId,
    },
    async (tx) => {
      await insertMonitoring(tx, newId(), result)
      if (alerts.length > 0) {
        await notify(tx, {
          ...{ kind: 'scorecard.drifts', roles: ['credit-manager', 'admin'], names: [] },
          partyId: null,
          subject: { zh: '评分卡需要检查', en: 'The scorecard wants looking at' },
          body: {
            zh: alerts.map(({ zh }) => zh).join('\n'),
            en: alerts.map(({ en }) => en).join('\n'),
          },
          path: '/policies/monitoring',
        })
      }
      return { asOf, alerts: [...alerts] }
    },
  )
}
