import { checkIdentifier, type IdentifierScheme } from '#kernel/party/check-identifier.ts'
import type { CompanyName } from '#kernel/party/company-name.ts'
import { compareRegions, nameSimilarity } from '#kernel/party/name-similarity.ts'
import { organisationCodeWithin } from '#kernel/party/unified-social-credit-code.ts'

/** What is known about who a party is. */
export type PartyIdentity = {
  readonly name: CompanyName
  readonly identifiers: readonly PartyIdentifier[]
}

export type PartyIdentifier = { readonly scheme: IdentifierScheme; readonly value: string }

/** Why two parties look alike, for the person who decides. */
export type Evidence =
  | 'same-code'
  | 'same-key'
  | 'same-core'
  | 'one-contains-other'
  | 'same-region'
  | 'same-bank-account'
  | 'same-vat-number'
  | 'branch-differs'

/**
 * Whether two records are one party. Only `same-code` may be merged without asking; `similar-name`
 * is a suggestion with its evidence.
 */
export type DuplicateJudgement =
  | {
      readonly kind: 'different'
      readonly reason: 'conflicting-codes'
      readonly conflict: Conflict
    }
  | { readonly kind: 'same-code'; readonly scheme: IdentifierScheme; readonly value: string }
  | { readonly kind: 'similar-name'; readonly similarityBps: number; readonly evidence: Evidence[] }
  | { readonly kind: 'different'; readonly reason: 'branch-differs' }
  | { readonly kind: 'different'; readonly reason: 'names-differ'; readonly similarityBps: number }

export type Conflict = {
  readonly scheme: IdentifierScheme
  readonly a: string
  readonly b: string
}

/** From here on names are alike enough to ask a person. */
const similarFromBps = 7_800

/**
 * Judges two records, in this order: valid codes of one scheme that contradict each other keep them
 * apart whatever else agrees; an equal valid code makes them one, unless one is a branch by its
 * name, which a person decides; a branch and its parent differ; similar names are suggested.
 */
export function judgeDuplicate(a: PartyIdentity, b: PartyIdentity): DuplicateJudgement {
  const codesA = validCodes(a.identifiers)
  const codesB = validCodes(b.identifiers)
  const conflict = conflictOf(codesA, codesB)
  if (conflict) return { kind: 'different', reason: 'conflicting-codes', conflict }
  const shared = sharedCode(codesA, codesB, mergingSchemes)
  const sameBranch = a.name.branch === b.name.branch
  if (shared && sameBranch) return { kind: 'same-code', ...shared }
  const similarityBps = nameSimilarity(a.name, b.name)
  const evidence: Evidence[] = shared ? ['same-code'] : []
  if (!shared && !sameBranch) return { kind: 'different', reason: 'branch-differs' }
  if (sharedCode(codesA, codesB, ['iban'])) evidence.push('same-bank-account')
  if (sharedCode(codesA, codesB, ['vat'])) evidence.push('same-vat-number')
  if (evidence.length === 0 && similarityBps < similarFromBps) {
    return { kind: 'different', reason: 'names-differ', similarityBps }
  }
  evidence.push(...nameEvidence(a.name, b.name))
  return { kind: 'similar-name', similarityBps, evidence }
}

/**
 * Keys under which a name is filed so that duplicates meet without comparing all pairs: records
 * are candidates when they share one. Names of one branch meet when their keys or their cores are
 * equal or end in the same six characters, whatever the region; names of one region also when they
 * share four characters at either end or differ by one wrong, missing or additional character among
 * the first six. Foreign names count six and nine letters instead.
 */
export function blockingKeys(name: CompanyName): string[] {
  const core = [...name.core]
  // The province is often left out (成都, 四川成都); the last two characters are not.
  const region = name.region?.slice(-2) ?? ''
  const [end, head] = /\p{Script=Han}/u.test(name.core) ? [4, 6] : [6, 9]
  const first = core.slice(0, head)
  const near = [first, ...first.map((_, left) => first.toSpliced(left, 1))]
  const keys = [
    `=${name.key}`,
    `.${name.core}`,
    `^${region}:${core.slice(0, end).join('')}`,
    `$${region}:${core.slice(-end).join('')}`,
    `$${core.slice(-head).join('')}`,
    ...near.map((characters) => `~${region}:${characters.join('')}`),
  ]
  return [...new Set(keys)].map((key) => `${key}|${name.branch ?? ''}`)
}

type Codes = ReadonlyMap<IdentifierScheme, ReadonlySet<string>>

// One legal person has one of each; it may have several accounts, VAT numbers and customer codes.
const singleSchemes: readonly IdentifierScheme[] = [
  'uscc',
  'organisation-code',
  'lei',
  'tax-number',
]
const mergingSchemes: readonly IdentifierScheme[] = [...singleSchemes, 'duns']

function validCodes(identifiers: readonly PartyIdentifier[]): Codes {
  const codes = new Map<IdentifierScheme, Set<string>>()
  const put = (scheme: IdentifierScheme, value: string) => {
    const values = codes.get(scheme) ?? new Set()
    codes.set(scheme, values.add(value))
  }
  for (const { scheme, value } of identifiers) {
    const check = checkIdentifier(scheme, value)
    if (check.kind === 'invalid') continue
    put(scheme, check.value)
    // Since 2015 the taxpayer number of a company is its credit code, which holds the older code.
    const credit = scheme === 'uscc' || scheme === 'tax-number'
    if (!credit || checkIdentifier('uscc', check.value).kind === 'invalid') continue
    put('uscc', check.value)
    put('organisation-code', organisationCodeWithin(check.value))
  }
  return codes
}

function conflictOf(a: Codes, b: Codes): Conflict | null {
  for (const scheme of singleSchemes) {
    const [left] = a.get(scheme) ?? []
    const [right] = b.get(scheme) ?? []
    if (left === undefined || right === undefined) continue
    const oldNumber = scheme === 'tax-number' && left.length !== right.length
    if (oldNumber || sharedCode(a, b, [scheme])) continue
    return { scheme, a: left, b: right }
  }
  return null
}

function sharedCode(
  a: Codes,
  b: Codes,
  schemes: readonly IdentifierScheme[],
): PartyIdentifier | null {
  for (const scheme of schemes) {
    for (const value of a.get(scheme) ?? []) {
      if (b.get(scheme)?.has(value)) return { scheme, value }
    }
  }
  return null
}

function nameEvidence(a: CompanyName, b: CompanyName): Evidence[] {
  const evidence: Evidence[] = []
  if (a.branch !== b.branch) evidence.push('branch-differs')
  if (a.key === b.key) evidence.push('same-key')
  else if (a.core === b.core) evidence.push('same-core')
  else if (a.core.includes(b.core) || b.core.includes(a.core)) evidence.push('one-contains-other')
  if (a.region !== null && compareRegions(a, b) === 'same') evidence.push('same-region')
  return evidence
}
