import { auditSamples } from '#server/audit/route-samples.ts'
import { checkSamples } from '#server/check/route-samples.ts'
import { companySamples } from '#server/company/route-samples.ts'
import { customerSamples } from '#server/customer/route-samples.ts'
import { exposureSamples } from '#server/exposure/route-samples.ts'
import { fileSamples } from '#server/file/route-samples.ts'
import { importSamples } from '#server/import/route-samples.ts'
import { indicatorSamples } from '#server/indicator/route-samples.ts'
import { labSamples } from '#server/lab/route-samples.ts'
import { modelSamples } from '#server/model/route-samples.ts'
import { noticeSamples } from '#server/notice/route-samples.ts'
import { orderSamples } from '#server/order/route-samples.ts'
import { partySamples } from '#server/party/route-samples.ts'
import type { RouteSamples } from '#server/platform/route-sample.ts'
import { policySamples } from '#server/policy/route-samples.ts'
import { receivableSamples } from '#server/receivable/route-samples.ts'
import { scoringSamples } from '#server/scoring/route-samples.ts'
import { systemSamples } from '#server/system/route-samples.ts'
import { userSamples } from '#server/user/route-samples.ts'

/** A request for every route that writes, by `METHOD path`, but those about holds. */
export const plainSamples: RouteSamples = {
  ...auditSamples,
  ...checkSamples,
  ...companySamples,
  ...customerSamples,
  ...exposureSamples,
  ...fileSamples,
  ...importSamples,
  ...indicatorSamples,
  ...labSamples,
  ...modelSamples,
  ...noticeSamples,
  ...orderSamples,
  ...partySamples,
  ...policySamples,
  ...receivableSamples,
  ...scoringSamples,
  ...systemSamples,
  ...userSamples,
}

export function samplesOf(samples: RouteSamples, name: string): RouteSamples[string][] {
  return Object.entries(samples).flatMap(([key, sample]) =>
    routeOfSample(key) === name ? [sample] : [],
  )
}

export function routeOfSample(key: string): string {
  return key.split(' ').slice(0, 2).join(' ')
}
