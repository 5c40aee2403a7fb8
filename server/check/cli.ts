import { type Command, Option } from 'commander'
import type { Commitment, CreditCheck, Reservation } from '#contract/check.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { invariant } from '#kernel/invariant.ts'
import { reservationReply } from '#server/check/check-reply.ts'
import { type Language, printCheck, printStoredCheck, timeText } from '#server/check/print-check.ts'
import { requestChecks } from '#server/check/request-checks.ts'
import {
  type ReservationRow,
  reservationId,
  reservationsOf,
} from '#server/check/reservation.store.ts'
import { commitReservation, releaseReservation } from '#server/check/resolve-reservation.ts'
import { showCheck } from '#server/check/show-check.ts'
import { type ExposureVerification, verifyExposure } from '#server/check/verify-exposure.ts'
import { findCompany } from '#server/company/public.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'
import { isId } from '#server/platform/ids.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Adds the checks, and to the commands about exposure its proof beside the book. */
export function addCheckCommands(program: Command, run: Run, exposure: Command): void {
  addCheckCommand(program, run)
  addReservationCommands(program, run)
  addVerifyCommand(exposure, run)
}

type CheckOptions = Pick<CreditCheck, 'terms' | 'segment' | 'document' | 'unit' | 'salesperson'> &
  Pick<CreditCheck, 'checkpoint' | 'quantity'> & {
    currency?: string
    on?: string
    reserve?: boolean
    expiresIn?: string
    priority?: string
    lang: Language
  }

function addCheckCommand(program: Command, run: Run): void {
  const check = program
    .command('check')
    .description('may this order ship? check C001 120000.00 --terms net-30 --on 2026-12-10')
    .argument('<party>', 'code, name, credit code or id')
    .argument('<amount>', 'of the whole document')
    .option('--currency <code>', "without it the company's")
    .option('--on <day>', 'when the goods are wanted; without it at once')
    .option('--terms <terms>', 'net-30, 月结30天, prepaid; without it those agreed')
    .option('--segment <name>', 'credit segment')
    .option('--quantity <n>', 'of a document of one line, so that a remedy can speak of pieces')
    .option('--unit <unit>', 'of the quantity')
    .option('--document <number>', 'number of the document')
    .option('--reserve', 'keep the room for the document, or hold it')
    .option('--expires-in <minutes>', 'of the reservation; without it by the check rules')
    .option('--priority <n>', '1 comes first, 9 last')
    .option('--salesperson <name>', "who is told; without it the party's")
    .addOption(new Option('--checkpoint <point>', 'where it stands').choices(checkpoints))
    .option('--lang <language>', 'zh or en', 'zh')
    .action((key: string, amount: string, options: CheckOptions) =>
      run(
        async (context) => {
          const party = await findPartyByKey(context, key)
          if (isRefusal(party)) return party
          const asked = await requestOf(context, { party: party.id, amount }, options)
          if (isRefusal(asked)) return asked
          const mode = options.reserve ? 'reserve' : 'check'
          const answer = await requestChecks(context, { ...asked, mode })
          if (isRefusal(answer)) return answer
          invariant(!('items' in answer), 'one check has one answer')
          const { currency } = asked
          return { ...answer, party: { code: party.code, name: party.name }, amount, currency }
        },
        (answer, output) => printCheck(answer, options.lang, output),
      ),
    )
  check
    .command('show')
    .description('a check that was made, with its reasons as they were then')
    .argument('<party>', 'who buys')
    .argument('<id>', 'of the check')
    .option('--lang <language>', 'zh or en', 'zh')
    .action((key: string, id: string, { lang }: { lang: Language }) =>
      run(
        async (context) => {
          const party = await findPartyByKey(context, key)
          if (isRefusal(party)) return party
          const shown = isId(id) ? await showCheck(context, { partyId: party.id, id }) : null
          if (shown === null) return refuse('not-found', `"${id}" is not the id of a check.`)
          if (isRefusal(shown)) return shown
          return { ...shown, party: { code: party.code, name: party.name } }
        },
        (shown, output) => printStoredCheck(shown, lang, output),
      ),
    )
}

const checkpoints = ['order', 'delivery']

