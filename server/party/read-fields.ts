import type { NewIdentifier, NewParty, PartyChange } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { formatTerms, termsCode } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { checkIdentifier, type IdentifierScheme } from '#kernel/party/check-identifier.ts'
import type { CodeFault } from '#kernel/party/code-check.ts'
import { nameKey } from '#kernel/party/company-name.ts'
import { tidyText } from '#server/party/name-keys.ts'
import type { PartyFields } from '#server/party/party.store.ts'
import { unclearTermsZh } from '#server/platform/read-fields.ts'

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
    if (fields.name === '') return refuse('invalid-input', 'name: is empty.', { zh: emptyNameZh })
  }
  if (typeof currency === 'string' && !parseCurrency(currency)) {
    const zh = `结算币种：${currency} 不是 ISO 4217 币种代码。`
    return refuse('invalid-input', `currency: ${currency} is not an ISO 4217 code.`, { zh })
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
    return refuse(
      'invalid-input',
      `terms: "${text}" is not understood: write 月结30天 or net-30.`,
      {
        zh: unclearTermsZh(text, reading),
      },
    )
  }
  const candidates = reading.candidates.map((terms) => ({
    code: termsCode(terms),
    zh: formatTerms(terms, 'zh'),
    en: formatTerms(terms, 'en'),
  }))
  const said = candidates.map(({ code, zh }) => `${zh} (${code})`).join(' or ')
  return refuse('invalid-input', `terms: "${text}" may be ${said}: write which.`, {
    candidates,
    zh: unclearTermsZh(text, reading),
  })
}

export const emptyNameZh = '名称：不能为空。'

export const schemeZh: Readonly<Record<IdentifierScheme, string>> = {
  uscc: '统一社会信用代码',
  'organisation-code': '组织机构代码',
  lei: 'LEI 编码',
  iban: 'IBAN',
  duns: '邓白氏编码',
  'tax-number': '纳税人识别号',
  vat: '增值税号',
  'customer-code': '自编客户号',
  other: '其他编码',
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
      { scheme, value, fault: check, zh: `${schemeZh[scheme]} ${value}：${faultZh(check)}` },
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

function faultZh(fault: CodeFault): string {
  switch (fault.reason) {
    case 'empty':
      return '号码是空的。'
    case 'unknown-country':
      return `没有“${fault.country}”这个国家代码。`
    case 'wrong-length':
      return `应为 ${fault.allowed.join(' 或 ')} 位，现为 ${fault.found} 位。`
    case 'wrong-character':
      return `第 ${fault.position} 位不能是“${fault.character}”。`
    case 'wrong-check-character':
      return `校验位应为 ${fault.expected}，现为 ${fault.found}。`
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
