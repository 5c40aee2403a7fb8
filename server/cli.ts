import { userInfo } from 'node:os'
import { Command, CommanderError } from 'commander'
import { addAuditCommands } from '#server/audit/cli.ts'
import { addCheckCommands } from '#server/check/cli.ts'
import { addCompanyCommands } from '#server/company/cli.ts'
import { findCompany } from '#server/company/public.ts'
import { addCustomerCommands } from '#server/customer/cli.ts'
import { addExposureCommands } from '#server/exposure/cli.ts'
import { addImportCommands } from '#server/import/cli.ts'
import { addIndicatorCommands } from '#server/indicator/cli.ts'
import { addLabCommands } from '#server/lab/cli.ts'
import { addModelCommands } from '#server/model/cli.ts'
import { addNoticeCommands } from '#server/notice/cli.ts'
import { addOrderCommands } from '#server/order/cli.ts'
import { addPartyCommands } from '#server/party/cli.ts'
import { createRun } from '#server/platform/cli-run.ts'
import { version } from '#server/platform/installation.ts'
import { todayIn } from '#server/platform/today.ts'
import { addPolicyCommands } from '#server/policy/cli.ts'
import { prepareDatabase } from '#server/prepare.ts'
import { addReceivableCommands } from '#server/receivable/cli.ts'
import { addReportCommands } from '#server/report/cli.ts'
import { addScoringCommands } from '#server/scoring/cli.ts'
import { addDoctorCommand } from '#server/system/cli.ts'
import { addUserCommands } from '#server/user/cli.ts'

const program = new Command('xinheng')
  .description('Credit management for companies that sell on terms.')
  .version(version)
  .option('--json', 'print results as JSON')
  .option('--dry-run', 'do everything, tell the outcome, keep nothing')
  .option('--as-of <day>', 'act as if today were this day (YYYY-MM-DD)')
  .configureHelp({ showGlobalOptions: true, sortSubcommands: true })
  .addHelpText(
    'after',
    `
Works while the server runs and alone: then it starts the embedded database for its own duration.
XINHENG_DATA names the data folder, DATABASE_URL another PostgreSQL. NO_COLOR turns colours off.

Exit codes: 0 done, 1 failed, 2 refused (nothing was changed), 3 differences or problems found.`,
  )
  .exitOverride()

const run = createRun(program, async (db) => {
  await prepareDatabase(db)
  const company = await findCompany(db)
  return {
    db,
    today: todayIn(company?.timeZone ?? 'Asia/Shanghai'),
    actor: {
      kind: 'operator',
      id: `operator:${userInfo().username}`,
      name: userInfo().username,
      roles: ['admin'],
    },
  }
})

addAuditCommands(program, run)
addCompanyCommands(program, run)
addPartyCommands(program, run)
addReceivableCommands(program, run)
addCheckCommands(program, run, addExposureCommands(program, run))
addOrderCommands(program, run)
addCustomerCommands(program, run)
addUserCommands(program, run)
addNoticeCommands(program, run)
addImportCommands(program, run)
addIndicatorCommands(program, run)
addPolicyCommands(program, run)
addScoringCommands(program, run)
addLabCommands(program, run)
addModelCommands(program, run)
addReportCommands(program, run)
addDoctorCommand(program, run)

// A reader such as `head` that has seen enough: the command ends as usual, with its database.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1
  else {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
