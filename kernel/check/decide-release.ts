import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { compare, type Money } from '#kernel/money/money.ts'

/** Up to how much a role may release, in minor units of the policy's currency. */
export type Authority = bigint | 'unlimited'

export type RoleAuthority = { readonly role: string; readonly authority: Authority }

export type ReleaseQuestion = {
  readonly today: Day
  readonly hold: {
    readonly state: string
    /** The whole document that is held. */
    readonly amount: Money
    /** Name of who stands behind a frozen account that it charges; null where none is frozen. */
    readonly frozen: string | null
  }
  readonly asked: {
    /** Up to which amount of the whole document. */
    readonly upTo: Money
    /** Null: for this one time. */
    readonly untilOn: Day | null
  }
  readonly person: {
    readonly roles: readonly string[]
    /** Asked for the document, or sells it. */
    readonly isAsker: boolean
  }
  readonly authorities: readonly RoleAuthority[]
  readonly currency: Currency
  /** Into the policy's currency with the day's rate; null where there is none. */
  readonly convert: (amount: Money) => Money | null
}

/** What can come of it, in order of precedence. */
export type ReleaseDecision =
  | { readonly kind: 'not-open'; readonly state: string }
  | { readonly kind: 'day-past'; readonly today: Day }
  | { readonly kind: 'more-than-held'; readonly most: Money }
  | { readonly kind: 'frozen'; readonly name: string }
  | { readonly kind: 'rate-missing'; readonly from: Currency; readonly to: Currency }
  | { readonly kind: 'own-document'; readonly may: Authority; readonly able: readonly string[] }
  | { readonly kind: 'above-authority'; readonly may: Authority; readonly able: readonly string[] }
  | {
      readonly kind: 'released'
      readonly isPartial: boolean
      /** The role that carries it, and its amount. */
      readonly by: RoleAuthority
    }

/**
 * Whether a person may let a held document pass, up to an amount. The authority of a role counts
 * for the whole document, however many releases it is cut into. Who asked for a document, or sells
 * it, has no more authority over it than a salesperson, whatever other roles they have: nobody
 * checks themselves. A frozen account lets nothing pass until it is unfrozen.
 */
export function decideRelease(question: ReleaseQuestion): ReleaseDecision {
  const { asked, authorities, convert, currency, hold, person, today } = question
  if (hold.state !== 'open' && hold.state !== 'asked') {
    return { kind: 'not-open', state: hold.state }
  }
  if (asked.untilOn !== null && asked.untilOn < today) return { kind: 'day-past', today }
  if (compare(asked.upTo, hold.amount) > 0) return { kind: 'more-than-held', most: hold.amount }
  if (hold.frozen !== null) return { kind: 'frozen', name: hold.frozen }
  const worth = convert(asked.upTo)
  if (worth === null) return { kind: 'rate-missing', from: asked.upTo.currency, to: currency }
  const full = highest(authorities, person.roles)
  const by = authorityOver(person, authorities)
  if (!reaches(by.authority, worth.minor)) {
    return {
      kind: reaches(full.authority, worth.minor) ? 'own-document' : 'above-authority',
      may: by.authority,
      able: rolesReaching(authorities, worth.minor),
    }
  }
  return { kind: 'released', isPartial: compare(asked.upTo, hold.amount) < 0, by }
}

/** The role by which a person may release a document, and up to how much of it in all. */
export function authorityOver(
  { isAsker, roles }: ReleaseQuestion['person'],
  authorities: readonly RoleAuthority[],
): RoleAuthority {
  const full = highest(authorities, roles)
  return isAsker ? lower(full, highest(authorities, ['sales'])) : full
}

/** The roles that may release so many minor units of the policy's currency. */
export function rolesReaching(authorities: readonly RoleAuthority[], minor: bigint): string[] {
  return authorities.flatMap(({ authority, role }) => (reaches(authority, minor) ? [role] : []))
}

function highest(authorities: readonly RoleAuthority[], roles: readonly string[]): RoleAuthority {
  const own = authorities.filter(({ role }) => roles.includes(role))
  const none: RoleAuthority = { role: roles[0] ?? '', authority: 0n }
  return own.reduce((most, one) => (isMore(one.authority, most.authority) ? one : most), none)
}

function lower(a: RoleAuthority, b: RoleAuthority): RoleAuthority {
  return isMore(a.authority, b.authority) ? b : a
}

function isMore(a: Authority, b: Authority): boolean {
  if (b === 'unlimited') return false
  return a === 'unlimited' || a > b
}

function reaches(authority: Authority, minor: bigint): boolean {
  return authority === 'unlimited' || authority >= minor
}
