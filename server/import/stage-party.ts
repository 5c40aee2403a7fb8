import type { PartyRole } from '#contract/party.ts'
import { termsCode } from '#kernel/calendar/format-terms.ts'
import type { PartyRecord } from '#kernel/import/records.ts'
import { copyField } from '#server/import/copy-text.ts'
import type { Told } from '#server/import/read-and-stage.ts'
import { headColumns, type RowStager } from '#server/import/stage-rows.ts'
import type { ImportedParty } from '#server/party/public.ts'

/** Makes staged lines of parties: what names them in columns, all that is kept as JSON. */
export function partyStager({ columns, headers }: Told): RowStager<'parties'> {
  const named = columns.filter(({ field }) => field === 'name' || field === 'code')
  const isSuppliers = named.some(({ index }) => supplierHeader.test(headers[index] ?? ''))
  const unsaid: readonly PartyRole[] | null = isSuppliers ? ['supplier'] : null
  return {
    columns: [...headColumns, 'record'],
    lineOf(record, row) {
      const kept = JSON.stringify(keptOf(record, unsaid))
      return (
        `${row}\t${row}\t${copyField(record.code)}\t${copyField(record.name)}\t` +
        `${copyField(record.creditCode)}\t\\N\t\\N\t${copyField(kept)}\n`
      )
    },
  }
}

/** Columns that can be read and have no place in a credit file yet. */
export const columnsNotKept: readonly string[] = ['address', 'creditLimit', 'blocked']

// A list of 供应商名称 lists suppliers without saying so in every row.
const supplierHeader = /供应商|供货|supplier|vendor/i

const roles: Readonly<Record<NonNullable<PartyRecord['role']>, readonly PartyRole[]>> = {
  customer: ['customer'],
  supplier: ['supplier'],
  both: ['customer', 'supplier'],
  'channel-partner': ['channel-partner'],
  'platform-user': ['platform-user'],
}

function keptOf(record: PartyRecord, unsaid: readonly PartyRole[] | null): ImportedParty {
  const given: ImportedParty = {
    name: record.name,
    creditCode: record.creditCode,
    shortName: record.shortName,
    roles: record.role === null ? unsaid : roles[record.role],
    industry: record.industry,
    region: record.region,
    country: record.country === null ? null : countryCode(record.country),
    department: record.department,
    salesperson: record.salesperson,
    currency: record.currency,
    terms: record.terms === null ? null : termsCode(record.terms),
    sinceOn: record.since,
    note: record.remark,
    parent: record.parent,
    payer: record.payer,
    contact: record.contact,
    phone: record.phone,
    email: record.email,
    bankName: record.bankName,
    bankAccount: record.bankAccount,
  }
  // An empty cell changes nothing, so it need not be kept.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
let countries: ReadonlyMap<string, string> | undefined

/** ISO 3166-1 code of a country by its code or name; null where it is none. */
function countryCode(text: string): string | null {
  countries ??= new Map(namesOfCountries())
  return countries.get(text.trim().toLowerCase()) ?? null
}

function* namesOfCountries(): Generator<[name: string, code: string]> {
  for (const language of ['zh', 'en'] as const) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const name = names.of(code)
      if (name === undefined) continue
      yield [name.toLowerCase(), code]
      yield [code.toLowerCase(), code]
    }
  }
}
