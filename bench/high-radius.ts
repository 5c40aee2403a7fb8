import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { withBenchDatabase } from '#bench/bench-database.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { type Day, day, daysBetween } from '#kernel/calendar/day.ts'
import { explainRemedy, explainRule } from '#kernel/check/explain-check.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toReadable } from '#kernel/money/money.ts'
import { type CheckAnswer, runChecks } from '#server/check/public.ts'
import { setExchangeRates } from '#server/company/public.ts'
import { followRatings, type RatedAccount } from '#server/exposure/public.ts'
import { checkImport } from '#server/import/public.ts'
import { insertParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { recordInvoiceIn } from '#server/receivable/public.ts'
import { rateParties } from '#server/scoring/public.ts'

const file = join(
  import.meta.dirname,
  '../../shared/data/ar_highradius_open_items/yeementh24_Payment_Date_Prediction.csv.gz',
)
/** The ledger's currency in that of the policies, for all days: roughly that of spring 2020. */
const rate = { from: 'USD', to: 'CNY', rateOn: '2019-01-01', rate: '7.1' }

/**
 * Takes a real ledger of open items, rates its customers and grants them the standard policy's
 * limits, as of the last day of the ledger or of `--as-of`. Then, on an empty ledger, each item is an
 * order on its day and terms: what the gate lets pass is delivered and invoiced with its real due
 * day, and stays unpaid, as it was; what is held is not.
 */
export async function replayHighRadius(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--as-of')
  const asOf = at < 0 ? null : day(args[at + 1] ?? '')
  if (!existsSync(file)) {
    process.stdout.write('skipped: the real ledger is not beside the project\n')
    return
  }
  let customers: Customer[] = []
  let items: Item[] = []
  await withBenchDatabase(async (_, context) => {
    ;({ customers, items } = await rateLedger(context, asOf))
  })
  await withBenchDatabase(async (_, context) => {
    await openCustomers(context, customers)
    const asked: Asked[] = []
    for (const [today, ofDay] of Map.groupBy(items, ({ issuedOn }) => issuedOn)) {
      asked.push(...(await askOnDay({ ...context, today }, ofDay)))
    }
    tell(customers, asked)
  })
}

type Customer = RatedAccount & { readonly code: string; readonly name: string }

type Item = {
  readonly partyId: string
  readonly code: string
  readonly name: string
  readonly number: string
  readonly currency: Currency
  readonly minor: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
}

type Asked = { readonly item: Item; readonly answer: CheckAnswer }

async function rateLedger(
  found: Context,
  asOf: Day | null,
): Promise<{ customers: Customer[]; items: Item[] }> {
  const request = { kind: 'invoices', path: file, options: {}, take: 'all' } as const
  sound(await setExchangeRates(found, [rate]))
  sound(await checkImport(found, request))
  const items = await found.db.rows(sql<Item>`
    select i.party_id as "partyId", p.code, p.name, i.number, i.currency, i.amount_minor as minor,
      i.issued_on as "issuedOn", i.due_on as "dueOn"
    from receivable.invoice i join party.party p on p.id = i.party_id
    order by i.issued_on, i.number`)
  const today = asOf ?? items.at(-1)?.issuedOn ?? found.today
  const rating = { indicators: 'fresh', limits: true } as const
  const run = sound(await rateParties({ ...found, today }, rating, async () => {}))
  process.stdout.write(
    `${items.length} open items of ${run.rated} customers, rated as of ${today}: ` +
      `${JSON.stringify(run.grades)}\n`,
  )
  const rows = await found.db.rows(sql<{
    partyId: string
    code: string
    name: string
    grade: string
    currency: string
    amountMinor: bigint | null
    terms: string
    fromOn: Day
    toOn: Day
    reviewOn: Day
  }>`
    select a.party_id as "partyId", p.code, p.name, a.grade, a.currency,
      a.limit_minor as "amountMinor", a.terms, a.limit_from_on as "fromOn",
      a.limit_to_on as "toOn", a.review_on as "reviewOn"
    from exposure.account a join party.party p on p.id = a.party_id where a.grade is not null`)
  const customers = rows.map(({ partyId, code, name, grade, amountMinor, ...limit }) => ({
    ...{ partyId, code, name, grade },
    limit: amountMinor === null ? null : { ...limit, id: newId(), amountMinor },
  }))
  return { customers, items }
}

async function openCustomers(context: Context, customers: readonly Customer[]): Promise<void> {
  sound(await setExchangeRates(context, [rate]))
  const command = { name: 'bench.seed', permission: 'scoring:run', input: {} } as const
  await runCommand(context, command, async (tx) => {
    await insertParties(
      tx,
      customers.map(({ partyId: id, code, name }) => ({ id, code, name, roles: ['customer'] })),
    )
    await followRatings(tx, customers, day('2019-01-01'))
  })
}

/** Asks for the items of a day one after another; what passes is invoiced at once. */
async function askOnDay(context: Context, items: readonly Item[]): Promise<Asked[]> {
  const command = { name: 'bench.replay', permission: 'check:run', input: {} } as const
  const asked = await runCommand(context, command, async (tx) => {
    const answers = await runChecks(tx, context, items.map(checkOf))
    const all: Asked[] = []
    for (const [index, item] of items.entries()) {
      const answer = sound(answers[index])
      all.push({ item, answer })
      if (answer.outcome === 'held') continue
      const { partyId: id, code, number, issuedOn, dueOn, currency, minor } = item
      const invoiced = await recordInvoiceIn(tx, {
        ...{ party: { id, code }, number, issuedOn, dueOn, orderNumber: number },
        ...{ amount: { minor, currency }, terms: termsOf(item) },
        ...{ department: null, salesperson: null, note: null },
      })
      sound(invoiced)
    }
    return all
  })
  return sound(asked)
}

function checkOf(item: Item): Parameters<typeof runChecks>[2][number] {
  const { partyId, number, currency, minor } = item
  const documentId = newId()
  const counting = { currency, minor, shipOn: null, expiresAt: null }
  const named = { documentId, documentKind: 'reservation', number, orderNumber: number } as const
  const nothingElse = { requestedOn: null, discountBps: null, quantity: null }
  return {
    buyer: { id: partyId },
    segment: '',
    document: { kind: 'reservation', id: documentId, number },
    checkpoint: 'order',
    mode: 'reserve',
    amount: { minor, currency },
    targets: [{ ...named, ...counting, stage: 'order' }],
    terms: termsOf(item),
    ...{ ...nothingElse, changedFields: [], priority: 5, salesperson: null, cause: 'reserved' },
  }
}

/** On which terms it was sold; without them a customer who is to pay in advance would count nothing. */
function termsOf({ issuedOn, dueOn }: Item): string {
  return `net-${daysBetween(issuedOn, dueOn)}`
}

function tell(customers: readonly Customer[], asked: readonly Asked[]): void {
  const held = asked.filter(({ answer }) => answer.outcome === 'held')
  const limited = customers.filter(({ limit }) => limit !== null && limit.amountMinor > 0n)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const customersHeld = new Set(held.map(({ item }) => item.partyId)).size
  say(`${limited.length} customers have a limit above zero`)
  say(`${held.length} of ${asked.length} orders are held, of ${customersHeld} customers; by rule:`)
  for (const [rule, count] of rulesOf(held)) say(`${String(count).padStart(7)} ${rule}`)
  say('and tell, held or not:')
  for (const [rule, count] of rulesOf(asked, 'warn')) say(`${String(count).padStart(7)} ${rule}`)
  for (const each of tenOf(held)) tellOne(each, say)
}

/** Ten with reasons as different as they come. */
function tenOf(held: readonly Asked[]): Asked[] {
  const reasons = ({ answer }: Asked) => answer.decision.fired.map(({ rule }) => rule).join()
  const groups = [...Map.groupBy(held, reasons).values()]
  const chosen: Asked[] = []
  for (let round = 0; chosen.length < Math.min(10, held.length); round++) {
    for (const group of groups) {
      const each = group[Math.floor((round * group.length) / 10)]
      if (each && !chosen.includes(each) && chosen.length < 10) chosen.push(each)
    }
  }
  return chosen
}

function rulesOf(asked: readonly Asked[], reaction: 'hold' | 'warn' = 'hold'): [string, number][] {
  const counts = new Map<string, number>()
  for (const { answer } of asked) {
    for (const fired of answer.decision.fired) {
      if (fired.reaction !== reaction) continue
      counts.set(fired.rule, (counts.get(fired.rule) ?? 0) + 1)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])
}

function tellOne({ item, answer }: Asked, say: (line: string) => void): void {
  const { code, currency, issuedOn, minor, name, number } = item
  say(`\n${number} of ${code} ${name}, ${issuedOn}, ${toReadable({ minor, currency })}`)
  for (const level of answer.decision.levels) {
    const inAccount = (amount: bigint) => toReadable({ minor: amount, currency: level.currency })
    const limit = level.limitMinor === null ? 'no limit' : inAccount(level.limitMinor)
    say(`  ${level.level}: ${inAccount(level.beforeMinor)} before, limit and tolerance ${limit}`)
  }
  for (const fired of answer.decision.fired) say(`  ${fired.reaction}: ${explainRule(fired).en}`)
  for (const remedy of answer.remedies) say(`  remedy: ${explainRemedy(remedy).en}`)
}

function sound<Answer>(answer: Answer | Refusal | undefined): Answer {
  if (answer === undefined) throw new Error('no answer')
  if (isRefusal(answer)) throw new Error(answer.refused.detail)
  return answer as Answer
}
