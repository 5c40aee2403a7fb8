import type { Command } from 'commander'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { AllocationChoice, CreditFile } from '#contract/receivable.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'
import type { Context } from '#server/platform/run-command.ts'
import { collectBill } from '#server/receivable/collect-bill.ts'
import { type CreditRow, findCreditByNumber } from '#server/receivable/credit.store.ts'
import { readFamily } from '#server/receivable/read-ageing.ts'
import { recordBill } from '#server/receivable/record-bill.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { voidCredit } from '#server/receivable/void-credit.ts'

/** Receipts and bills of exchange, and what becomes of them. */
export function addCreditCommands(program: Command, run: Run): void {
  const receipt = program.command('receipt').description('money that came in')
  addReceiptRecord(receipt, run)
  addVoidCommand(receipt, run, 'void a receipt: what it paid is open again')
  const bill = program.command('bill').description('bills of exchange (承兑汇票)')
  addBillRecord(bill, run)
  bill
    .command('collect')
    .description('note that a bill was paid: nothing of it is at risk any more')
    .argument('<party>')
    .argument('<number>')
    .option('--on <day>', 'without it today')
    .action((party: string, number: string, of: { on?: string }) =>
      run(
        async (context) => {
          const found = await findCredit(context, party, number)
          return isRefusal(found) ? found : collectBill(context, found, of)
        },
        (kept, output) => output.say(`${kept.number} was collected on ${kept.collectedOn}.`),
      ),
    )
  addVoidCommand(bill, run, 'void a bill: what it settled is open again')
}

function addReceiptRecord(receipt: Command, run: Run): void {
  receipt
    .command('record')
    .description('record a receipt: record C001 CNY 50000.00 --invoices INV-7,INV-8')
    .argument('<party>')
    .argument('<currency>')
    .argument('<amount>')
    .option('--number <number>')
    .option('--received-on <day>')
    .option('--invoices <numbers>', 'pays these; INV-7=100.00 pays a part of one')
    .option('--unapplied', 'pays nothing yet')
    .action((party: string, currency: string, amount: string, options: ReceiptOptions) => {
      const { number, receivedOn } = options
      const allocate = choiceOf(options)
      return run(
        (context) =>
          recordReceipt(context, {
            ...{ party, currency, amount, allocate },
            ...(number === undefined ? {} : { number }),
            ...(receivedOn === undefined ? {} : { receivedOn }),
          }),
        (kept, output) => printCredit(kept, output),
      )
    })
}

function addBillRecord(bill: Command, run: Run): void {
  bill
    .command('record')
    .description('record a bill: record C001 B-17 CNY 50000.00 2027-02-26 --invoices INV-7')
    .argument('<party>')
    .argument('<number>')
    .argument('<currency>')
    .argument('<amount>')
    .argument('<due-on>')
    .option('--received-on <day>')
    .option('--invoices <numbers>', 'settles these; INV-7=100.00 a part of one')
    .option('--unapplied', 'settles nothing yet')
    .action(
      (
        party: string,
        number: string,
        currency: string,
        amount: string,
        dueOn: string,
        options: ReceiptOptions,
      ) =>
        run(
          (context) =>
            recordBill(context, {
              ...{ party, number, currency, amount, dueOn, allocate: choiceOf(options) },
              ...(options.receivedOn === undefined ? {} : { receivedOn: options.receivedOn }),
            }),
          (kept, output) => printCredit(kept, output),
        ),
    )
}

type VoidOptions = { reason: string; on?: string; returned?: boolean }

function addVoidCommand(parent: Command, run: Run, description: string): void {
  parent
    .command('void')
    .description(description)
    .argument('<party>')
    .argument('<number>')
    .requiredOption('--reason <text>')
    .option(
      '--returned',
      'the payment bounced, the bill was dishonoured (退票): no mistake of ours',
    )
    .option('--on <day>', 'without it today')
    .action((party: string, number: string, options: VoidOptions) =>
      run(
        async (context) => {
          const found = await findCredit(context, party, number)
          return isRefusal(found) ? found : voidCredit(context, found, options)
        },
        (kept, output) => {
          const isUsed = kept.allocations.length > 0
          output.say(
            `${kept.number} is void from ${kept.voidedOn} on.${isUsed ? ' Open again:' : ''}`,
          )
          printAllocations(kept, output)
        },
      ),
    )
}

function printCredit(kept: CreditFile, output: Output): void {
  const { amount, currency, dueOn, number, unapplied } = kept
  const due = dueOn === null ? '' : `, due ${dueOn}`
  output.say(`${number}: ${currency} ${grouped(amount)}, unapplied ${grouped(unapplied)}${due}.`)
  printAllocations(kept, output)
}

function printAllocations({ allocations }: CreditFile, output: Output): void {
  for (const { amount, invoiceNumber } of allocations) {
    output.say(`  ${invoiceNumber}  ${grouped(amount)}`)
  }
}

type ReceiptOptions = {
  number?: string
  receivedOn?: string
  invoices?: string
  unapplied?: boolean
}

function choiceOf({ invoices, unapplied }: ReceiptOptions): AllocationChoice {
  if (unapplied) return 'none'
  if (invoices === undefined) return 'oldest-first'
  return invoices.split(',').map((piece) => {
    const [number = '', amount] = piece.trim().split('=')
    return amount === undefined ? { number } : { number, amount }
  })
}

async function findCredit(
  context: Context,
  party: string,
  number: string,
): Promise<CreditRow | Refusal> {
  const family = await readFamily(context, party)
  if (isRefusal(family)) return family
  const found = await findCreditByNumber(context.db, family ?? [], number)
  return found ?? refuse('not-found', `${party} has no receipt, credit note or bill ${number}.`)
}
