import type { SimulatedCompany } from '#kernel/simulator/company.ts'
import type { Segment, SimulatedIdentity } from '#kernel/simulator/simulated.ts'
import { insertParties, type NewPartyRow } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

/** Adds all companies of the simulation and tells the id of each code. */
export async function insertSimulatedParties(
  tx: Transaction,
  company: SimulatedCompany,
): Promise<ReadonlyMap<string, string>> {
  const all: readonly SimulatedIdentity[] = [...company.customers, ...company.suppliers]
  const ids = new Map(all.map(({ code }) => [code, newId()]))
  const departments = new Map(company.departments.map(({ code, name }) => [code, name]))
  const people = new Map(company.salespeople.map(({ code, name }) => [code, name]))
  const idOf = (code: string | null) => (code === null ? null : (ids.get(code) ?? null))
  const customers = company.customers.map(
    (customer): NewPartyRow => ({
      ...described(customer, ids),
      roles: rolesOf[customer.segment],
      currency: customer.currency,
      terms: customer.terms,
      sinceOn: customer.since,
      department: departments.get(customer.departmentCode) ?? null,
      salesperson: people.get(customer.salespersonCode) ?? null,
      groupParentId: idOf(customer.parentCode),
      payerId: idOf(customer.payerCode),
    }),
  )
  const suppliers = company.suppliers.map(
    (supplier): NewPartyRow => ({
      ...described(supplier, ids),
      roles: ['supplier'],
      currency: company.baseCurrency,
      terms: supplier.terms,
    }),
  )
  await insertParties(tx, [...customers, ...suppliers])
  return ids
}

const rolesOf: Readonly<Record<Segment, NewPartyRow['roles']>> = {
  manufacturer: ['customer'],
  trader: ['customer'],
  'channel-partner': ['customer', 'channel-partner'],
  'platform-user': ['customer', 'platform-user'],
  overseas: ['customer'],
}

function described(of: SimulatedIdentity, ids: ReadonlyMap<string, string>): NewPartyRow {
  const id = ids.get(of.code)
  return {
    ...(id === undefined ? {} : { id }),
    code: of.code,
    name: of.name,
    roles: [],
    shortName: of.shortName,
    industry: of.industryName,
    region: of.place?.province ?? null,
    country: of.country,
    foundedOn: of.foundedOn,
    identifiers: of.creditCode === null ? [] : [{ scheme: 'uscc', value: of.creditCode }],
    contacts: of.contacts.map(({ name, role, phone, email }) => ({
      name,
      title: role,
      phone,
      email,
      isForDunning: role === '财务',
    })),
    bankAccounts: of.bankAccounts.map(({ holder, bank, number }) => ({
      accountNumber: number,
      bankName: bank,
      holderName: holder,
    })),
  }
}
