import type { Command } from 'commander'
import type { AccountStatus, LedgerPage } from '#contract/exposure.ts'
import { isRefusal } from '#contract/problem.ts'
import { type Stage, securedStages, stages } from '#kernel/exposure/stage.ts'
import { addAccountCommands } from '#server/exposure/account-cli.ts'
import { accountFor, type WhichAccount } from '#server/exposure/account-for.ts'
import { securityReply } from '#server/exposure/register-security.ts'
import { securitiesOf } from '#server/exposure/security.store.ts'
import { type AccountReply, showAccounts, showAccountsOf } from '#server/exposure/show-accounts.ts'
import { showLedger } from '#server/exposure/show-ledger.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { grouped } from '#server/platform/grouped.ts'

export function addExposureCommands(program: Command, run: Run): Command {
  const exposure = program
    .command('exposure')
    .description('what is at risk with each customer, beside its limits')
  addShowCommand(exposure, run)
  addListCommand(exposure, run)
  addEntriesCommand(exposure, run)
  addAccountCommands(exposure, run)
  return exposure
}

function addShowCommand(exposure: Command, run: Run): void {
  exposure
    .command('show')
    .description('credit accounts of a party: exposure by stage, limits, what is available')
    .argument('<party>', 'code, name, credit code or id')
    .action((key: string) =>
      run(
        async (context) => {
          const party = await findPartyByKey(context, key)
          if (isRefusal(party)) return party
          const accounts = await showAccountsOf(context, party.id)
          if (isRefusal(accounts)) return accounts
          const securities = (await securitiesOf(context.db, party.id)).map(securityReply)
          return { party: { code: party.code, name: party.name }, ...accounts, securities }
        },
        ({ party, items, above, securities }, output) => {
          output.say(output.color('bold', `${party.code} ${party.name}`))
          if (items.length === 0) {
            output.say('No account yet: its first document, rating or limit opens one.')
          }
          for (const account of items) printAccount(account, output)
          if (above.length > 0) output.say('Its documents count here too:')
          for (const account of above) printAccount(account, output)
          if (securities.length === 0) return
          output.table(
            [
              'security',
              'number',
              'issuer',
              'cur',
              'amount',
              'share',
              'counted',
              'from',
              'to',
              'now',
            ],
            securities.map((one) => [
              ...[one.kind, one.number, one.issuer ?? '', one.currency, grouped(one.amount)],
              ...[one.share, grouped(one.counted), one.fromOn, one.toOn],
              one.endedOn === null ? (one.counts ? 'counts' : 'to come') : `ended ${one.endedOn}`,
            ]),
          )
        },
      ),
    )
}

function printAccount(account: AccountReply, output: Output): void {
  const { chargedTo, currency, dunningLevel, grade, statusBy, statusReason, terms } = account
  const told = [
    nameOf(account),
    account.status,
    grade && `grade ${grade}`,
    terms && `terms ${terms}`,
    account.tolerance && `tolerance ${account.tolerance}`,
    dunningLevel > 0 && `dunning level ${dunningLevel}`,
  ]
  output.say('')
  output.say(told.filter(Boolean).join(', '))
  if (statusReason && account.status !== 'open')
    output.say(output.color('yellow', `  ${statusReason} (${statusBy})`))
  if (chargedTo) output.say(`  charged to ${chargedTo.code} ${chargedTo.name}`)
  output.table(
    ['', 'cur', 'amount', ''],
    [
      ...account.balances.flatMap(stageRows),
      ['exposure', currency, account.exposure === null ? '-' : grouped(account.exposure), ''],
      ...limitRows(account),
      ['available', currency, account.available === null ? '-' : grouped(account.available), ''],
    ],
  )
  if (account.exposure === null) {
    output.say(output.color('red', `An exchange rate into ${currency} is missing.`))
  }
}

function nameOf({ code, level, name, segment }: AccountReply): string {
  if (level === 'group') return `Group ${code} ${name}`
  return level === 'segment' ? `Segment ${segment} of ${code}` : `Customer ${code} ${name}`
}

function stageRows({ currency, stages: amounts }: AccountReply['balances'][number]): string[][] {
  const isSecured = (stage: Stage) => (securedStages as readonly Stage[]).includes(stage)
  return stages.flatMap((stage) => {
    const amount = amounts[stage]
    if (amount === undefined) return []
    return [[stage, currency, isSecured(stage) ? `-${grouped(amount)}` : grouped(amount), '']]
  })
}

function limitRows(account: AccountReply): string[][] {
  const { currency, limit, limitFromOn, limitReason, limitSource, limitToOn, reviewOn } = account
  const source = limitSource === 'manual' ? `by hand: ${limitReason}` : 'by policy'
  const standing =
    limit === null
      ? ['limit', currency, '-', account.level === 'party' ? 'never granted' : 'none at this level']
      : [
          ...['limit', currency, grouped(limit)],
          `${limitFromOn} to ${limitToOn}, review ${reviewOn}, ${source}`,
        ]
  const temporary = account.temporaryLimits.map((one) => [
    ...['temporary', currency, grouped(one.amount)],
    `${one.fromOn} to ${one.toOn}${one.inForce ? '' : ', to come'}: ${one.reason} (${one.grantedBy})`,
  ])
  return [standing, ...temporary]
}

type ListOptions = { status?: AccountStatus; level?: string; limit: string }

function addListCommand(exposure: Command, run: Run): void {
  exposure
    .command('list')
    .description('credit accounts, such as those that are frozen')
    .option('--status <status>', 'open, watch, blocked or frozen')
    .option('--level <level>', 'segment, party or group')
    .option('--limit <n>', 'how many', '50')
    .action(({ limit, ...query }: ListOptions) =>
      run(
        (context) => showAccounts(context, { ...query, limit: Number(limit) }),
        ({ items, next }, output) => {
          output.table(
            ['customer', 'name', 'level', 'status', 'cur', 'limit', 'exposure', 'available', 'why'],
            items.map((one) => [
              ...[one.code, one.name, one.segment || one.level, one.status, one.currency],
              ...[one.limit, one.exposure, one.available].map((text) =>
                text === null ? '-' : grouped(text),
              ),
              one.statusReason ?? '',
            ]),
          )
          if (next) output.say('--limit shows more.')
        },
      ),
    )
}

type EntriesOptions = WhichAccount & { stage?: string; limit: string }

function addEntriesCommand(exposure: Command, run: Run): void {
  exposure
    .command('entries')
    .description('the ledger entries behind the balances of an account, latest first')
    .argument('<party>')
    .option('--segment <name>', 'of this credit segment only')
    .option('--group', 'of the whole group that it heads')
    .option('--stage <stage>', stages.join(', '))
    .option('--limit <n>', 'how many', '50')
    .action((party: string, { limit, stage, ...which }: EntriesOptions) =>
      run(
        async (context) => {
          const account = await accountFor(context, party, which)
          if (isRefusal(account)) return account
          const query = { limit: Number(limit), ...(stage === undefined ? {} : { stage }) }
          return showLedger(context, account, query)
        },
        (page, output) => printEntries(page, output),
      ),
    )
}

function printEntries({ items, next }: LedgerPage, output: Output): void {
  output.table(
    ['on', 'stage', 'cur', 'amount', 'document', 'number', 'cause', 'check'],
    items.map((one) => [
      ...[one.effectiveOn, one.stage, one.currency, grouped(one.amount), one.documentKind],
      ...[one.number, one.cause, one.decisionId ?? ''],
    ]),
  )
  if (next) output.say('--limit shows more.')
}
