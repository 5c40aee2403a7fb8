import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** The id of the numbered party of a seeded book, from 1; in order, as UUIDv7 are. */
export function seededPartyId(number: number): string {
  const hex = number.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${hex}`
}

/**
 * Customers with a credit account, a limit that nothing reaches and two open invoices each; of one
 * in ten the first is past due, which warns. Written set by set, audited, and a sound ledger.
 */
export async function seedAccounts(context: Context, accounts: number): Promise<void> {
  const numbers = sql`generate_series(1, ${accounts}::bigint) i`
  const party = sql`(lpad(to_hex(i), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid`
  const { today } = context
  const seeded = await runCommand(
    context,
    { name: 'bench.seed', permission: 'scoring:run', input: { accounts } },
    async (tx) => {
      await tx.run(sql`
        insert into party.party (id, code, name, name_key, roles, terms, currency, salesperson)
        select ${party}, 'B' || lpad(i::text, 8, '0'), '华北第' || i || '机械有限公司',
          '华北第' || i || '机械', array['customer'], 'net-30', 'CNY', 'Sales ' || i % 40
        from ${numbers}`)
      await tx.run(sql`
        insert into exposure.account (party_id, id, level, currency, charged_party_id, limit_minor,
          limit_from_on, limit_to_on, review_on, terms, limit_source, grade)
        select ${party}, ${party}, 'party', 'CNY', ${party}, 1000000000000, ${today}::date,
          ${addDays(today, 365)}::date, ${addDays(today, 180)}::date, 'net-30', 'policy', 'A'
        from ${numbers}`)
      await tx.run(sql`
        insert into receivable.invoice (party_id, id, number, currency, amount_minor, open_minor,
          issued_on, due_on, terms)
        select ${party}, gen_random_uuid(), 'INV-' || i || '-' || n, 'CNY', 150000, 150000,
          ${today}::date - 20, ${today}::date + case when n = 1 and i % 10 = 0 then -5 else 10 end,
          'net-30'
        from ${numbers}, generate_series(1, 2) n`)
      await tx.run(sql`
        insert into exposure.entry (party_id, account_id, id, stage, currency, amount_minor,
          document_kind, document_id, number, cause, effective_on)
        select ${party}, ${party}, gen_random_uuid(), 'invoiced', 'CNY', 300000, 'import', ${party},
          'seed', 'imported', ${today}::date
        from ${numbers}`)
      await tx.run(sql`
        insert into exposure.balance (party_id, account_id, currency, invoiced_minor)
        select ${party}, ${party}, 'CNY', 300000 from ${numbers}`)
    },
  )
  if (isRefusal(seeded)) throw new Error(seeded.refused.detail)
  for (const table of ['party.party', 'exposure.account', 'exposure.balance', 'exposure.entry']) {
    await context.db.rows(sql`vacuum analyze ${sql.table(table)}`)
  }
  await context.db.rows(sql`vacuum analyze receivable.invoice`)
  await context.db.rows(sql`checkpoint`)
}
