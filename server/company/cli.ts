import type { Command } from 'commander'
import type { CompanyChange } from '#contract/company.ts'
import { refuse } from '#contract/problem.ts'
import { changeCompany } from '#server/company/change-company.ts'
import { findCompany } from '#server/company/company.store.ts'
import { latestRates } from '#server/company/exchange-rate.store.ts'
import { setExchangeRates } from '#server/company/set-exchange-rates.ts'
import type { Run } from '#server/platform/cli-run.ts'

export function addCompanyCommands(program: Command, run: Run): void {
  const company = program.command('company').description('the company and its exchange rates')
  company
    .command('show')
    .description('name, base currency, time zone')
    .action(() =>
      run(
        async ({ db }) =>
          (await findCompany(db)) ?? refuse('not-found', 'There is no company yet.'),
        (shown, output) =>
          output.say(`${shown.name}: base currency ${shown.baseCurrency}, ${shown.timeZone}`),
      ),
    )
  company
    .command('set')
    .description('change name, base currency or time zone')
    .option('--name <name>')
    .option('--base-currency <code>')
    .option('--time-zone <name>')
    .action((options: CompanyChange) =>
      run(
        (context) => changeCompany(context, options),
        (shown, output) =>
          output.say(`${shown.name}: base currency ${shown.baseCurrency}, ${shown.timeZone}`),
      ),
    )
  company
    .command('rates')
    .description('the latest exchange rate of each pair')
    .action(() =>
      run(
        async ({ db }) => ({ items: await latestRates(db) }),
        ({ items }, output) =>
          output.table(
            ['from', 'to', 'day', 'rate', 'source'],
            items.map((rate) => [rate.from, rate.to, rate.rateOn, rate.rate, rate.source]),
          ),
      ),
    )
  company
    .command('set-rate')
    .description('add an exchange rate: set-rate USD CNY 2026-11-23 7.1052')
    .argument('<from>')
    .argument('<to>')
    .argument('<day>')
    .argument('<rate>')
    .action((from: string, to: string, rateOn: string, rate: string) =>
      run(
        (context) => setExchangeRates(context, [{ from, to, rateOn, rate }]),
        (_, output) => output.say(`1 ${from} = ${rate} ${to} from ${rateOn} on.`),
      ),
    )
}
