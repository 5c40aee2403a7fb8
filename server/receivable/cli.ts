import type { Command } from 'commander'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { NewInvoice } from '#contract/receivable.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'
import type { Context } from '#server/platform/run-command.ts'
import { addAgeingCommand, addMetricsCommand } from '#server/receivable/ageing-cli.ts'
import { addCreditCommands } from '#server/receivable/credit-cli.ts'
import { findInvoiceByNumber } from '#server/receivable/invoice.store.ts'
import { listInvoices } from '#server/receivable/list-invoices.ts'
import { readFamily } from '#server/receivable/read-ageing.ts'
import { recordInvoice } from '#server/receivable/record-invoice.ts'
import { showInvoice } from '#server/receivable/show-document.ts'
import { type LedgerVerification, verifyLedger } from '#server/receivable/verify-ledger.ts'
import { verifyParty } from '#server/receivable/verify-party.ts'
import { voidInvoice } from '#server/receivable/void-invoice.ts'

export function addReceivableCommands(program: Command, run: Run): void {
  addAgeingCommand(program, run)
  addInvoiceCommands(program, run)
  addCreditCommands(program, run)
  const receivable = program.command('receivable').description('the ledger as a whole')
  addMetricsCommand(receivable, run)
  addVerifyCommand(receivable, run)
}

type ListOptions = {
  party?: string
  state?: 'open' | 'overdue' | 'all'
  dueFrom?: string
  dueTo?: string
  number?: string
  limit: string
}

function addInvoiceCommands(program: Command, run: Run): void {
  const invoice = program.command('invoice').description('invoices of customers')
  invoice
    .command('list')
    .description('open invoices, what is due longest first')
    .option('--party <key>', 'of one customer: code, name, credit code or id')
    .option('--state <state>', 'open, overdue or all')
    .option('--due-from <day>')
    .option('--due-to <day>')
    .option('--number <start>', 'how the number begins')
    .option('--limit <n>', 'how many', '50')
    .action(({ limit, ...options }: ListOptions) =>
      run(
        (context) => listInvoices(context, { ...options, limit: Number(limit) }),
        ({ items }, output) =>
          output.table(
            ['customer', 'name', 'number', 'issued', 'due', 'past due', 'cur', 'amount', 'open'],
            items.map((one) => [
              one.party.code,
              one.party.name,
              one.number,
              one.issuedOn,
              one.dueOn,
              String(one.daysPastDue),
              one.currency,
              grouped(one.amount),
              grouped(one.open),
            ]),
          ),
      ),
    )
  invoice
    .command('show')
    .description('one invoice with what paid it')
    .argument('<party>')
    .argument('<number>')
    .action((party: string, number: string) =>
      run(
        async (context) => {
          const key = await findKey(context, party, number)
          return isRefusal(key) ? key : showInvoice(context.db, key)
        },
        (shown, output) => {
          const { amount, currency, open } = shown
          output.say(`${shown.number} of ${shown.party.code} ${shown.party.name}`)
          output.say(`issued ${shown.issuedOn}, due ${shown.dueOn}`)
          output.say(`${currency} ${grouped(amount)}, open ${grouped(open)}`)
          if (shown.voidedOn) output.say(`voided on ${shown.voidedOn}`)
          if (shown.allocations.length === 0) return
          output.table(
            ['on', 'by', 'number', 'amount', 'reversed'],
            shown.allocations.map((one) => [
              one.effectiveOn,
              one.creditKind,
              one.creditNumber,
              one.amount,
              one.reversedOn ?? '',
            ]),
          )
        },
      ),
    )
  addInvoiceWrites(invoice, run)
}

function addInvoiceWrites(invoice: Command, run: Run): void {
  invoice
    .command('record')
    .description('record an invoice: record C001 INV-8 CNY 23400.00 2026-11-01 --terms net-30')
    .argument('<party>')
    .argument('<number>')
    .argument('<currency>')
    .argument('<amount>')
    .argument('<issued-on>')
    .option('--due-on <day>')
    .option('--terms <terms>', 'net-30, 月结30天; without either those agreed with the party')
    .option(
      '--order-number <number>',
      'of the order that it bills: takes over what that counts with',
    )
    .option('--segment <name>', "credit segment; without it the order's")
    .action(
      (
        party: string,
        number: string,
        currency: string,
        amount: string,
        issuedOn: string,
        options: Pick<NewInvoice, 'dueOn' | 'terms' | 'orderNumber' | 'segment'>,
      ) =>
        run(
          (context) =>
            recordInvoice(context, { party, number, currency, amount, issuedOn, ...options }),
          (kept, output) =>
            output.say(
              `${kept.number}: ${kept.currency} ${grouped(kept.amount)}, due ${kept.dueOn}.`,
            ),
        ),
    )
  invoice
    .command('void')
    .description('cancel an invoice that nothing was set against')
    .argument('<party>')
    .argument('<number>')
    .requiredOption('--reason <text>')
    .action((party: string, number: string, { reason }: { reason: string }) =>
      run(
        async (context) => {
          const key = await findKey(context, party, number)
          return isRefusal(key) ? key : voidInvoice(context, key, { reason })
        },
        (kept, output) => output.say(`${kept.number} is void from ${kept.voidedOn} on.`),
      ),
    )
}

function addVerifyCommand(receivable: Command, run: Run): void {
  receivable
    .command('verify')
    .description('prove that balances equal the fold of all allocations; name what differs')
    .option('--party <key>', 'only one customer, by the rules that decide about it')
    .action(({ party }: { party?: string }) =>
      party === undefined
        ? run(
            async ({ db }, output) => {
              const found = await verifyLedger(db)
              if (found.differenceCount > 0) output.exitWith(3)
              return found
            },
            (found, output) => printVerification(found, output),
          )
        : run(
            async (context, output) => {
              const found = await verifyParty(context, party)
              if (!isRefusal(found) && found.differences.length > 0) output.exitWith(3)
              return found
            },
            ({ documents, differences }, output) => {
              output.say(`${documents} documents, ${differences.length} differences.`)
              for (const one of differences) output.say(`  ${one.kind} ${one.document} ${one.id}`)
            },
          ),
    )
}

function printVerification(found: LedgerVerification, output: Output): void {
  output.say(
    `${found.invoices} invoices, ${found.credits} credits, ${found.allocations} allocations of ` +
      `${found.parties} parties.`,
  )
  if (found.differenceCount === 0) output.say('Every balance equals its allocations.')
  else output.say(`${found.differenceCount} differences:`)
  for (const one of found.differences) {
    const values = one.found === null ? '' : `: ${one.found}, proven ${one.proven ?? '-'}`
    output.say(`  ${one.kind} ${one.partyId} ${one.id}${values}`)
  }
}

async function findKey(context: Context, party: string, number: string) {
  const family = await readFamily(context, party)
  if (isRefusal(family)) return family
  const found = await findInvoiceByNumber(context.db, family ?? [], number)
  return found ?? refuse('not-found', `${party} has no invoice ${number}.`)
}
