import type { Contact, Identifier, PartyChangeRecord, PartyFile } from '#contract/party.ts'
import type { IdentifierScheme } from '#kernel/party/check-identifier.ts'
import { mayAct } from '#server/platform/authority.ts'
import type { Actor } from '#server/platform/run-command.ts'

/**
 * Codes that are not in a public register: an IBAN is an account number, whatever it is filed as, a
 * taxpayer may be a person, and what is filed as another code may be anything.
 */
export const privateSchemes: readonly IdentifierScheme[] = ['iban', 'tax-number', 'other']

/** Whether numbers of accounts and of taxpayers are shown whole. */
export function seesPrivate(actor: Actor): boolean {
  return mayAct(actor, 'party:private')
}

function seesContacts(actor: Actor): boolean {
  return mayAct(actor, 'party:contact')
}

/** The last four characters of a number are left, and where an address is. */
export function maskFile(actor: Actor, file: PartyFile): PartyFile {
  return {
    ...file,
    contacts: seesContacts(actor) ? file.contacts : file.contacts.map(maskContact),
    ...(seesPrivate(actor)
      ? {}
      : {
          identifiers: file.identifiers.map(maskIdentifier),
          bankAccounts: file.bankAccounts.map((account) => ({
            ...account,
            accountNumber: maskNumber(account.accountNumber),
          })),
        }),
  }
}

function maskContact({ email, phone, ...contact }: Contact): Contact {
  return {
    ...contact,
    phone: phone === null ? null : maskNumber(phone),
    email: email === null ? null : maskAddress(email),
  }
}

function maskIdentifier(identifier: Identifier): Identifier {
  if (!privateSchemes.includes(identifier.scheme)) return identifier
  return { ...identifier, value: maskNumber(identifier.value) }
}

/** The same of fields that changed, before and after. */
export function maskRecord(actor: Actor, record: PartyChangeRecord): PartyChangeRecord {
  const fields = Object.entries(record.fields).map(([field, values]) => {
    const mask = maskOfField(actor, field)
    return [field, values.map((value) => (typeof value === 'string' ? mask(value) : value))]
  })
  return { ...record, fields: Object.fromEntries(fields) }
}

function maskOfField(actor: Actor, field: string): (text: string) => string {
  if (field === 'phone' && !seesContacts(actor)) return maskNumber
  if (field === 'email' && !seesContacts(actor)) return maskAddress
  const isNumber = field === 'account_number' || field === 'value'
  return isNumber && !seesPrivate(actor) ? maskNumber : (text) => text
}

function maskNumber(number: string): string {
  return number.length > 4 ? `**** ${number.slice(-4)}` : '****'
}

function maskAddress(address: string): string {
  return `****${address.slice(address.lastIndexOf('@'))}`
}
