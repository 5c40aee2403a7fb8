import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { simulateParties } from '#kernel/simulator/parties.ts'
import { insertParties, type NewPartyRow } from '#server/party/public.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

const chunkSize = 5_000

/**
 * A book of customers of the simulator, one in ten of them in dollars, with ten invoices each of
 * which most are paid, an account, a rating and two old orders. What is written set by set is
 * audited and makes a sound ledger.
 */
export async function seedLists(
  context: Context,
  of: { readonly parties: number; readonly invoices: number },
): Promise<void> {
  await inCommand(context, async (tx) => {
    await tx.run(sql`
      insert into company.exchange_rate (id, from_currency, to_currency, rate_on, rate, source)
      values (gen_random_uuid(), 'USD', 'CNY', ${addDays(context.today, -1)}, 7.1, 'bench')`)
  })
  for (const rows of chunksOf(context, of.parties)) {
    await inCommand(context, async (tx) => {
      await insertParties(tx, rows)
    })
  }
  await inCommand(context, async (tx) => {
    await tx.run(sql`
      create temporary table numbered on commit preserve rows as
      select id, row_number() over (order by id) as n,
        case when row_number() over (order by id) % 10 = 0 then 'USD' else 'CNY' end as currency
      from party.party`)
    const perParty = Math.max(3, Math.round(of.invoices / of.parties))
    for (const statement of statements(context, perParty)) await tx.run(statement)
    await tx.run(sql`drop table numbered`)
  })
  for (const table of tables) await context.db.rows(sql`vacuum analyze ${sql.table(table)}`)
  await context.db.rows(sql`checkpoint`)
}

const tables = [
  'party.party',
  'party.name_index',
  'party.search_key',
  'party.identifier',
  'exposure.account',
  'exposure.balance',
  'exposure.entry',
  'receivable.invoice',
  'receivable.credit',
  'receivable.allocation',
  'order.sales_order',
  'scoring.rating',
]

function* chunksOf({ today }: Context, parties: number): Generator<NewPartyRow[]> {
  const days = { from: addDays(today, -40), to: today }
  let chunk: NewPartyRow[] = []
  let number = 0
  for (const customer of simulateParties({
    ...{ seed: 'lists', customers: parties, invoicesPerParty: 0.01 },
    ...days,
  })) {
    number += 1
    chunk.push({
      ...{ code: customer.code, name: customer.name, shortName: customer.shortName },
      ...{ roles: ['customer'], terms: 'net-30', currency: number % 10 === 0 ? 'USD' : 'CNY' },
      industry: customer.industryName,
      region: customer.place?.province ?? null,
      department: `销售${1 + (number % 12)}部`,
      salesperson: `业务员${number % 200}`,
      identifiers:
        customer.creditCode === null ? [] : [{ scheme: 'uscc', value: customer.creditCode }],
    })
    if (chunk.length === chunkSize) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}

function statements({ today }: Context, perParty: number) {
  const day = sql`${today}::date`
  return [
    sql`
      insert into receivable.invoice (party_id, id, number, currency, amount_minor, open_minor,
        issued_on, due_on, terms, order_number, salesperson)
      select p.id, gen_random_uuid(), 'INV' || lpad(p.n::text, 7, '0') || '-' || k, p.currency, a,
        case when k <= 2 or (k = 3 and p.n % 5 = 0) then a else 0 end,
        ${day} - (k * 30 - 20 + p.n % 30)::integer, ${day} - (k * 30 - 50 + p.n % 30)::integer,
        'net-30', 'SO-' || p.n || '-' || k % 2, '业务员' || p.n % 200
      from numbered p cross join generate_series(1, ${perParty}::integer) k
      cross join lateral (select 10000 + (p.n * 7919 + k * 104729) % 9000000 as a) m`,
    sql`
      insert into receivable.credit (party_id, id, kind, number, currency, amount_minor,
        unapplied_minor, effective_on)
      select i.party_id, gen_random_uuid(), 'receipt', 'R-' || i.number, i.currency, i.amount_minor,
        0, least(i.due_on + 5, ${day} - 1)
      from receivable.invoice i where i.open_minor = 0`,
    sql`
      insert into receivable.allocation (party_id, id, credit_id, invoice_id, amount_minor,
        effective_on)
      select i.party_id, gen_random_uuid(), c.id, i.id, i.amount_minor, c.effective_on
      from receivable.invoice i
      join receivable.credit c on c.party_id = i.party_id and c.number = 'R-' || i.number`,
    sql`
      insert into exposure.account (party_id, id, level, currency, charged_party_id, limit_minor,
        limit_from_on, limit_to_on, review_on, terms, limit_source, grade, status)
      select p.id, p.id, 'party', p.currency, p.id,
        case when p.n % 10 <> 3 then 5000000 + (p.n * 31337) % 40000000 end, ${day} - 200,
        ${day} - 20 + (p.n % 300)::integer, ${day} + 90, 'net-30', 'policy',
        (array['AAA','AA','A','BBB','BB','B','CCC','CC','C','D'])[1 + p.n % 10],
        case when p.n % 97 = 0 then 'frozen' when p.n % 41 = 0 then 'watch' else 'open' end
      from numbered p`,
    sql`
      insert into exposure.entry (party_id, account_id, id, stage, currency, amount_minor,
        document_kind, document_id, number, cause, effective_on)
      select i.party_id, i.party_id, gen_random_uuid(), 'invoiced', i.currency, sum(i.open_minor),
        'import', i.party_id, 'seed', 'imported', ${day}
      from receivable.invoice i where i.open_minor > 0 group by i.party_id, i.currency`,
    sql`
      insert into exposure.balance (party_id, account_id, currency, invoiced_minor)
      select party_id, account_id, currency, amount_minor from exposure.entry`,
    sql`
      insert into scoring.rating (party_id, id, as_of_on, grade, score_hundredths, snapshot_id,
        scorecard_id, scale_id, engine, points, reasons, hash, decided_by)
      select p.id, gen_random_uuid(), ${day} - 30 * k,
        (array['AAA','AA','A','BBB','BB','B','CCC','CC','C','D'])[1 + p.n % 10],
        9999 - (p.n % 10) * 1000 - (p.n % 700), gen_random_uuid(), gen_random_uuid(),
        gen_random_uuid(), 'bench', '{}', '{}', '', 'bench'
      from numbered p cross join generate_series(1, 3) k where p.n % 11 <> 0`,
    sql`
      insert into "order".sales_order (party_id, id, number, currency, amount_minor, ordered_on,
        requested_on, state, confirmed_on, completed_on, salesperson)
      select p.id, gen_random_uuid(), 'SO-' || p.n || '-' || k, p.currency,
        100000 + (p.n * 7 + k) % 1000000, ${day} - (p.n % 400)::integer, ${day} - (p.n % 400)::integer,
        'closed', ${day} - (p.n % 400)::integer, ${day} - (p.n % 300)::integer, '业务员' || p.n % 200
      from numbered p cross join generate_series(0, 1) k`,
  ]
}

async function inCommand(
  context: Context,
  work: Parameters<typeof runCommand<void>>[2],
): Promise<void> {
  const seeding = { name: 'bench.seed', permission: 'scoring:run', input: {} } as const
  const answer = await runCommand(context, seeding, work)
  if (isRefusal(answer)) throw new Error(answer.refused.detail)
}
