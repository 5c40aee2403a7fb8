import type { Contact, Identifier, PartyFile } from '#contract/party.ts'
import type { Actor } from '#server/platform/run-command.ts'

/** Who may only look sees the last four characters of telephone and account numbers. */
export function seesMasked(actor: Actor): boolean {
  return actor.roles.every((role) => role === 'viewer')
}

export function maskFile(file: PartyFile): PartyFile {
  return {
    ...file,
    contacts: file.contacts.map(maskContact),
    identifiers: file.identifiers.map(maskIdentifier),
    bankAccounts: file.bankAccounts.map((account) => ({
      ...account,
      accountNumber: maskNumber(account.accountNumber),
    })),
  }
}

function maskContact(contact: Contact): Contact {
  return { ...contact, phone: contact.phone === null ? null : maskNumber(contact.phone) }
}

/** An IBAN is an account number, whatever it is filed as. */
function maskIdentifier(identifier: Identifier): Identifier {
  if (identifier.scheme !== 'iban') return identifier
  return { ...identifier, value: maskNumber(identifier.value) }
}

export function maskNumber(number: string): string {
  return number.length > 4 ? `**** ${number.slice(-4)}` : '****'
}
