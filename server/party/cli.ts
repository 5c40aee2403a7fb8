import type { Command } from 'commander'
import {
  type DuplicateSuggestion,
  type PartyFile,
  type PartyFilter,
  type PartyPage,
  partyRoles,
} from '#contract/party.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import { createParty } from '#server/party/create-party.ts'
import { findPartyByKey } from '#server/party/find-party-by-key.ts'
import { listParties } from '#server/party/list-parties.ts'
import { mergeParties } from '#server/party/merge-parties.ts'
import { type DuplicateSearchResult, searchDuplicates } from '#server/party/search-duplicates.ts'
import { showParty } from '#server/party/show-party.ts'
import { suggestDuplicates } from '#server/party/suggest-duplicates.ts'
import { undoMerge } from '#server/party/undo-merge.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'

const keyText = 'code, credit code, name or id'

export function addPartyCommands(program: Command, run: Run): void {
  const party = program.command('party').description('credit files of customers and suppliers')
  addReading(party, run)
  addCreating(party, run)
  addMerging(party, run)
}

type ListOptions = Pick<
  PartyFilter,
  'industry' | 'region' | 'department' | 'salesperson' | 'state' | 'sort' | 'after'
> & { role?: string; group?: string; limit: string }

function addReading(party: Command, run: Run): void {
  party
    .command('list')
    .description('parties by code or name')
    .argument('[text]', 'part of a name, or the beginning of a code or identifier')
    .option('--role <role>', partyRoles.join(', '))
    .option('--industry <industry>')
    .option('--region <region>')
    .option('--department <department>')
    .option('--salesperson <name>')
    .option('--group <key>', `the group under this party: ${keyText}`)
    .option('--state <state>', 'open, closed, merged or all')
    .option('--sort <order>', 'code or name')
    .option('--limit <count>', 'lines on a page', '50')
    .option('--after <id>', 'continue after this party')
    .action((text: string | undefined, options: ListOptions) =>
      run(async (context) => {
        const { role: roleName, group: groupKey, limit, ...filter } = options
        const role = partyRoles.find((known) => known === roleName)
        if (roleName !== undefined && !role) {
          return refuse('invalid-input', `--role: ${roleName} is none of ${partyRoles.join(', ')}.`)
        }
        const group = groupKey === undefined ? undefined : await findPartyByKey(context, groupKey)
        if (isRefusal(group)) return group
        const lines = Number(limit)
        if (!Number.isInteger(lines) || lines < 1 || lines > 500) {
          return refuse('invalid-input', '--limit: write a number from 1 to 500.')
        }
        return listParties(context, {
          ...filter,
          limit: lines,
          ...(text === undefined ? {} : { text }),
          ...(role ? { role } : {}),
          ...(group ? { group: group.id } : {}),
        })
      }, printPage),
    )
  party
    .command('show')
    .description('one credit file')
    .argument('<key>', keyText)
    .action((key: string) =>
      run(async (context) => {
        const found = await findPartyByKey(context, key)
        return isRefusal(found) ? found : showParty(context, found.id)
      }, printFile),
    )
}

type CreateOptions = {
  code?: string
  role: string[]
  creditCode?: string
  terms?: string
  salesperson?: string
  acceptDuplicate?: boolean
}

function addCreating(party: Command, run: Run): void {
  party
    .command('create')
    .description('open a credit file')
    .argument('<name>')
    .option('--code <code>', 'your own number for it; without one the next of the series')
    .option('--role <role...>', partyRoles.join(', '), ['customer'])
    .option('--credit-code <code>', 'unified social credit code')
    .option('--terms <terms>', '月结30天, net 30, eom-30')
    .option('--salesperson <name>')
    .option('--accept-duplicate', 'although another party has the same valid code')
    .action((name: string, options: CreateOptions) =>
      run(
        async (context) => {
          const { role: named, creditCode, ...fields } = options
          const roles = partyRoles.filter((role) => named.includes(role))
          if (roles.length !== new Set(named).size) {
            return refuse('invalid-input', `--role: choose among ${partyRoles.join(', ')}.`)
          }
          const identifiers =
            creditCode === undefined ? [] : [{ scheme: 'uscc' as const, value: creditCode }]
          return createParty(context, { name, ...fields, roles, identifiers })
        },
        ({ code, duplicates }, output) => {
          output.say(`${code} ${name}`)
          if (duplicates.length > 0) printSuggestions(duplicates, output)
        },
      ),
    )
}

