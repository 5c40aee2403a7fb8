import type { Command } from 'commander'
import type { NewLine, OrderAnswer, OrderFile } from '#contract/order.ts'
import type { OrderFilter } from '#contract/order-list.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import { addHoldCommands } from '#server/check/public.ts'
import { amendOrder } from '#server/order/amend-order.ts'
import { cancelOrder } from '#server/order/cancel-order.ts'
import { checkOrder } from '#server/order/check-order.ts'
import { closeOrder } from '#server/order/close-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { addContractCommands } from '#server/order/contract-cli.ts'
import { createOrder } from '#server/order/create-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { followHolds } from '#server/order/follow-holds.ts'
import { listOrders } from '#server/order/list-orders.ts'
import { reopenOrder } from '#server/order/reopen-order.ts'
import { showOrder } from '#server/order/show-order.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'
import type { Context } from '#server/platform/run-command.ts'

export function addOrderCommands(program: Command, run: Run): void {
  const order = program.command('order').description('orders of customers, from draft to close')
  addReadingCommands(order, run)
  addCreateCommand(order, run)
  addActs(order, run)
  addContractCommands(program, run)
  addHoldCommands(program, run, followHolds)
}

type ListOptions = Omit<OrderFilter, 'limit'> & { limit: string }

function addReadingCommands(order: Command, run: Run): void {
  order
    .command('list')
    .description('orders, latest first; with --late what is late longest first')
    .option('--party <key>', 'of one customer: code, name, credit code or id')
    .option('--state <state>', 'draft, checked, held, confirmed, closed or cancelled')
    .option('--requested-before <day>')
    .option('--late', 'wanted before today and not all delivered')
    .option('--limit <n>', 'how many', '50')
    .action(({ limit, ...query }: ListOptions) =>
      run(
        (context) => listOrders(context, { ...query, limit: Number(limit) }),
        ({ items }, output) =>
          output.table(
            [
              'customer',
              'name',
              'number',
              'state',
              'ordered',
              'wanted',
              'late',
              'cur',
              'amount',
              'delivered',
            ],
            items.map((one) => [
              ...[one.party.code, one.party.name, one.number, one.state, one.orderedOn],
              ...[one.requestedOn ?? '-', String(one.daysLate), one.currency],
              ...[grouped(one.amount), grouped(one.delivered)],
            ]),
          ),
      ),
    )
  order
    .command('show')
    .description('one order with its lines and deliveries')
    .argument('<party>')
    .argument('<number>')
    .action((party: string, number: string) =>
      run(
        async (context) => {
          const id = await findId(context, party, number)
          return isRefusal(id) ? id : showOrder(context, id)
        },
        (shown, output) => printOrder(shown, output),
      ),
    )
}

type CreateOptions = {
  number?: string
  requestedOn?: string
  terms?: string
  segment?: string
  contract?: string
  payer?: string
}

function addCreateCommand(order: Command, run: Run): void {
  order
    .command('create')
    .description('take an order down: create C001 CNY 10x12.50:轴承 4x80:阀门 --terms net-30')
    .argument('<party>')
    .argument('<currency>')
    .argument('<lines...>', 'quantity x unit price : item')
    .option('--number <number>')
    .option('--requested-on <day>')
    .option('--terms <terms>', 'net-30, 月结30天; without it those agreed with the party')
    .option('--segment <name>', 'credit segment')
    .option('--contract <number>')
    .option('--payer <key>', 'who pays instead of the party')
    .action((party: string, currency: string, lines: string[], options: CreateOptions) =>
      run(
        async (context) => {
          const read = readLines(lines)
          if (isRefusal(read)) return read
          return createOrder(context, { party, currency, lines: read, ...options })
        },
        (answer, output) => printAnswer(answer, output),
      ),
    )
}

type Act = (context: Context, id: string) => ReturnType<typeof confirmOrder>

