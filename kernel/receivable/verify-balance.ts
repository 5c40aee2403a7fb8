import type { Day } from '#kernel/calendar/day.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import { ledgerStateOf } from '#kernel/receivable/ledger-state.ts'

type DocumentKind = 'invoice' | 'credit'

/** What a maintained column says is open of an invoice, or unapplied of a credit. */
export type ClaimedOpen = {
  readonly document: DocumentKind
  readonly id: string
  readonly openMinor: bigint
}

/** Why a claim does not equal the fold of the ledger. */
export type BalanceDifference =
  | {
      readonly kind: 'amount-differs'
      readonly document: DocumentKind
      readonly id: string
      readonly claimedMinor: bigint
      readonly provenMinor: bigint
    }
  | {
      readonly kind: 'claim-missing'
      readonly document: DocumentKind
      readonly id: string
      readonly provenMinor: bigint
    }
  | { readonly kind: 'claimed-twice'; readonly document: DocumentKind; readonly id: string }
  | {
      readonly kind: 'document-unknown'
      readonly document: DocumentKind
      readonly id: string
      readonly claimedMinor: bigint
    }

/**
 * Proves maintained `open` columns against the fold of the ledger at the end of `asOf` and lists
 * every difference; an empty list is the proof. A document that is voided or lies after `asOf`
 * has nothing open: claiming zero for it, or nothing at all, is right, as it is for a settled one.
 */
export function verifyBalance(
  history: PartyHistory,
  claims: readonly ClaimedOpen[],
  asOf: Day,
): BalanceDifference[] {
  const proven = provenOf(history, asOf)
  const claimed = new Set<string>()
  const differences: BalanceDifference[] = []
  for (const { document, id, openMinor: claimedMinor } of claims) {
    const key = keyOf(document, id)
    if (claimed.has(key)) {
      differences.push({ kind: 'claimed-twice', document, id })
      continue
    }
    claimed.add(key)
    const provenMinor = proven.get(key)?.openMinor
    if (provenMinor === undefined) {
      differences.push({ kind: 'document-unknown', document, id, claimedMinor })
    } else if (provenMinor !== claimedMinor) {
      differences.push({ kind: 'amount-differs', document, id, claimedMinor, provenMinor })
    }
  }
  for (const [key, { document, id, openMinor }] of proven) {
    if (claimed.has(key) || openMinor === 0n) continue
    differences.push({ kind: 'claim-missing', document, id, provenMinor: openMinor })
  }
  return differences
}

function provenOf(history: PartyHistory, asOf: Day): Map<string, ClaimedOpen> {
  const proven = new Map<string, ClaimedOpen>()
  const set = (document: DocumentKind, id: string, openMinor: bigint) =>
    proven.set(keyOf(document, id), { document, id, openMinor })
  for (const { id } of history.invoices) set('invoice', id, 0n)
  for (const { id } of history.credits) set('credit', id, 0n)
  const state = ledgerStateOf(history, asOf)
  for (const { invoice, openMinor } of state.invoices) set('invoice', invoice.id, openMinor)
  for (const { credit, unappliedMinor } of state.credits) set('credit', credit.id, unappliedMinor)
  return proven
}

function keyOf(document: DocumentKind, id: string): string {
  return `${document}:${id}`
}
