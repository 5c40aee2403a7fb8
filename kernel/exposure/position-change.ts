import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** What a document is to count with at a stage; 0 ends it. */
export type PositionTarget = {
  readonly documentId: string
  readonly documentKind: 'order' | 'delivery' | 'reservation'
  readonly number: string
  readonly orderNumber: string | null
  readonly stage: 'order' | 'delivered'
  readonly currency: Currency
  readonly minor: bigint
  readonly shipOn: Day | null
  readonly expiresAt: string | null
}

/** What it counts with now. */
export type StandingPosition = PositionTarget & { readonly segment: string }

export type PositionChange = {
  readonly segment: string
  readonly stage: 'order' | 'delivered'
  readonly currency: Currency
  readonly minor: bigint
  readonly shipOn: Day | null
  readonly target: PositionTarget
}

/**
 * The changes of the ledger that bring documents from where they stand to where they are to be. A
 * document that moves to another segment, currency or day to ship leaves the old place whole.
 */
export function positionChanges(
  standing: readonly StandingPosition[],
  targets: readonly PositionTarget[],
  segment: string,
): PositionChange[] {
  return targets.flatMap((target) => {
    const stood = standing.find(
      ({ documentId, stage }) => documentId === target.documentId && stage === target.stage,
    )
    const { stage, currency, minor, shipOn } = target
    const to = { segment, stage, currency, minor, shipOn, target }
    if (!stood) return minor === 0n ? [] : [to]
    const isSamePlace =
      stood.segment === segment && stood.currency === currency && stood.shipOn === shipOn
    // A part that ends need not say where it stood.
    if (isSamePlace || minor === 0n) {
      const change = minor - stood.minor
      if (change === 0n) return []
      return [
        {
          ...to,
          segment: stood.segment,
          currency: stood.currency,
          shipOn: stood.shipOn,
          minor: change,
        },
      ]
    }
    const from = {
      segment: stood.segment,
      stage,
      currency: stood.currency,
      minor: -stood.minor,
      shipOn: stood.shipOn,
      target,
    }
    return [from, to]
  })
}

/** By how much the targets raise what their documents count with in all; same currency throughout. */
export function raiseOf(
  standing: readonly Pick<StandingPosition, 'documentId' | 'stage' | 'minor'>[],
  targets: readonly PositionTarget[],
): bigint {
  return targets.reduce((total, target) => {
    const stood = standing.find(
      ({ documentId, stage }) => documentId === target.documentId && stage === target.stage,
    )
    return total + target.minor - (stood?.minor ?? 0n)
  }, 0n)
}
