import type { Command } from 'commander'
import { findCompany } from '#server/company/public.ts'
import { followAllChanges } from '#server/customer/follow-changes.ts'
import { verifyLines } from '#server/customer/verify-lines.ts'
import type { Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'
import { todayIn } from '#server/platform/today.ts'

export function addCustomerCommands(program: Command, run: Run): void {
  const customer = program.command('customer').description('the list of customers')
  customer
    .command('verify')
    .description('reckon every line of the list again from what the rooms have, and compare')
    .action(() =>
      run(
        async (context, output) => {
          // Lines are of the real day, whatever day a command is told.
          const zone = (await findCompany(context.db))?.timeZone ?? 'Asia/Shanghai'
          const today = { ...context, today: todayIn(zone) }
          await followAllChanges(today)
          const found = await verifyLines(today)
          if (found.differenceCount > 0) output.exitWith(3)
          return found
        },
        ({ lines, differenceCount, differences }, output) => {
          output.say(`${grouped(String(lines))} lines.`)
          if (differenceCount === 0) {
            output.say('Every line is what ledger, accounts, ratings and holds make of it.')
          } else output.say(output.color('red', `${differenceCount} differences:`))
          for (const { partyId, what, found, proven } of differences) {
            output.say(`  ${partyId} ${what}: ${found}, proven ${proven}`)
          }
        },
      ),
    )
}
