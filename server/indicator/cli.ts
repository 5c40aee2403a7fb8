import type { Command } from 'commander'
import { isRefusal } from '#contract/problem.ts'
import { listIndicators } from '#server/indicator/list-indicators.ts'
import { recordFacts } from '#server/indicator/record-facts.ts'
import { showIndicators } from '#server/indicator/show-indicators.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Run } from '#server/platform/cli-run.ts'

export function addIndicatorCommands(program: Command, run: Run): void {
  const indicator = program.command('indicator').description('named facts about parties')
  indicator
    .command('list')
    .description('every indicator with its meaning')
    .action(() =>
      run(
        ({ db }) => listIndicators(db),
        ({ items }, output) =>
          output.table(
            ['id', 'unit', 'source', '名称', 'meaning'],
            items.map((i) => [i.id, i.unit, i.source, i.label.zh, i.meaning.en]),
          ),
      ),
    )
  indicator
    .command('show')
    .description('all indicators of a party as of a day (--as-of)')
    .argument('<key>', 'code, credit code, name or id')
    .action((key: string) =>
      run(
        async (context) => {
          const { db, today } = context
          const party = await findPartyByKey(context, key)
          if (isRefusal(party)) return party
          const shown = await showIndicators(db, party.id, today)
          return isRefusal(shown) ? shown : { ...shown, ...(await listIndicators(db)) }
        },
        ({ items, values }, output) =>
          output.table(
            ['indicator', '名称', 'value'],
            items.map(({ id, label }) => [id, label.zh, values[id] ?? '-']),
          ),
      ),
    )
  indicator
    .command('record')
    .description('record a single value: record C00001 dishonest_debtor yes')
    .argument('<key>')
    .argument('<indicator>')
    .argument('<value>')
    .option('--currency <code>', 'of an amount')
    .option('--source <name>', 'who told it', 'manual')
    .action(
      (key: string, id: string, value: string, options: { currency?: string; source: string }) =>
        run(
          async (context) => {
            const party = await findPartyByKey(context, key)
            if (isRefusal(party)) return party
            const fact = { indicator: id, value, effectiveOn: context.today, ...options }
            return recordFacts(context, party.id, { facts: [fact] })
          },
          (_, output) => output.say(`${id} = ${value}`),
        ),
    )
}
