import type { Hold, Release } from '#contract/hold.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { HoldRow } from '#server/check/hold.store.ts'
import type { ReleaseRow } from '#server/check/release.store.ts'

export function holdReply(hold: HoldRow): Hold {
  const { accountId, accountPartyId, amountMinor, documentMinor, rules, ...kept } = hold
  const amount = toDecimal({ minor: amountMinor, currency: hold.currency })
  return { ...kept, amount, rules: [...rules] }
}

export function releaseReply({ documentId, partyId, upToMinor, ...release }: ReleaseRow): Release {
  return { ...release, upTo: toDecimal({ minor: upToMinor, currency: release.currency }) }
}
