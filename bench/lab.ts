import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { numberOption, report, secondsOf, withBenchDatabase } from '#bench/bench-database.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { PolicyReplay } from '#contract/replay.ts'
import { day } from '#kernel/calendar/day.ts'
import { loadDemo } from '#server/demo/public.ts'
import { checkImport } from '#server/import/public.ts'
import { replayBook } from '#server/lab/public.ts'
import { nextCustomers } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy, publishPolicy } from '#server/policy/public.ts'
import { loadHistories } from '#server/receivable/public.ts'

const ibm = join(
  import.meta.dirname,
  '../../shared/data/ar_ibm_late_payments/WA_Fn-UseC_-Accounts-Receivable.csv',
)
const invoicesOfOneCustomer = 37

/**
 * A policy replayed on 24 months of a simulated company, beside reading the same ledger once; then on
 * the real ledger of IBM's sample, where that lies beside the project.
 */
export async function benchLab(args: readonly string[]): Promise<void> {
  const invoices = numberOption(args, '--invoices', 100_000)
  const customers = Math.ceil(invoices / invoicesOfOneCustomer)
  await withBenchDatabase(async (_, context) => {
    const size = { seed: 'bench', customers, suppliers: 1, openOrders: false }
    const loaded = sound(await loadDemo(context, size))
    const yardstickSeconds = await secondsOf(() => readOnce(context))
    const tried = standardWith({ 'overdue-30': { overDays: 15 } })
    let told: PolicyReplay | null = null
    const seconds = await secondsOf(async () => {
      told = sound(await replayBook(context, { tried, months: 24 }, async () => {}))
    })
    report({
      ...{ what: `24 months of ${loaded.invoices} invoices replayed`, seconds },
      ...{ yardstick: 'the same histories read once', yardstickSeconds },
      bound: 60 / yardstickSeconds,
    })
    process.stdout.write(`  peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`)
    print(told)
  })
  if (existsSync(ibm)) await replayIbm()
  else process.stdout.write('skipped: the real ledger is not beside the project\n')
}

/**
 * Who has anything more than ten days past due gets no more. Today's rules warn where there is no room,
 * since limits are rounded to a thousand and the invoices of this ledger are of 5 to 128.
 */
async function replayIbm(): Promise<void> {
  await withBenchDatabase(async (_, found) => {
    const context = { ...found, today: day('2014-01-31') }
    const request = { kind: 'invoices', path: ibm, options: {}, take: 'all' } as const
    const { batch } = sound(await checkImport(context, request))
    process.stdout.write(`${batch.state}: ${JSON.stringify(batch.sums)}\n`)
    const limit = { limit: { reaction: 'warn' } }
    const now = sound(await draftPolicy(context, standardWith(limit)))
    sound(await publishPolicy(context, now.id))
    const tried = standardWith({ ...limit, 'overdue-30': { overDays: 10, minimumAmount: '0' } })
    const at = standard().rules.findIndex(({ id }) => id === 'overdue-30')
    const vary = { pointer: `/rules/${at}/overDays`, values: ['0', '5', '10', '15', '20', '30'] }
    print(sound(await replayBook(context, { tried, months: 18, vary }, async () => {})))
  })
}

async function readOnce({ db, today }: Context): Promise<void> {
  for (let after: string | null = null; ; ) {
    const parties = await nextCustomers(db, after, 200, today)
    after = parties.at(-1)?.id ?? null
    if (after === null) return
    const ids = parties.map(({ id }) => id)
    await loadHistories(db, ids)
  }
}

type Rules = { readonly rules: readonly { readonly id: string }[] }

function standard(): Rules {
  const file = join(import.meta.dirname, '../packs/standard/check-rules.yaml')
  return parse(readFileSync(file, 'utf8'))
}

function standardWith(changes: Readonly<Record<string, object>>) {
  const document = standard()
  const rules = document.rules.map((rule) => ({ ...rule, ...changes[rule.id] }))
  return { kind: 'check-rules' as const, document: { ...document, rules } }
}

function print(told: PolicyReplay | null): void {
  if (!told) return
  const { after, cannotSay, effect, from, now, points, yardsticks } = told
  const lines = [
    `from ${from} to ${told.asOf}, ${told.customers} customers, ${told.baseCurrency}`,
    ...Object.keys(now).map((figure) => {
      const side = figure as keyof typeof now
      return `  ${figure}: ${now[side]} -> ${after[side]}`
    }),
    `  effect: ${JSON.stringify(effect)}`,
    `  yardsticks: ${JSON.stringify(yardsticks)}`,
    ...points.map((point) => `  ${JSON.stringify(point)}`),
    ...cannotSay.map(({ en }) => `  - ${en}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function sound<Value>(answer: Value | Refusal): Value {
  if (isRefusal(answer)) throw new Error(answer.refused.detail)
  return answer
}
