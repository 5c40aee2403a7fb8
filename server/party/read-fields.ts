import type { NewIdentifier, NewParty, PartyChange } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { formatTerms, termsCode } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { checkIdentifier } from '#kernel/party/check-identifier.ts'
import type { CodeFault } from '#kernel/party/code-check.ts'
import { nameKey } from '#kernel/party/company-name.ts'
import { tidyText } from '#server/party/name-keys.ts'
import type { PartyFields } from '#server/party/party.store.ts'

/**
 * The fields of a party as they are kept: text tidied, terms as their code. What was not given
 * stays away. Days have been validated by the schema.
 */
export function readFields(
  input: Omit<PartyChange, 'groupParentId' | 'payerId'>,
): Partial<PartyFields> | Refusal {
  const { name, terms, currency, ...others } = input
  const fields: Partial<PartyFields> = {}
  if (name !== undefined) {
    fields.name = tidyText(name)
    fields.nameKey = nameKey(fields.name)
    if (fields.name === '') return refuse('invalid-input', 'name: is empty.')
  }
  if (typeof currency === 'string' && !parseCurrency(currency)) {
    return refuse('invalid-input', `currency: ${currency} is not an ISO 4217 code.`)
  }
  if (currency !== undefined) fields.currency = currency
  const code = typeof terms === 'string' ? readTerms(terms) : terms
  if (isRefusal(code)) return code
  if (code !== undefined) fields.terms = code
  return { ...fields, ...tidied(others) }
}

function tidied<Fields extends Record<string, unknown>>(fields: Fields): Fields {
  const entries = Object.entries(fields).map(([field, value]) => [
    field,
    typeof value === 'string' && field !== 'note' ? tidyText(value) || null : value,
  ])
  return Object.fromEntries(entries)
}

function readTerms(text: string): string | Refusal {
  const reading = parseTerms(text)
  if (reading.kind === 'terms') return termsCode(reading.terms)
  if (reading.kind === 'not-terms') {
    return refuse('invalid-input', `terms: "${text}" is not understood: write 月结30天 or net-30.`)
  }
  const candidates = reading.candidates.map((terms) => ({
    code: termsCode(terms),
    zh: formatTerms(terms, 'zh'),
    en: formatTerms(terms, 'en'),
  }))
  const said = candidates.map(({ code, zh }) => `${zh} (${code})`).join(' or ')
  return refuse('invalid-input', `terms: "${text}" may be ${said}: write which.`, { candidates })
}

/** Refuses the first identifier that breaks its rules, unless the caller wants it kept. */
export function refusedIdentifier(
  identifiers: readonly NewIdentifier[] | undefined,
): Refusal | undefined {
  for (const { scheme, value, acceptInvalid } of identifiers ?? []) {
    const check = checkIdentifier(scheme, value)
    if (check.kind === 'valid' || acceptInvalid) continue
    return refuse(
      'invalid-input',
      `${scheme} ${value}: ${faultText(check)} Set acceptInvalid to keep it all the same.`,
      { scheme, value, fault: check },
    )
  }
  return undefined
}

function faultText(fault: CodeFault): string {
  switch (fault.reason) {
    case 'empty':
      return 'it is empty.'
    case 'unknown-country':
      return `${fault.country} is not a country of this scheme.`
    case 'wrong-length':
      return `it has ${fault.found} characters instead of ${fault.allowed.join(' or ')}.`
    case 'wrong-character':
      return `"${fault.character}" cannot stand at place ${fault.position}.`
    case 'wrong-check-character':
      return `the check character is ${fault.found} and should be ${fault.expected}.`
  }
}

/** The fields of a new party without what belongs to other tables. */
export function ownFieldsOf(input: NewParty): Omit<PartyChange, 'groupParentId' | 'payerId'> {
  const {
    identifiers: _identifiers,
    otherNames: _otherNames,
    contacts: _contacts,
    bankAccounts: _bankAccounts,
    acceptDuplicate: _acceptDuplicate,
    groupParentId: _groupParentId,
    payerId: _payerId,
    ...own
  } = input
  return own
}
