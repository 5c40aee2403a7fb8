import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { parse } from 'yaml'
import type { PolicyImpact, TriedPolicy } from '#contract/lab.ts'
import { policyKinds } from '#contract/policy.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { NewReplay, PolicyReplay, ReplaySide } from '#contract/replay.ts'
import { replayBook } from '#server/lab/replay-book.ts'
import { tryPolicy } from '#server/lab/try-policy.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'

export function addLabCommands(program: Command, run: Run): void {
  const lab = program.command('lab').description('policies tried before they count')
  lab
    .command('impact')
    .description('what a policy would do today to customers and open orders')
    .argument('<kind-or-id>', `a version by its id, or with a file: ${policyKinds.join(', ')}`)
    .argument('[file]', 'a document (YAML or JSON)')
    .action((key: string, file: string | undefined) =>
      run(async (context) => {
        const tried = triedBy(key, file)
        return isRefusal(tried) ? tried : tryPolicy(context, tried)
      }, printImpact),
    )
  lab
    .command('replay')
    .description("what a policy would have made of the company's own past")
    .argument('<kind-or-id>', `a version by its id, or with a file: ${policyKinds.join(', ')}`)
    .argument('[file]', 'a document (YAML or JSON)')
    .option('--months <count>', 'back from today', whole, 12)
    .option('--margin <percent>', 'what a sale leaves', percent, '10')
    .option('--loss-after <days>', 'days past due that count as lost', whole, 90)
    .option('--patience <days>', 'days that a customer waits for a held order', whole, 30)
    .option('--vary <pointer>', 'a number of the document to vary: /rules/5/overDays')
    .option('--values <values...>', 'values that it takes')
    .action((key: string, file: string | undefined, options: ReplayOptions) =>
      run(async (context, output) => {
        const tried = triedBy(key, file)
        if (isRefusal(tried)) return tried
        return replayBook(context, askedBy(tried, options), output.progress)
      }, printReplay),
    )
}

type ReplayOptions = {
  readonly months: number
  readonly margin: string
  readonly lossAfter: number
  readonly patience: number
  readonly vary?: string
  readonly values?: string[]
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function triedBy(key: string, file: string | undefined): TriedPolicy | Refusal {
  if (file === undefined) {
    if (uuid.test(key)) return { versionId: key }
    return refuse('invalid-input', `"${key}" is no id of a version: see xinheng policy list.`)
  }
  const kind = policyKinds.find((each) => each === key)
  if (!kind)
    return refuse('invalid-input', `With a file, name its kind: ${policyKinds.join(', ')}.`)
  return { kind, document: parse(readFileSync(file, 'utf8')) }
}

function askedBy(tried: TriedPolicy, options: ReplayOptions): NewReplay {
  const { lossAfter, margin, months, patience, values = [], vary } = options
  return {
    ...{ tried, months, marginPercent: margin },
    ...{ lossAfterDays: lossAfter, patienceDays: patience },
    ...(vary !== undefined && { vary: { pointer: vary, values } }),
  }
}

function printImpact(impact: PolicyImpact, output: Output): void {
  const { changed, customers, downgraded, orders, upgraded } = impact
  output.say(
    `Of ${customers} customers ${changed} change: ${upgraded} rise and ${downgraded} fall in grade; ` +
      `${orders.held} open orders would be held and ${orders.passed} would pass.`,
  )
  output.table(
    ['currency', 'limits now', 'then', 'raised', 'lowered'],
    impact.limits.map(({ after, before, currency, lowered, raised }) => [
      ...[currency, before, after],
      ...[raised, lowered].map(({ by, customers: count }) => `${by} (${count})`),
    ]),
  )
}

function printReplay(replay: PolicyReplay, output: Output): void {
  const { after, baseCurrency, effect, now, points, yardsticks } = replay
  output.say(`${replay.from} to ${replay.asOf}, ${replay.customers} customers, ${baseCurrency}`)
  output.table(
    ['figure', "today's policy", 'this one'],
    (Object.keys(now) as (keyof ReplaySide)[]).map((figure) => [
      figure,
      String(now[figure] ?? '-'),
      String(after[figure] ?? '-'),
    ]),
  )
  const { high, low } = effect.intervals.net
  output.say(
    `Losses avoided ${effect.lossAvoided}, margin lost ${effect.marginLost}: ` +
      `${effect.net} in all (95 %: ${low} to ${high}).`,
  )
  if (yardsticks) {
    const { foresight, placebo } = yardsticks
    output.say(
      `By lot, at the same cost in sales: ${placebo.lossAvoided} avoided, ` +
        `${placebo.marginLost} of margin lost; with foresight ${foresight.lossAvoided} avoided.`,
    )
  }
  if (points.length > 0) {
    output.table(
      ['value', 'held', 'lost sales', 'losses avoided', 'margin lost', 'in all'],
      points.map(({ held, lossAvoided, lostSales, marginLost, net, value }) => [
        ...[value, String(held), lostSales, lossAvoided, marginLost, net],
      ]),
    )
  }
  for (const { en } of replay.cannotSay) output.say(`- ${en}`)
}

function percent(text: string): string {
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(text)) {
    throw new InvalidArgumentError('write a percentage below 100, such as 12.5.')
  }
  return text
}

function whole(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('write a whole number up to 999.')
  return Number(text)
}
