import type { Command } from 'commander'
import type { HoldFile, HoldQuery } from '#contract/hold.ts'
import { isRefusal } from '#contract/problem.ts'
import { assignHold } from '#server/check/assign-hold.ts'
import { findHoldByNumber } from '#server/check/find-hold-by-number.ts'
import type { FollowHolds } from '#server/check/follow-hold.ts'
import { listHolds } from '#server/check/list-holds.ts'
import { type Language, printReasons, printRemedies } from '#server/check/print-check.ts'
import { rejectHold } from '#server/check/reject-hold.ts'
import { releaseHold } from '#server/check/release-hold.ts'
import { showHold } from '#server/check/show-hold.ts'
import { answerAboutHold, askAboutHold } from '#server/check/talk-about-hold.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'

export function addHoldCommands(program: Command, run: Run, orders: FollowHolds): void {
  const hold = program.command('hold').description('documents that wait to be released')
  addListCommand(hold, run)
  hold
    .command('show')
    .description('why a document is held, what would let it pass, and what happened to it')
    .argument('<number>', 'number of the document')
    .option('--lang <language>', 'zh or en', 'zh')
    .action((number: string, { lang }: { lang: Language }) =>
      run(
        async (context) => {
          const key = await findHoldByNumber(context.db, number)
          return isRefusal(key) ? key : showHold(context, key)
        },
        (shown, output) => printHold(shown, lang, output),
      ),
    )
  addTalkCommands(hold, run)
  addDecisions(hold, run, orders)
}

type ListOptions = Omit<HoldQuery, 'limit' | 'olderThan'> & { limit: string; olderThan?: string }

function addListCommand(hold: Command, run: Run): void {
  hold
    .command('list')
    .description('what waits, the most urgent first, then what waits longest')
    .option('--party <key>', 'of one customer: code, name, credit code or id')
    .option('--owner <name>', 'a role or a person')
    .option('--mine', 'owned, asked for or sold by me')
    .option('--rule <id>', 'held by this check rule')
    .option('--currency <code>')
    .option('--min-amount <amount>', 'of the currency that is named')
    .option('--older-than <days>')
    .option('--limit <n>', 'how many', '50')
    .action(({ limit, olderThan, ...query }: ListOptions) =>
      run(
        (context) =>
          listHolds(context, {
            ...query,
            limit: Number(limit),
            ...(olderThan === undefined ? {} : { olderThan: Number(olderThan) }),
          }),
        ({ items, totals }, output) => {
          output.table(
            ['number', 'customer', 'name', 'days', 'cur', 'amount', 'owner', 'rules'],
            items.map((one) => [
              ...[one.number, one.party.code, one.party.name, String(one.ageDays), one.currency],
              ...[grouped(one.amount), one.owner, one.rules.join(' ')],
            ]),
          )
          for (const { amount, count, currency } of totals) {
            output.say(`${count} held: ${currency} ${grouped(amount)}`)
          }
        },
      ),
    )
}

function addTalkCommands(hold: Command, run: Run): void {
  hold
    .command('ask')
    .description('ask who sells a held document')
    .argument('<number>')
    .argument('<question>')
    .action((number: string, question: string) =>
      run(
        async (context) => {
          const key = await findHoldByNumber(context.db, number)
          return isRefusal(key) ? key : askAboutHold(context, key, { question })
        },
        ({ owner }, output) => output.say(`${number} waits for an answer of ${owner}.`),
      ),
    )
  hold
    .command('answer')
    .description('answer the question about a held document')
    .argument('<number>')
    .argument('<answer>')
    .action((number: string, answer: string) =>
      run(
        async (context) => {
          const key = await findHoldByNumber(context.db, number)
          return isRefusal(key) ? key : answerAboutHold(context, key, { answer })
        },
        ({ owner }, output) => output.say(`${number} is back with ${owner}.`),
      ),
    )
  hold
    .command('assign')
    .description('hand a hold to a role or a person')
    .argument('<number>')
    .argument('<owner>', 'a role such as credit-manager, or a login')
    .action((number: string, owner: string) =>
      run(
        async (context) => {
          const key = await findHoldByNumber(context.db, number)
          return isRefusal(key) ? key : assignHold(context, key, { owner })
        },
        (kept, output) => output.say(`${number} is with ${kept.owner}.`),
      ),
    )
}

function printHold(hold: HoldFile, lang: Language, output: Output): void {
  output.say(`${hold.number} of ${hold.party.code} ${hold.party.name}`)
  const { ageDays, amount, currency, owner, state } = hold
  output.say(`${currency} ${grouped(amount)}, ${state} for ${ageDays} days, with ${owner}`)
  printReasons(hold.check, lang, output)
  printRemedies(hold.check, lang, output)
  if (hold.question) output.say(`asked: ${hold.question}`)
  if (hold.answer) output.say(`answered: ${hold.answer}`)
  for (const one of hold.releases) {
    const upTo = `${one.currency} ${grouped(one.upTo)}`
    output.say(`released up to ${upTo} by ${one.releasedBy}: ${one.reason}`)
  }
}

type ReleaseOptions = { reason: string; amount?: string; until?: string }

function addDecisions(hold: Command, run: Run, orders: FollowHolds): void {
  hold
    .command('release')
    .description('let a held document pass: release SO-8 --reason "..." --amount 50000.00')
    .argument('<number>', 'number of the document')
    .requiredOption('--reason <text>')
    .option('--amount <amount>', 'up to so much of it')
    .option('--until <day>', 'until this day instead of once')
    .action((number: string, options: ReleaseOptions) =>
      run(
        async (context) => {
          const key = await findHoldByNumber(context.db, number)
          return isRefusal(key) ? key : releaseHold(context, key, options, orders)
        },
        ({ currency, upTo, waiting }, output) =>
          output.say(
            Number(waiting) === 0
              ? `${number} may pass: ${currency} ${grouped(upTo)}.`
              : `${number} may pass up to ${currency} ${grouped(upTo)}; ` +
                  `${currency} ${grouped(waiting)} waits on.`,
          ),
      ),
    )
  hold
    .command('reject')
    .description('turn a held document down')
    .argument('<number>', 'number of the document')
    .requiredOption('--reason <text>')
    .action((number: string, { reason }: { reason: string }) =>
      run(
        async (context) => {
          const key = await findHoldByNumber(context.db, number)
          return isRefusal(key) ? key : rejectHold(context, key, { reason }, orders)
        },
        (_, output) => output.say(`${number} is rejected.`),
      ),
    )
}