function addActs(order: Command, run: Run): void {
  const act = (name: string, description: string, perform: (options: ActOptions) => Act) =>
    order
      .command(name)
      .description(description)
      .argument('<party>')
      .argument('<number>')
      .action((party: string, number: string, options: ActOptions) =>
        run(
          async (context) => {
            const id = await findId(context, party, number)
            return isRefusal(id) ? id : perform(options)(context, id)
          },
          (answer, output) => printAnswer(answer, output),
        ),
      )
  act('check', 'ask whether a draft would pass', () => checkOrder)
  act('confirm', 'confirm it if the gate lets it; otherwise it is held', () => confirmOrder)
  act('reopen', 'take a closed or cancelled order up again', () => reopenOrder)
  act(
    'cancel',
    'cancel an order of which nothing was delivered',
    ({ reason = '' }) =>
      (context, id) =>
        cancelOrder(context, id, { reason }),
  ).requiredOption('--reason <text>')
  act(
    'close',
    'nothing more of it will be delivered',
    ({ settle, reason }) =>
      (context, id) =>
        closeOrder(context, id, {
          ...(settle ? { settle } : {}),
          ...(reason === undefined ? {} : { reason }),
        }),
  )
    .option('--settle', 'what is delivered will never be invoiced')
    .option('--reason <text>')
  act(
    'deliver',
    'record a delivery: everything that is left, or --lines',
    (options) => (context, id) => {
      const { delivery: number, lines, on: deliveredOn, complete } = options
      return deliverOrder(context, id, {
        ...(number === undefined ? {} : { number }),
        ...(deliveredOn === undefined ? {} : { deliveredOn }),
        ...(lines === undefined ? {} : { lines: partsOf(lines) }),
        ...(complete ? { complete } : {}),
      })
    },
  )
    .option('--lines <parts>', 'line=quantity,...: 1=4,2=10.5')
    .option('--delivery <number>')
    .option('--on <day>')
    .option('--complete', 'nothing more will be delivered')
  act(
    'postpone',
    'change the day on which the goods are wanted',
    ({ to }) =>
      (context, id) =>
        amendOrder(context, id, { requestedOn: to ?? null }),
  ).option('--to <day>', 'without it: at once')
}

type ActOptions = {
  reason?: string
  settle?: boolean
  delivery?: string
  lines?: string
  on?: string
  complete?: boolean
  to?: string
}

function readLines(texts: readonly string[]): NewLine[] | ReturnType<typeof refuse> {
  const lines: NewLine[] = []
  for (const text of texts) {
    const [, quantity, unitPrice, item] = /^([\d.]+)x([\d.]+):(.+)$/.exec(text) ?? []
    if (!quantity || !unitPrice || !item) {
      return refuse('invalid-input', `lines: write quantity x price : item, not "${text}".`)
    }
    lines.push({ item, quantity, unitPrice })
  }
  return lines
}

function partsOf(text: string): { line: number; quantity: string }[] {
  return text.split(',').map((piece) => {
    const [line = '', quantity = ''] = piece.trim().split('=')
    return { line: Number(line), quantity }
  })
}

async function findId(context: Context, party: string, number: string) {
  const found = await listOrders(context, { party, number, limit: 500 })
  if (isRefusal(found)) return found
  const named = found.items.find((order) => order.number === number)
  return named?.id ?? refuse('not-found', `${party} has no order ${number}.`)
}

function printAnswer({ check, order }: OrderAnswer, output: Output): void {
  const { amount, currency, number, status } = order
  output.say(
    `${number}: ${status}, ${currency} ${grouped(amount)}, counts ${grouped(order.counts)}.`,
  )
  if (check === null) return
  const rules = check.rules.length === 0 ? '' : ` (${check.rules.join(', ')})`
  const color = check.outcome === 'held' ? 'red' : 'green'
  output.say(output.color(color, `The gate says: ${check.outcome}${rules}.`))
  if (check.outcome === 'approved') return
  output.say(`Why: xinheng check show ${order.party.code} ${check.decisionId}`)
}

function printOrder(order: OrderFile, output: Output): void {
  const { currency, party } = order
  output.say(`${order.number} of ${party.code} ${party.name}: ${order.status}`)
  output.say(`ordered ${order.orderedOn}, wanted ${order.requestedOn ?? 'at once'}`)
  output.say(
    `${currency} ${grouped(order.amount)}, delivered ${grouped(order.delivered)} ` +
      `(${order.deliveredPercent}%), not invoiced ${grouped(order.notInvoiced)}, ` +
      `counts ${grouped(order.counts)}`,
  )
  output.table(
    ['line', 'item', 'quantity', 'unit', 'price', 'amount', 'delivered', 'rest'],
    order.lines.map((line) => [
      ...[String(line.line), line.item, line.quantity, line.unit, line.unitPrice, line.amount],
      ...[line.delivered, line.rest],
    ]),
  )
  for (const one of order.deliveries) {
    output.say(`${one.deliveredOn}  ${one.number ?? '-'}  ${one.amount}`)
  }
}
