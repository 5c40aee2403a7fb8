import type { Day } from '#kernel/calendar/day.ts'
import type { Credit, PaymentPromise } from '#kernel/receivable/history.ts'

/**
 * Promises that were not kept, by promised day. A promise is judged from the day after the promised
 * one. Receipts from the day it was made to the promised day count towards it, each only once:
 * promises are served by promised day.
 */
export function brokenPromises(
  promises: readonly PaymentPromise[],
  credits: readonly Credit[],
  asOf: Day,
): PaymentPromise[] {
  const judged = promises
    .filter(({ madeOn, promisedOn }) => madeOn <= asOf && promisedOn < asOf)
    .sort((a, b) => (a.promisedOn < b.promisedOn ? -1 : 1))
  if (judged.length === 0) return []
  const receipts = credits
    .filter(({ kind }) => kind === 'receipt')
    .map((credit) => ({ credit, leftMinor: credit.amountMinor }))
    .sort((a, b) => (a.credit.effectiveOn < b.credit.effectiveOn ? -1 : 1))
  return judged.filter((promise) => !serve(promise, receipts))
}

function serve(
  promise: PaymentPromise,
  receipts: readonly { readonly credit: Credit; leftMinor: bigint }[],
): boolean {
  let missingMinor = promise.amountMinor
  for (const receipt of receipts) {
    const { effectiveOn, currency } = receipt.credit
    if (effectiveOn > promise.promisedOn) break
    if (effectiveOn < promise.madeOn || currency !== promise.currency) continue
    const usedMinor = receipt.leftMinor < missingMinor ? receipt.leftMinor : missingMinor
    receipt.leftMinor -= usedMinor
    missingMinor -= usedMinor
  }
  return missingMinor === 0n
}
