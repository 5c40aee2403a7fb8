import { auditJobs } from '#server/audit/jobs.ts'
import { auditRoutes } from '#server/audit/routes.ts'
import { checkJobs } from '#server/check/jobs.ts'
import { checkRoutes } from '#server/check/routes.ts'
import { companyRoutes } from '#server/company/routes.ts'
import { customerJobs } from '#server/customer/jobs.ts'
import { customerRoutes } from '#server/customer/routes.ts'
import { exposureJobs } from '#server/exposure/jobs.ts'
import { exposureRoutes } from '#server/exposure/routes.ts'
import { fileRoutes } from '#server/file/routes.ts'
import { importJobs } from '#server/import/jobs.ts'
import { importRoutes } from '#server/import/routes.ts'
import { indicatorRoutes } from '#server/indicator/routes.ts'
import { labJobs } from '#server/lab/jobs.ts'
import { labRoutes } from '#server/lab/routes.ts'
import { liveRoutes } from '#server/live/routes.ts'
import { modelJobs } from '#server/model/jobs.ts'
import { modelRoutes } from '#server/model/routes.ts'
import { noticeJobs } from '#server/notice/jobs.ts'
import { noticeRoutes } from '#server/notice/routes.ts'
import { orderJobs } from '#server/order/jobs.ts'
import { orderRoutes } from '#server/order/routes.ts'
import { partyJobs } from '#server/party/jobs.ts'
import { partyRoutes } from '#server/party/routes.ts'
import type { JobKind } from '#server/platform/job.ts'
import type { Route } from '#server/platform/route.ts'
import { policyJobs } from '#server/policy/jobs.ts'
import { policyRoutes } from '#server/policy/routes.ts'
import { receivableJobs } from '#server/receivable/jobs.ts'
import { receivableRoutes } from '#server/receivable/routes.ts'
import { reportJobs } from '#server/report/jobs.ts'
import { reportRoutes } from '#server/report/routes.ts'
import { scoringJobs } from '#server/scoring/jobs.ts'
import { scoringRoutes } from '#server/scoring/routes.ts'
import { systemRoutes } from '#server/system/routes.ts'
import { userRoutes } from '#server/user/routes.ts'

/** Every URL and every kind of job, room by room. */
export const allRoutes: readonly Route[] = [
  ...systemRoutes,
  ...userRoutes,
  ...companyRoutes,
  ...auditRoutes,
  ...liveRoutes,
  ...noticeRoutes,
  ...partyRoutes,
  ...exposureRoutes,
  ...checkRoutes,
  ...orderRoutes,
  ...receivableRoutes,
  ...importRoutes,
  ...indicatorRoutes,
  ...policyRoutes,
  ...scoringRoutes,
  ...fileRoutes,
  ...labRoutes,
  ...modelRoutes,
  ...customerRoutes,
  ...reportRoutes,
]

export const allJobs: readonly JobKind[] = [
  ...auditJobs,
  ...checkJobs,
  ...customerJobs,
  ...exposureJobs,
  ...importJobs,
  ...labJobs,
  ...modelJobs,
  ...noticeJobs,
  ...orderJobs,
  ...partyJobs,
  ...policyJobs,
  ...receivableJobs,
  ...reportJobs,
  ...scoringJobs,
]
