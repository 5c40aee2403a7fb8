import { type Command, InvalidArgumentError } from 'commander'
import type { Merge } from '#kernel/model/fit-model.ts'
import type { ModelCard } from '#kernel/model/model-card.ts'
import { printCard } from '#server/model/print-card.ts'
import { type TrainRequest, trainModel } from '#server/model/train-model.ts'
import { trainOnTable } from '#server/model/train-on-table.ts'
import type { Run } from '#server/platform/cli-run.ts'

export function addModelCommands(program: Command, run: Run): void {
  const model = program.command('model').description('scorecards fitted to history')
  model
    .command('train')
    .description("fit a scorecard to the company's own ledger and keep it as a draft")
    .option('--threshold <days>', 'days overdue from which a customer is bad', whole, 60)
    .option('--horizon <days>', 'within so many days after each month end', whole, 180)
    .option('--months <count>', 'month ends to learn from', whole, 24)
    .option('--without <ids...>', 'indicators to leave out')
    .option('--pdo <points>', 'points that double the odds', whole, 20)
    .option('--base-score <points>', 'score at the base odds', whole, 600)
    .option('--base-odds <odds>', 'good cases to one bad at the base score', whole, 50)
    .option('--bins <ids...>', 'characteristics whose bins are printed')
    .option(
      '--merge <id:bin...>',
      'bins to merge with the next by hand, numbered as printed',
      merge,
    )
    .action((options: TrainOptions) =>
      run(
        (context, output) => trainModel(context, requestOf(options), output.progress),
        ({ card, draft }, output) => {
          printCard(card, output, options.bins ?? [])
          output.say(
            `Kept as draft ${draft.number} (${draft.id}): xinheng policy publish ${draft.id}`,
          )
        },
      ),
    )
  model
    .command('table')
    .description('fit a model to a table (CSV, with a header) and print its card')
    .argument('<file>')
    .requiredOption('--label <column>', 'the column of outcomes')
    .option('--bad <value>', 'its value of bad cases', '1')
    .option('--without <columns...>', 'columns to leave out')
    .option('--no-interactions', 'a plain card: no pairs of characteristics')
    .option('--bins <ids...>', 'characteristics whose bins are printed')
    .option(
      '--merge <id:bin...>',
      'bins to merge with the next by hand, numbered as printed',
      merge,
    )
    .action((file: string, options: TableOptions) =>
      run(
        async () => {
          const { without = [], merge: merges = [] } = options
          return trainOnTable(file, { ...options, without, merges, leaks: 'keep' })
        },
        (card: ModelCard, output) => printCard(card, output, options.bins ?? []),
      ),
    )
}

type ByHand = { without?: string[]; bins?: string[]; merge?: Merge[] }

type TableOptions = ByHand & { label: string; bad: string; interactions: boolean }

type TrainOptions = ByHand & {
  threshold: number
  horizon: number
  months: number
  pdo: number
  baseScore: number
  baseOdds: number
}

function requestOf(options: TrainOptions): TrainRequest {
  const { threshold, horizon, without = [], merge: merges = [], ...scale } = options
  return {
    ...scale,
    thresholdDays: threshold,
    horizonDays: horizon,
    without,
    merges,
    leaks: 'keep',
  }
}

function whole(text: string): number {
  const number = Number(text)
  if (!/^\d{1,5}$/.test(text) || number < 1) {
    throw new InvalidArgumentError('write a whole number from 1 to 99999.')
  }
  return number
}

function merge(text: string, before: readonly Merge[] = []): Merge[] {
  const [, id, bin] = /^(.+):(\d{1,3})$/.exec(text) ?? []
  if (id === undefined) throw new InvalidArgumentError('write the characteristic and a bin: age:2.')
  return [...before, { id, bin: Number(bin) }]
}
