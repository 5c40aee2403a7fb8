import { checkIdentifier, type IdentifierScheme } from '#kernel/party/check-identifier.ts'
import { nameKey, parseCompanyName } from '#kernel/party/company-name.ts'
import { judgeDuplicate } from '#kernel/party/suggest-duplicates.ts'
import { type Holder, holdersOf } from '#server/party/identifier.store.ts'
import { findIdentities, type Identity } from '#server/party/name-index.store.ts'
import { foldName } from '#server/party/name-keys.ts'
import { findByCodes, findByNameKey } from '#server/party/party.store.ts'
import type { Reader } from '#server/platform/database.ts'

/** What a row of a file says of a party; `ref` is the caller's own name for it. */
export type PartyKey = {
  readonly ref: string
  readonly code?: string | null
  readonly name?: string | null
  readonly identifiers?: readonly { scheme: IdentifierScheme; value: string }[]
}

/** Which party a key means. A merged duplicate is met under its own code and keeps its own rows. */
type PartyMatch =
  | {
      readonly kind: 'found'
      readonly partyId: string
      readonly survivorId: string
      readonly by: 'code' | 'identifier' | 'name'
    }
  /** Several parties answer to it and nothing tells which one is meant. */
  | { readonly kind: 'ambiguous'; readonly by: 'identifier' | 'name'; readonly partyIds: string[] }
  /** None; these have a name that differs in its legal form or spelling only: ask a person. */
  | { readonly kind: 'similar'; readonly partyIds: string[] }

/**
 * Finds the parties that many keys mean in a handful of queries: by code, else by a valid
 * identifier, else by name or former name, unless codes contradict each other. Keys that mean no
 * party are absent from the answer.
 */
export async function matchParties(
  db: Reader,
  keys: readonly PartyKey[],
): Promise<Map<string, PartyMatch>> {
  const matches = new Map<string, PartyMatch>()
  await matchByCode(db, keys, matches)
  await matchByIdentifier(db, without(keys, matches), matches)
  await matchByName(db, without(keys, matches), matches)
  return matches
}

function without(keys: readonly PartyKey[], matches: Map<string, PartyMatch>): PartyKey[] {
  return keys.filter((key) => !matches.has(key.ref))
}

type Found = { readonly id: string; readonly survivorId: string }

async function matchByCode(
  db: Reader,
  keys: readonly PartyKey[],
  matches: Map<string, PartyMatch>,
): Promise<void> {
  const codes = keys.flatMap((key) => (key.code ? [key.code] : []))
  const rows = codes.length === 0 ? [] : await findByCodes(db, [...new Set(codes)])
  const byCode = new Map(rows.map((row) => [row.code, row]))
  for (const key of keys) {
    const row = key.code ? byCode.get(key.code) : undefined
    if (row) matches.set(key.ref, found(row, 'code'))
  }
}

async function matchByIdentifier(
  db: Reader,
  keys: readonly PartyKey[],
  matches: Map<string, PartyMatch>,
): Promise<void> {
  const wanted = keys.map((key) => ({ ref: key.ref, codes: validCodesOf(key) }))
  const values = new Set(wanted.flatMap(({ codes }) => codes.map((code) => code.value)))
  const holders = values.size === 0 ? [] : await holdersOf(db, [...values])
  const byValue = Map.groupBy(holders, (holder) => holder.value)
  for (const { ref, codes } of wanted) {
    const rows = codes.flatMap((code) =>
      (byValue.get(code.value) ?? []).filter((holder) => isSameCode(holder, code.scheme)),
    )
    const match = pick(rows, 'identifier')
    if (match) matches.set(ref, match)
  }
}

type Code = { readonly scheme: IdentifierScheme; readonly value: string }

function validCodesOf(key: PartyKey): Code[] {
  return (key.identifiers ?? []).flatMap(({ scheme, value }) => {
    const check = checkIdentifier(scheme, value)
    return check.kind === 'valid' && scheme !== 'other' ? [{ scheme, value: check.value }] : []
  })
}

// A company's taxpayer number is its credit code, so files call the one by the other's name.
const creditCodes: readonly IdentifierScheme[] = ['uscc', 'tax-number']

function isSameCode(holder: Holder, scheme: IdentifierScheme): boolean {
  if (!holder.isValid) return false
  if (holder.scheme === scheme) return true
  return creditCodes.includes(scheme) && creditCodes.includes(holder.scheme)
}

async function matchByName(
  db: Reader,
  keys: readonly PartyKey[],
  matches: Map<string, PartyMatch>,
): Promise<void> {
  const named = keys.flatMap((key) =>
    key.name ? [{ key, name: key.name, nameKey: nameKey(key.name) }] : [],
  )
  if (named.length === 0) return
  const rows = await findByNameKey(db, [...new Set(named.map((entry) => entry.nameKey))])
  const byKey = Map.groupBy(rows, (row) => row.key)
  const coded = named.filter(({ key }) => validCodesOf(key).length > 0)
  const ids = new Set(coded.flatMap((one) => (byKey.get(one.nameKey) ?? []).map((row) => row.id)))
  const identities = ids.size === 0 ? [] : await findIdentities(db, [...ids])
  const identityOf = new Map(identities.map((identity) => [identity.id, identity]))
  for (const { key, name, nameKey: wanted } of named) {
    const alike = (byKey.get(wanted) ?? []).filter(
      (row) => !contradicts(key, name, identityOf.get(row.id)),
    )
    const folded = foldName(name)
    const equal = alike.filter((row) => foldName(row.matched) === folded)
    const match = pick(equal, 'name') ?? similar(alike)
    if (match) matches.set(key.ref, match)
  }
}

function contradicts(key: PartyKey, name: string, identity: Identity | undefined): boolean {
  if (!identity) return false
  const judgement = judgeDuplicate(
    { name: parseCompanyName(name), identifiers: key.identifiers ?? [] },
    { name: parseCompanyName(identity.name), identifiers: identity.identifiers },
  )
  return judgement.kind === 'different' && judgement.reason === 'conflicting-codes'
}

function similar(rows: readonly Found[]): PartyMatch | undefined {
  if (rows.length === 0) return undefined
  return { kind: 'similar', partyIds: [...new Set(rows.map((row) => row.survivorId))] }
}

/** One party, or the survivor of one family; otherwise nobody can tell. */
function pick(rows: readonly Found[], by: 'identifier' | 'name'): PartyMatch | undefined {
  const [first] = rows
  if (!first) return undefined
  if (rows.every((row) => row.id === first.id)) return found(first, by)
  const survivors = [...new Set(rows.map((row) => row.survivorId))]
  const [survivorId] = survivors
  if (survivors.length > 1 || survivorId === undefined) {
    return { kind: 'ambiguous', by, partyIds: survivors }
  }
  return found({ id: survivorId, survivorId }, by)
}

function found(row: Found, by: 'code' | 'identifier' | 'name'): PartyMatch {
  return { kind: 'found', partyId: row.id, survivorId: row.survivorId, by }
}
