import { commandWords } from './audit/command-words.ts'
import { auditWords } from './audit/words.ts'
import { holdWords } from './check/hold-words.ts'
import { checkWords } from './check/words.ts'
import { companyWords } from './company/words.ts'
import { customerWords } from './customer/words.ts'
import { exposureWords } from './exposure/words.ts'
import { importWords } from './import/words.ts'
import { replayWords } from './lab/replay-words.ts'
import { impactWords } from './lab/words.ts'
import { monitoringWords } from './model/monitoring-words.ts'
import { modelWords } from './model/words.ts'
import { noticeWords } from './notice/words.ts'
import { orderWords } from './order/words.ts'
import { creditWords } from './party/credit-words.ts'
import { peopleWords } from './party/people-words.ts'
import { timelineWords } from './party/timeline-words.ts'
import { partyWords } from './party/words.ts'
import { pilotWords } from './pilot/words.ts'
import { editWords } from './policy/edit/words.ts'
import { formulaWords } from './policy/formula-words.ts'
import { lifeWords } from './policy/life-words.ts'
import { variantWords } from './policy/variant-words.ts'
import { policyWords } from './policy/words.ts'
import { receivableWords } from './receivable/words.ts'
import { reportWords } from './report/words.ts'
import { shellWords } from './shell/words.ts'
import { systemWords } from './system/words.ts'
import { uiWords } from './ui/words.ts'
import { accountWords } from './user/account-words.ts'
import { permissionWords } from './user/permission-words.ts'
import { personWords } from './user/person-words.ts'
import { userWords } from './user/words.ts'

/** All texts of the pages. */
export const words = {
  ...uiWords,
  ...shellWords,
  ...userWords,
  ...accountWords,
  ...personWords,
  ...permissionWords,
  ...companyWords,
  ...policyWords,
  ...variantWords,
  ...lifeWords,
  ...editWords,
  ...impactWords,
  ...replayWords,
  ...modelWords,
  ...monitoringWords,
  ...pilotWords,
  ...auditWords,
  ...commandWords,
  ...systemWords,
  ...checkWords,
  ...customerWords,
  ...importWords,
  ...receivableWords,
  ...exposureWords,
  ...holdWords,
  ...orderWords,
  ...noticeWords,
  ...reportWords,
  ...partyWords,
  ...creditWords,
  ...peopleWords,
  ...timelineWords,
  ...formulaWords,
} as const

export type WordKey = keyof typeof words
