import type { DuplicateSuggestion } from '#contract/party.ts'
import { type CompanyName, parseCompanyName } from '#kernel/party/company-name.ts'
import {
  type DuplicateJudgement,
  judgeDuplicate,
  type PartyIdentifier,
} from '#kernel/party/suggest-duplicates.ts'
import { candidatesFor, findIdentities, type Identity } from '#server/party/name-index.store.ts'
import { visibleIds } from '#server/party/visible-party.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

/** Parties that may be the same as this one, of those that are seen, the surest first. */
export async function suggestDuplicates(
  { actor, db }: { readonly actor: Actor; readonly db: Reader },
  partyId: string,
): Promise<DuplicateSuggestion[]> {
  const ids = await visibleIds(db, actor, await candidatesFor(db, partyId))
  const identities = await findIdentities(db, [partyId, ...ids])
  const subject = identities.find((identity) => identity.id === partyId)
  if (!subject) return []
  const own = known(subject)
  return identities
    .filter((identity) => identity.id !== partyId)
    .flatMap((identity) => suggestionOf(own, known(identity)) ?? [])
    .sort(bySureness)
    .slice(0, 50)
}

export type KnownIdentity = Identity & {
  readonly names: readonly CompanyName[]
  readonly codes: readonly PartyIdentifier[]
}

/** An identity with its names taken apart, once for all comparisons. */
export function known(identity: Identity): KnownIdentity {
  const names = [identity.name, ...identity.otherNames].map(parseCompanyName)
  const ibans = identity.accounts.map((value) => ({ scheme: 'iban' as const, value }))
  return { ...identity, names, codes: [...identity.identifiers, ...ibans] }
}

/** How a suggests b; the names that agree best count, former names included. */
export function suggestionOf(a: KnownIdentity, b: KnownIdentity): DuplicateSuggestion | undefined {
  const judgement = bestJudgement(a, b)
  const { id, code, name } = b
  switch (judgement?.kind) {
    case 'same-code':
      return { id, code, name, kind: 'same-code', similarityBps: 10_000, evidence: ['same-code'] }
    case 'similar-name': {
      const { similarityBps, evidence } = judgement
      return { id, code, name, kind: 'similar-name', similarityBps, evidence: [...evidence] }
    }
    case 'different':
      return judgement.reason === 'names-differ' && shareAccount(a, b)
        ? {
            id,
            code,
            name,
            kind: 'similar-name',
            similarityBps: 0,
            evidence: ['same-bank-account'],
          }
        : undefined
    default:
      return undefined
  }
}

function bestJudgement(a: KnownIdentity, b: KnownIdentity): DuplicateJudgement | undefined {
  let best: DuplicateJudgement | undefined
  for (const left of a.names) {
    for (const right of b.names) {
      const judgement = judgeDuplicate(
        { name: left, identifiers: a.codes },
        { name: right, identifiers: b.codes },
      )
      if (judgement.kind === 'same-code') return judgement
      if (judgement.kind === 'different' && judgement.reason === 'conflicting-codes') {
        return judgement
      }
      if (!best || similarityOf(judgement) > similarityOf(best)) best = judgement
    }
  }
  return best
}

function similarityOf(judgement: DuplicateJudgement): number {
  return judgement.kind === 'similar-name' ? judgement.similarityBps + 1 : 0
}

function shareAccount(a: KnownIdentity, b: KnownIdentity): boolean {
  return a.accounts.some((account) => b.accounts.includes(account))
}

export function bySureness(a: DuplicateSuggestion, b: DuplicateSuggestion): number {
  if (a.kind !== b.kind) return a.kind === 'same-code' ? -1 : 1
  return b.similarityBps - a.similarityBps || (a.code < b.code ? -1 : 1)
}
