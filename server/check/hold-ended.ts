import { type Refusal, refuse } from '#contract/problem.ts'
import type { HoldRow } from '#server/check/hold.store.ts'

const ended: Readonly<Record<HoldRow['state'], string>> = {
  open: '待处理',
  asked: '待答复',
  released: '已放行',
  rejected: '已驳回',
  withdrawn: '已撤回',
  superseded: '已被修改取代',
}

/** Nothing is decided about a hold that ended. */
export function holdEnded(number: string, state: string): Refusal {
  const zh = `${number} 的暂挂已结束：${ended[state as HoldRow['state']]}。`
  return refuse('wrong-state', `The hold of ${number} has ended: it is ${state}.`, { state, zh })
}