/** The request as the API takes it; what its schema would refuse is refused here. */
async function requestOf(
  context: Context,
  of: Pick<CreditCheck, 'party' | 'amount'>,
  options: CheckOptions,
): Promise<CreditCheck | Refusal> {
  const { currency, expiresIn, lang: _, on, priority, quantity, reserve: __, ...rest } = options
  if (quantity !== undefined && !/^\d{1,12}(\.\d{1,3})?$/.test(quantity)) {
    return refuse('invalid-input', `--quantity: write a number such as 40, not "${quantity}".`)
  }
  const numbers: [string, string | undefined, number][] = [
    ['--priority', priority, 9],
    ['--expires-in', expiresIn, 527_040],
  ]
  for (const [option, text, most] of numbers) {
    if (text === undefined || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most))
      continue
    return refuse('invalid-input', `${option}: write a whole number from 1 to ${most}.`)
  }
  const own = currency ?? (await findCompany(context.db))?.baseCurrency ?? 'CNY'
  return {
    ...{ ...rest, ...of, currency: own },
    ...(on === undefined ? {} : { requestedOn: on }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(priority === undefined ? {} : { priority: Number(priority) }),
    ...(expiresIn === undefined ? {} : { expiresInMinutes: Number(expiresIn) }),
  }
}

function addReservationCommands(program: Command, run: Run): void {
  const reservation = program
    .command('reservation')
    .description('room that is kept for documents of other systems')
  reservation
    .command('show')
    .description('what is kept for a document, and how it stands')
    .argument('<party>')
    .argument('<number>', 'of the document')
    .action((party: string, number: string) =>
      run(
        async (context) => {
          const found = await findReservation(context, party, number)
          return isRefusal(found) ? found : reservationReply(found)
        },
        (shown, output) => printReservation(shown, output),
      ),
    )
  reservation
    .command('commit')
    .description('let the document count from now on; what is not committed is free again')
    .argument('<party>')
    .argument('<number>', 'of the document')
    .option('--amount <amount>', 'a part of what is reserved')
    .action((party: string, number: string, commitment: Commitment) =>
      run(
        async (context) => {
          const found = await findReservation(context, party, number)
          return isRefusal(found) ? found : commitReservation(context, found, commitment)
        },
        (shown, output) => printReservation(shown, output),
      ),
    )
  reservation
    .command('release')
    .description('give the room back')
    .argument('<party>')
    .argument('<number>', 'of the document')
    .option('--reason <text>')
    .action((party: string, number: string, end: { reason?: string }) =>
      run(
        async (context) => {
          const found = await findReservation(context, party, number)
          return isRefusal(found) ? found : releaseReservation(context, found, end)
        },
        (shown, output) => printReservation(shown, output),
      ),
    )
}

async function findReservation(
  context: Context,
  key: string,
  number: string,
): Promise<ReservationRow | Refusal> {
  const party = await findPartyByKey(context, key)
  if (isRefusal(party)) return party
  const { id: partyId } = party
  const [found] = await reservationsOf(context.db, [
    { partyId, id: reservationId(partyId, number) },
  ])
  return found ?? refuse('not-found', `${party.code} has no reservation for ${number}.`)
}

function printReservation(of: Reservation, output: Output): void {
  const amount = (text: string) => `${of.currency} ${grouped(text)}`
  const committed = of.committed === null ? '' : `, committed ${amount(of.committed)}`
  const how = of.state === 'expired' ? 'ended' : 'until'
  const until = of.expiresAt === null ? '' : `, ${how} ${timeText(of.expiresAt)}`
  output.say(`${of.number}: ${of.state}, ${amount(of.amount)}${committed}${until}.`)
}

function addVerifyCommand(exposure: Command, run: Run): void {
  exposure
    .command('verify')
    .description('prove that balances equal the fold of all entries and agree with the book')
    .action(() =>
      run(
        async ({ db }, output) => {
          const found = await verifyExposure(db)
          if (found.differenceCount > 0) output.exitWith(3)
          return found
        },
        (found, output) => printVerification(found, output),
      ),
    )
}

function printVerification(found: ExposureVerification, output: Output): void {
  const { accounts, differenceCount, differences, entries } = found
  output.say(`${grouped(String(entries))} entries of ${grouped(String(accounts))} accounts.`)
  if (differenceCount === 0) {
    output.say('Every balance equals the fold of its entries, and the ledger agrees with the book.')
  } else output.say(output.color('red', `${differenceCount} differences:`))
  for (const one of differences) {
    output.say(
      `  ${one.kind} ${one.partyId} ${one.id} ${one.what}: ${one.found}, proven ${one.proven}`,
    )
  }
}
