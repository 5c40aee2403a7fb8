import type { Indicator } from '#kernel/indicator/indicator.ts'
import { ledgerIndicators } from '#kernel/indicator/ledger-indicators.ts'
import { profileIndicators } from '#kernel/indicator/profile-indicators.ts'
import { statementIndicators } from '#kernel/indicator/statement-indicators.ts'

/** Every indicator that policies may speak of, in the order of lists and of stored snapshots. */
export const allIndicators: readonly Indicator[] = [
  ...ledgerIndicators,
  ...statementIndicators,
  ...profileIndicators,
]
