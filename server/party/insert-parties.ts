import type {
  NewBankAccount,
  NewContact,
  NewIdentifier,
  NewOtherName,
  PartyRole,
} from '#contract/party.ts'
import { checkIdentifier } from '#kernel/party/check-identifier.ts'
import { nameKey } from '#kernel/party/company-name.ts'
import { type BankAccountRow, insertBankAccounts } from '#server/party/bank-account.store.ts'
import { type ContactRow, insertContacts } from '#server/party/contact.store.ts'
import { type IdentifierRow, insertIdentifiers } from '#server/party/identifier.store.ts'
import { insertNameKeys } from '#server/party/name-index.store.ts'
import { tidyText } from '#server/party/name-keys.ts'
import { insertOtherNames, type OtherNameRow } from '#server/party/other-name.store.ts'
import { insertPartyRows, nextCodes, type PartyFields } from '#server/party/party.store.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

type Described = Omit<PartyFields, 'code' | 'name' | 'nameKey' | 'roles'>

/**
 * A party as an import or the demonstration brings it: parsed already, its terms as a code. Rows
 * of one call may name each other by the ids they bring.
 */
export type NewPartyRow = Partial<Described> & {
  readonly id?: string
  /** Without one the party gets the next number of the series. */
  readonly code?: string | null
  readonly name: string
  readonly roles: readonly PartyRole[]
  readonly importBatchId?: string | null
  readonly identifiers?: readonly NewIdentifier[]
  readonly otherNames?: readonly NewOtherName[]
  readonly contacts?: readonly NewContact[]
  readonly bankAccounts?: readonly NewBankAccount[]
}

const chunkSize = 5_000

/**
 * Adds parties with all that belongs to them, a few statements for thousands of rows. The caller
 * has seen to it that codes are free (`matchParties`); an invalid identifier is kept, so marked.
 */
export async function insertParties(
  tx: Transaction,
  rows: readonly NewPartyRow[],
): Promise<{ id: string; code: string; name: string }[]> {
  const made = await codesFor(tx, rows)
  const added: { id: string; code: string; name: string }[] = []
  for (let start = 0; start < rows.length; start += chunkSize) {
    const chunk = rows.slice(start, start + chunkSize).map((row) => ({
      ...row,
      id: row.id ?? newId(),
      code: row.code ?? made.next().value ?? '',
      name: tidyText(row.name),
      importBatchId: row.importBatchId ?? null,
    }))
    await insertPartyRows(tx, chunk.map(partyInsertOf))
    await insertChildren(tx, chunk)
    for (const { id, code, name } of chunk) added.push({ id, code, name })
  }
  return added
}

async function codesFor(
  tx: Transaction,
  rows: readonly NewPartyRow[],
): Promise<Iterator<string, undefined>> {
  const given = new Set(rows.map((row) => row.code))
  const missing = rows.filter((row) => row.code === undefined || row.code === null).length
  const codes: string[] = []
  while (codes.length < missing) {
    const next = await nextCodes(tx, missing - codes.length)
    codes.push(...next.filter((code) => !given.has(code)))
  }
  return codes.values()
}

type Prepared = NewPartyRow & {
  readonly id: string
  readonly code: string
  readonly importBatchId: string | null
}

function partyInsertOf(row: Prepared) {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    nameKey: nameKey(row.name),
    shortName: row.shortName ?? null,
    roles: row.roles,
    industry: row.industry ?? null,
    region: row.region ?? null,
    country: row.country ?? null,
    department: row.department ?? null,
    salesperson: row.salesperson ?? null,
    currency: row.currency ?? null,
    terms: row.terms ?? null,
    sinceOn: row.sinceOn ?? null,
    foundedOn: row.foundedOn ?? null,
    groupParentId: row.groupParentId ?? null,
    payerId: row.payerId ?? null,
    closedOn: row.closedOn ?? null,
    note: row.note ?? null,
    importBatchId: row.importBatchId,
  }
}

async function insertChildren(tx: Transaction, rows: readonly Prepared[]): Promise<void> {
  await insertNameKeys(
    tx,
    rows.map((row) => ({
      partyId: row.id,
      names: [row.name, ...(row.otherNames ?? []).map((other) => other.name)],
      shortName: row.shortName ?? null,
    })),
  )
  const identifiers = rows.flatMap((row) =>
    (row.identifiers ?? []).map((given) => identifierRowOf(row, given)),
  )
  const otherNames = rows.flatMap((row) =>
    (row.otherNames ?? []).map((given) => otherNameRowOf(row, given)),
  )
  const contacts = rows.flatMap((row) =>
    (row.contacts ?? []).map((given) => contactRowOf(row, given)),
  )
  const accounts = rows.flatMap((row) =>
    (row.bankAccounts ?? []).map((given) => bankAccountRowOf(row, given)),
  )
  if (identifiers.length > 0) await insertIdentifiers(tx, identifiers)
  if (otherNames.length > 0) await insertOtherNames(tx, otherNames)
  if (contacts.length > 0) await insertContacts(tx, contacts)
  if (accounts.length > 0) await insertBankAccounts(tx, accounts)
}

type Owner = { readonly id: string; readonly importBatchId: string | null }

export function identifierRowOf(owner: Owner, given: NewIdentifier): IdentifierRow {
  const check = checkIdentifier(given.scheme, given.value)
  const isValid = check.kind === 'valid'
  const value = isValid ? check.value : tidyText(given.value)
  return { ...childOf(owner), scheme: given.scheme, value, isValid }
}

export function otherNameRowOf(owner: Owner, given: NewOtherName): OtherNameRow {
  const name = tidyText(given.name)
  const untilOn = given.untilOn ?? null
  return { ...childOf(owner), name, nameKey: nameKey(name), kind: given.kind, untilOn }
}

export function contactRowOf(owner: Owner, given: NewContact): ContactRow {
  return {
    ...childOf(owner),
    name: tidyText(given.name),
    title: given.title ?? null,
    phone: given.phone ?? null,
    email: given.email ?? null,
    isForDunning: given.isForDunning ?? false,
  }
}

export function bankAccountRowOf(owner: Owner, given: NewBankAccount): BankAccountRow {
  return {
    ...childOf(owner),
    accountNumber: given.accountNumber.replace(/[\s-]/g, '').toUpperCase(),
    bankName: given.bankName ?? null,
    holderName: given.holderName ?? null,
  }
}

function childOf(owner: Owner) {
  return { partyId: owner.id, id: newId(), importBatchId: owner.importBatchId }
}
