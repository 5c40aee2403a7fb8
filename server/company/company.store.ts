import { sql } from 'kysely'
import type { Company, CompanyChange } from '#contract/company.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export type CompanyRow = Company & { id: string; baseCurrencyChosen: boolean }

export function findCompany(db: Reader): Promise<CompanyRow | undefined> {
  return db.row(sql<CompanyRow>`
    select id, name, base_currency as "baseCurrency", time_zone as "timeZone",
      base_currency_chosen as "baseCurrencyChosen"
    from company.company`)
}

export async function insertCompany(
  tx: Transaction,
  company: Company & { id: string },
): Promise<void> {
  await tx.run(sql`
    insert into company.company (id, name, base_currency, time_zone)
    values (${company.id}, ${company.name}, ${company.baseCurrency}, ${company.timeZone})
    on conflict do nothing`)
}

export async function updateCompany(tx: Transaction, change: CompanyChange): Promise<void> {
  await tx.run(sql`
    update company.company set
      name = coalesce(${change.name ?? null}, name),
      time_zone = coalesce(${change.timeZone ?? null}, time_zone),
      base_currency = coalesce(${change.baseCurrency ?? null}, base_currency),
      base_currency_chosen = base_currency_chosen or ${change.baseCurrency !== undefined}`)
}
