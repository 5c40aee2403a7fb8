import type { Command } from 'commander'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { ContractFilter, NewContract } from '#contract/sales-contract.ts'
import { findContractByNumber } from '#server/order/contract.store.ts'
import { recordContract } from '#server/order/record-contract.ts'
import { listContracts, showContract } from '#server/order/show-contract.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Run } from '#server/platform/cli-run.ts'

export function addContractCommands(program: Command, run: Run): void {
  const contract = program.command('contract').description('what orders are called off from')
  contract
    .command('list')
    .description('contracts with what was called off and delivered, latest signed first')
    .option('--party <key>', 'of one customer: code, name, credit code or id')
    .option('--state <state>', 'open or ended')
    .action((query: ContractFilter) =>
      run(
        (context) => listContracts(context, query),
        ({ items }, output) =>
          output.table(
            ['customer', 'number', 'title', 'signed', 'cur', 'amount', 'ordered', 'delivered'],
            items.map((one) => [
              ...[one.party.code, one.number, one.title, one.signedOn, one.currency, one.amount],
              ...[`${one.orderedPercent}%`, `${one.deliveredPercent}%`],
            ]),
          ),
      ),
    )
  contract
    .command('show')
    .description('one contract with the orders that called it off')
    .argument('<party>')
    .argument('<number>')
    .action((key: string, number: string) =>
      run(
        async (context) => {
          const party = await findPartyByKey(context, key)
          if (isRefusal(party)) return party
          const found = await findContractByNumber(context.db, party.id, number)
          if (!found) return refuse('not-found', `${party.code} has no contract ${number}.`)
          return showContract(context, found.id)
        },
        (shown, output) => {
          output.say(`${shown.number} ${shown.title} of ${shown.party.code} ${shown.party.name}`)
          output.say(`${shown.fromOn} to ${shown.toOn ?? 'an open end'}, ${shown.state}`)
          output.say(`${shown.currency} ${shown.amount}, called off ${shown.ordered}`)
          output.table(
            ['order', 'state', 'ordered', 'amount', 'delivered'],
            shown.orders.map((o) => [o.number, o.state, o.orderedOn, o.amount, o.delivered]),
          )
        },
      ),
    )
  addRecordCommand(contract, run)
}

function addRecordCommand(contract: Command, run: Run): void {
  contract
    .command('record')
    .description('keep a contract: record C001 HT-7 年度供货合同 CNY 500000.00 2026-01-05')
    .argument('<party>')
    .argument('<number>')
    .argument('<title>')
    .argument('<currency>')
    .argument('<amount>')
    .argument('<signed-on>')
    .option('--from-on <day>')
    .option('--to-on <day>')
    .option('--terms <terms>', 'net-30, 月结30天')
    .action(
      (
        party: string,
        number: string,
        title: string,
        currency: string,
        amount: string,
        signedOn: string,
        options: Pick<NewContract, 'fromOn' | 'toOn' | 'terms'>,
      ) => {
        const told = { party, number, title, currency, amount, signedOn, ...options }
        return run(
          (context) => recordContract(context, told),
          (kept, output) => output.say(`${kept.number}: ${kept.currency} ${kept.amount}.`),
        )
      },
    )
}