function addMerging(party: Command, run: Run): void {
  party
    .command('merge')
    .description('let a duplicate count as another party')
    .argument('<survivor>', keyText)
    .argument('<duplicate>', keyText)
    .requiredOption('--reason <text>')
    .action((survivorKey: string, duplicateKey: string, { reason }: { reason: string }) =>
      run(
        async (context) => {
          const survivor = await findPartyByKey(context, survivorKey)
          if (isRefusal(survivor)) return survivor
          const duplicate = await findPartyByKey(context, duplicateKey)
          if (isRefusal(duplicate)) return duplicate
          return mergeParties(context, survivor.id, { duplicateId: duplicate.id, reason })
        },
        (_, output) => output.say('Merged. `xinheng party undo-merge` takes it back.'),
      ),
    )
  party
    .command('undo-merge')
    .description('let a merged duplicate stand for itself again')
    .argument('<duplicate>', keyText)
    .action((key: string) =>
      run(
        async (context) => {
          const duplicate = await findPartyByKey(context, key)
          if (isRefusal(duplicate)) return duplicate
          const file = await showParty(context, duplicate.id)
          if (isRefusal(file)) return file
          const merge = file.merges.find((one) => one.duplicateId === file.id && !one.undoneAt)
          return merge
            ? undoMerge(context, merge.partyId, merge.id)
            : refuse('wrong-state', `${file.code} ${file.name} is not merged into another party.`)
        },
        (_, output) => output.say('The merge is undone.'),
      ),
    )
  party
    .command('duplicates')
    .description('parties that may be the same: as one given, or among all')
    .argument('[key]', keyText)
    .option('--merge-same-code', 'among all: merge those that hold the same valid code')
    .action((key: string | undefined, options: { mergeSameCode?: boolean }) =>
      key === undefined
        ? run((context, { progress }) => searchDuplicates(context, options, progress), printSearch)
        : run(async (context) => {
            const found = await findPartyByKey(context, key)
            return isRefusal(found) ? found : suggestDuplicates(context, found.id)
          }, printSuggestions),
    )
}

function printPage({ items, next }: PartyPage, output: Output): void {
  output.table(
    ['code', 'name', 'roles', 'region', 'industry', 'salesperson', 'terms'],
    items.map((party) => [
      party.code,
      party.name,
      party.roles.join(' '),
      party.region ?? '-',
      party.industry ?? '-',
      party.salesperson ?? '-',
      party.terms ?? '-',
    ]),
  )
  if (next !== null) output.say(output.color('dim', `More: --after ${next}`))
}

function printFile(file: PartyFile, output: Output): void {
  const named = (party: { code: string; name: string } | null) =>
    party && `${party.code} ${party.name}`
  const lines: [string, string | null][] = [
    ['code', file.code],
    ['name', file.name],
    ['id', file.id],
    ['roles', file.roles.join(', ')],
    ['industry', file.industry],
    ['region', file.region],
    ['department', file.department],
    ['salesperson', file.salesperson],
    ['currency', file.currency],
    ['terms', file.terms],
    ['customer since', file.sinceOn],
    ['founded', file.foundedOn],
    ['group', named(file.groupParent)],
    ['payer', named(file.payer)],
    ['merged into', named(file.mergedInto)],
    ['closed', file.closedOn],
    ['note', file.note],
  ]
  for (const each of file.identifiers) {
    lines.push([each.scheme, each.isValid ? each.value : `${each.value} (not valid)`])
  }
  for (const each of file.otherNames) lines.push([each.kind, each.name])
  for (const each of file.contacts) {
    lines.push([
      'contact',
      [each.name, each.title, each.phone, each.email].filter(Boolean).join(' '),
    ])
  }
  for (const each of file.bankAccounts) {
    lines.push(['account', [each.accountNumber, each.bankName].filter(Boolean).join(' ')])
  }
  for (const each of file.members) lines.push(['member', named(each)])
  for (const each of file.paysFor) lines.push(['pays for', named(each)])
  for (const [label, value] of lines) {
    if (value) output.say(`${output.color('dim', label.padEnd(18))}${value}`)
  }
}

function printSuggestions(suggestions: readonly DuplicateSuggestion[], output: Output): void {
  if (suggestions.length === 0) output.say('No party looks like it.')
  else {
    output.table(
      ['may be', 'name', 'alike', 'because'],
      suggestions.map((each) => [each.code, each.name, percent(each), each.evidence.join(', ')]),
    )
  }
}

function printSearch(result: DuplicateSearchResult, output: Output): void {
  const { compared, sameCode, similarName, merged, suggestions } = result
  output.table(
    ['party', 'name', 'may be', 'name', 'alike', 'because'],
    suggestions.map((each) => [
      each.of.code,
      each.of.name,
      each.code,
      each.name,
      percent(each),
      each.evidence.join(', '),
    ]),
  )
  output.say(
    `${compared} pairs compared: ${sameCode} of one code, ${similarName} of similar names; ` +
      `${merged} merged.`,
  )
}

function percent({ similarityBps }: DuplicateSuggestion): string {
  return `${Math.floor(similarityBps / 100)}%`
}
