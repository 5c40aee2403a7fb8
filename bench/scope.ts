import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import pino from 'pino'
import { numberOption, reportRatio, withBenchDatabase } from '#bench/bench-database.ts'
import { isRefusal } from '#contract/problem.ts'
import type { NewPerson } from '#contract/user.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { serve } from '#server/serve.ts'
import { createDepartment, createPerson } from '#server/user/public.ts'

const password = 'a password of the benchmark'

// Of a hundred customers: all; a department with half of them below it, one with one; two and a
// half of a salesperson with many, and hardly any.
const seers: readonly Omit<NewPerson, 'login' | 'roles'>[] = [
  { name: 'everybody', scope: 'all' },
  { name: 'half of them below a department', scope: 'department', department: '东区' },
  { name: 'one in a hundred, a department', scope: 'department', department: '小组' },
  { name: 'Sales 7', scope: 'own' },
  { name: 'Sales few', scope: 'own' },
]

const lists = [
  '/api/parties',
  '/api/parties?sort=name',
  '/api/parties?text=机械',
  '/api/invoices',
  '/api/invoices?state=overdue',
  '/api/invoices?state=all',
  '/api/credits',
  '/api/orders',
  '/api/orders?late=true',
  '/api/credit-accounts',
  '/api/ageing',
  '/api/receivable-metrics',
]

/**
 * Lists over HTTP as somebody who sees a part of the customers, beside the same lists as somebody
 * who sees all of them.
 */
export async function benchScope(args: readonly string[]): Promise<void> {
  const parties = numberOption(args, '--parties', 100_000)
  const times = numberOption(args, '--times', 21)
  await withBenchDatabase(async (db, context) => {
    process.stdout.write(`scope: ${parties} customers, 10 invoices and 4 orders each\n`)
    await seed(context, parties)
    const server = await serve(db, pino({ enabled: false }), () => context.today)
    const cookies = new Map<string, string>()
    for (const seer of seers) cookies.set(seer.name, await signIn(context, server.http, seer))
    for (const url of lists) {
      const [all = 0, ...scoped] = await medians(server.http, url, [...cookies.values()], times)
      for (const [index, figure] of scoped.entries()) {
        reportRatio({
          what: `${url} as ${seers[index + 1]?.name}, median of ${times}`,
          ...{ figure, yardstick: 'as who sees all', yardstickFigure: all, unit: 'ms' },
          bound: { atMost: 1.2 },
        })
      }
    }
    await server.close()
  })
}

async function seed(context: Context, parties: number): Promise<void> {
  const east = await createDepartment(context, { name: '东区' })
  if (isRefusal(east)) throw new Error(east.refused.detail)
  for (const name of ['东一部', '东二部', '小组']) {
    const made = await createDepartment(context, { name, parentId: east.id })
    if (isRefusal(made)) throw new Error(made.refused.detail)
  }
  const { today } = context
  const numbers = sql`generate_series(1, ${parties}::bigint) i`
  const party = sql`(lpad(to_hex(i), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid`
  await runCommand(
    context,
    { name: 'bench.seed', permission: 'scoring:run', input: { parties } },
    async (tx) => {
      await tx.run(sql`
        insert into party.party (id, code, name, name_key, roles, terms, currency, salesperson,
          department)
        select ${party}, 'B' || lpad(i::text, 8, '0'),
          substr('华北东南西中', 1 + ${drawn(1)} % 6, 1) || '区第' || i || '机械有限公司',
          '第' || i || '机械', array['customer'], 'net-30', 'CNY',
          case when i % 5003 = 0 then 'Sales few' else 'Sales ' || ${drawn(2)} % 40 end,
          (array['小组', '东一部', '东二部', '西部'])[case when ${drawn(3)} % 100 = 0 then 1
            else 2 + least(${drawn(4)} % 4, 2) end]
        from ${numbers}`)
      await tx.run(sql`
        insert into party.name_index (party_id, grams, blocks)
        select ${party}, array[1, 2, 3], array[1] from ${numbers}`)
      await tx.run(sql`
        insert into exposure.account (party_id, id, level, currency, charged_party_id)
        select ${party}, ${party}, 'party', 'CNY', ${party} from ${numbers}`)
      await tx.run(sql`
        insert into receivable.invoice (party_id, id, number, currency, amount_minor, open_minor,
          issued_on, due_on, terms)
        select ${party}, gen_random_uuid(), 'INV-' || i || '-' || n, 'CNY', 150000,
          case when n <= 3 then 150000 else 0 end, ${today}::date - (n * 60 + ${drawn(5)} % 60)::int,
          ${today}::date - (n * 60 - 90 + ${drawn(5)} % 60)::int, 'net-30'
        from ${numbers}, generate_series(1, 10) n`)
      await tx.run(sql`
        insert into receivable.credit (party_id, id, kind, number, currency, amount_minor,
          unapplied_minor, effective_on)
        select ${party}, gen_random_uuid(), 'receipt', 'R-' || i || '-' || n, 'CNY', 150000,
          case when n = 1 and i % 20 = 0 then 150000 else 0 end,
          ${today}::date - (n * 70 + ${drawn(6)} % 50)::int
        from ${numbers}, generate_series(1, 4) n`)
      await tx.run(sql`
        insert into "order".sales_order (party_id, id, number, currency, amount_minor, ordered_on,
          requested_on, state)
        select ${party}, gen_random_uuid(), 'O-' || i || '-' || n, 'CNY', 150000,
          ${today}::date - (n * 90 + ${drawn(7)} % 90)::int, ${today}::date - (n * 90 - 60 + ${drawn(7)} % 90)::int,
          case when n = 1 then 'confirmed' else 'closed' end
        from ${numbers}, generate_series(1, 4) n`)
    },
  )
  await context.db.rows(sql`vacuum analyze`)
  await context.db.rows(sql`checkpoint`)
}

/** A whole number from 0 that looks drawn by lot, the same for a customer whenever it is asked. */
function drawn(lot: number) {
  return sql`(hashint8(i * 16 + ${sql.lit(lot)}) & 1048575)`
}

async function signIn(
  context: Context,
  http: FastifyInstance,
  seer: Omit<NewPerson, 'login' | 'roles'>,
): Promise<string> {
  const login = seer.name.replaceAll(/\W/g, '-')
  const made = await createPerson(context, { ...seer, login, roles: ['accountant'], password })
  if (isRefusal(made)) throw new Error(made.refused.detail)
  const payload = { login, password }
  const { headers } = await http.inject({ method: 'POST', url: '/api/session', payload })
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

/** Of each caller in turn, so that what the machine does meanwhile meets all of them alike. */
async function medians(
  http: FastifyInstance,
  url: string,
  cookies: readonly string[],
  times: number,
): Promise<number[]> {
  const took = cookies.map((): number[] => [])
  for (let round = 0; round <= times; round++) {
    for (const [index, cookie] of cookies.entries()) {
      const startMs = performance.now()
      const reply = await http.inject({ method: 'GET', url: encodeURI(url), headers: { cookie } })
      if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body}`)
      // The first round fills caches.
      if (round > 0) took[index]?.push(performance.now() - startMs)
    }
  }
  return took.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)] ?? Number.NaN)
}
