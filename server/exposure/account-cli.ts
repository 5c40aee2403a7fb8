import { Argument, type Command } from 'commander'
import {
  type AccountStatus,
  type NewSecurity,
  type SecurityEnd,
  type SecurityKind,
  securityKinds,
} from '#contract/exposure.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import { findCompany } from '#server/company/public.ts'
import { accountOpenedFor, type WhichAccount } from '#server/exposure/account-for.ts'
import { endSecurity, registerSecurity } from '#server/exposure/register-security.ts'
import { securitiesOf } from '#server/exposure/security.store.ts'
import { setLimit } from '#server/exposure/set-limit.ts'
import { setStatus } from '#server/exposure/set-status.ts'
import type { AccountReply } from '#server/exposure/show-accounts.ts'
import { grantTemporaryLimit } from '#server/exposure/temporary-limit.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'

/** What is decided about an account: its status, its limits, what secures it. */
export function addAccountCommands(exposure: Command, run: Run): void {
  const status = (name: string, to: AccountStatus, description: string) =>
    addStatusCommand(exposure, run, { name, to, description })
  status('freeze', 'frozen', 'let nothing pass, whoever releases it')
  status('block', 'blocked', 'hold every document until somebody releases it')
  status('watch', 'watch', 'warn at every document')
  status('unfreeze', 'open', 'end a freeze, a block or a watch').alias('open')
  addLimitCommands(exposure, run)
  addSecurityCommands(exposure, run)
}

const ofSegment = ['--segment <name>', 'of a credit segment of the party'] as const
const ofGroup = ['--group', 'of the whole group that the party heads'] as const

function addStatusCommand(
  exposure: Command,
  run: Run,
  of: { readonly name: string; readonly to: AccountStatus; readonly description: string },
): Command {
  return exposure
    .command(of.name)
    .description(of.description)
    .argument('<party>')
    .requiredOption('--reason <text>')
    .option(...ofSegment)
    .option(...ofGroup)
    .action((party: string, { reason, ...which }: WhichAccount & { reason: string }) =>
      run(
        async (context) => {
          const account = await accountOpenedFor(context, party, which)
          if (isRefusal(account)) return account
          return setStatus(context, account, { status: of.to, reason })
        },
        (account, output) => output.say(`${nameOf(account)} is ${account.status} from now on.`),
      ),
    )
}

type LimitOptions = WhichAccount & {
  to: string
  reason: string
  currency?: string
  reviewOn?: string
  terms?: string
}

function addLimitCommands(exposure: Command, run: Run): void {
  exposure
    .command('set-limit')
    .description('set the standing limit by hand; ratings leave it alone until its last day')
    .argument('<party>')
    .argument('<amount>')
    .requiredOption('--to <day>', 'last day')
    .requiredOption('--reason <text>')
    .option('--currency <code>', "without it the account's own")
    .option('--review-on <day>', 'without it the last day')
    .option('--terms <terms>', 'net-30, 月结30天')
    .option(...ofSegment)
    .option(...ofGroup)
    .action((party: string, limit: string, options: LimitOptions) =>
      run(
        async (context) => {
          const { group, segment, to: toOn, ...change } = options
          const account = await accountOpenedFor(context, party, { group, segment })
          if (isRefusal(account)) return account
          return setLimit(context, account, { currency: account.currency, ...change, limit, toOn })
        },
        (account, output) => printLimit(account, output),
      ),
    )
  exposure
    .command('temporary-limit')
    .description('grant an amount on top of the standing limit for some days')
    .argument('<party>')
    .argument('<amount>')
    .requiredOption('--to <day>', 'last day')
    .requiredOption('--reason <text>')
    .option('--from <day>', 'first day; without it today')
    .option(...ofSegment)
    .option(...ofGroup)
    .action((party: string, amount: string, options: TemporaryOptions) =>
      run(
        async (context) => {
          const { from, reason, to: toOn, ...which } = options
          const account = await accountOpenedFor(context, party, which)
          if (isRefusal(account)) return account
          const wanted = { amount, toOn, reason, ...(from === undefined ? {} : { fromOn: from }) }
          return grantTemporaryLimit(context, account, wanted)
        },
        (account, output) => printLimit(account, output),
      ),
    )
}

type TemporaryOptions = WhichAccount & { from?: string; to: string; reason: string }

function addSecurityCommands(exposure: Command, run: Run): void {
  exposure
    .command('secure')
    .description('register what covers a part: secure C001 insured P-8 500000.00 --to 2027-03-31')
    .argument('<party>')
    .addArgument(new Argument('<kind>').choices(securityKinds))
    .argument('<number>')
    .argument('<amount>')
    .requiredOption('--to <day>', 'last day')
    .option('--from <day>', 'first day; without it today')
    .option('--counts <share>', 'what of it counts, such as 80%; without it all')
    .option('--currency <code>', "without it the party's")
    .option('--issuer <name>', 'bank, insurer')
    .option('--segment <name>', 'for this credit segment only')
    .option('--note <text>')
    .action(
      (party: string, kind: SecurityKind, number: string, amount: string, of: SecureOptions) =>
        run(
          async (context) => {
            const { from, to: toOn, ...options } = of
            const found = await findPartyByKey(context, party)
            if (isRefusal(found)) return found
            const currency =
              found.currency ?? (await findCompany(context.db))?.baseCurrency ?? 'CNY'
            const what = { currency, ...options, kind, number, amount, toOn }
            const since = from === undefined ? {} : { fromOn: from }
            return registerSecurity(context, found.id, { ...what, ...since })
          },
          ({ counted, currency, fromOn, toOn }, output) =>
            output.say(`${number} counts ${currency} ${grouped(counted)}, ${fromOn} to ${toOn}.`),
        ),
    )
  exposure
    .command('end-security')
    .description('end what covers a part before its last day')
    .argument('<party>')
    .argument('<number>')
    .requiredOption('--reason <text>')
    .action((party: string, number: string, end: SecurityEnd) =>
      run(
        async (context) => {
          const found = await findPartyByKey(context, party)
          if (isRefusal(found)) return found
          const all = await securitiesOf(context.db, found.id)
          const security = all.find((one) => one.number === number && one.endedOn === null)
          if (security) return endSecurity(context, security, end)
          return refuse('not-found', `${party} has no security ${number} that still runs.`)
        },
        (ended, output) => output.say(`${ended.number} counts no longer.`),
      ),
    )
}

type SecureOptions = Pick<NewSecurity, 'counts' | 'issuer' | 'segment' | 'note'> & {
  from?: string
  to: string
  currency?: string
}

function printLimit(account: AccountReply, output: Output): void {
  const { available, currency, limit, limitToOn } = account
  const amount = (text: string | null) => (text === null ? '-' : `${currency} ${grouped(text)}`)
  output.say(`${nameOf(account)}: limit ${amount(limit)}, until ${limitToOn ?? '-'}.`)
  for (const one of account.temporaryLimits) {
    output.say(`  ${amount(one.amount)} on top, ${one.fromOn} to ${one.toOn}: ${one.reason}`)
  }
  output.say(`  available ${amount(available)}`)
}

function nameOf({ code, level, name, segment }: AccountReply): string {
  if (level === 'group') return `The group of ${code} ${name}`
  return level === 'segment' ? `Segment ${segment} of ${code} ${name}` : `${code} ${name}`
}
