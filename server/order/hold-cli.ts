import type { Command } from 'commander'
import { isRefusal } from '#contract/problem.ts'
import { addHoldCommands, findHoldByNumber, rejectHold, releaseHold } from '#server/check/public.ts'
import { followRejection, followRelease } from '#server/order/follow-release.ts'
import type { Run } from '#server/platform/cli-run.ts'

type ReleaseOptions = { reason: string; amount?: string; until?: string }

/** `xinheng hold` with what is decided about a hold. */
export function addHoldDecisionCommands(program: Command, run: Run): void {
  const hold = addHoldCommands(program, run)
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
          return isRefusal(key) ? key : releaseHold(context, key, options, followRelease)
        },
        ({ currency, upTo, waiting }, output) =>
          output.say(
            `${number} may pass up to ${currency} ${upTo}; ${currency} ${waiting} waits on.`,
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
          return isRefusal(key) ? key : rejectHold(context, key, { reason }, followRejection)
        },
        (_, output) => output.say(`${number} is rejected.`),
      ),
    )
}
