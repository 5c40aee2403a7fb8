import { accessSync, constants } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { type ImportBatch, type ImportOptions, importKinds } from '#contract/import.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import { applyImport } from '#server/import/apply-import.ts'
import { listBatches } from '#server/import/batch.store.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { isChinese } from '#server/import/error-file.ts'
import { printBatch, printRejected } from '#server/import/print-batch.ts'
import { undoImport } from '#server/import/undo-import.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { isId } from '#server/platform/ids.ts'
import type { Context } from '#server/platform/run-command.ts'

type FileOptions = Omit<ImportOptions, 'map'> & {
  readonly map?: Record<string, string>
  readonly onlyGood?: boolean
  readonly errors?: string
  readonly yes?: boolean
}

const descriptions = {
  parties: 'customers and suppliers: creates them, or updates the columns that the file has',
  invoices: 'invoices and credit notes, with what is paid and disputed; creates new customers',
  receipts: 'money received, applied to the invoices named or to the oldest',
  statements: 'financial statements of customers, one line or one year per row',
} as const

export function addImportCommands(program: Command, run: Run): void {
  const imports = program.command('import').description('bring in CSV and XLSX files')
  for (const kind of importKinds) {
    imports
      .command(kind)
      .argument('<file>', 'CSV or XLSX, also compressed by gzip')
      .description(descriptions[kind])
      .option('--map <field=header>', 'take a column as a field; ignore=header drops it', addMap)
      .option('--currency <code>', 'of amounts that name none')
      .option('--date-order <order>', 'dmy, mdy or ymd where dates can be read two ways')
      .option('--unit <unit>', 'of the amounts: 元, 千元, 万元, thousand, million')
      .option('--sheet <name>', 'of a workbook')
      .option('--encoding <name>', 'such as utf-8, gb18030, big5')
      .option('--delimiter <sign>', 'such as , or ; or tab')
      .option('--only-good', 'take the good rows although there are bad ones')
      .option('--errors <file>', 'write bad rows here (NAME.errors.csv beside the file)')
      .option('--yes', 'take without asking on a terminal')
      .action((file: string, options: FileOptions) =>
        run(
          (context, output) =>
            importFile(context, output, {
              kind,
              path: file,
              options,
              asks: asksOn(program, options),
            }),
          (outcome, output) =>
            printOutcome(outcome, output, program.opts<{ dryRun?: boolean }>().dryRun === true),
        ),
      )
  }
  imports
    .command('list')
    .description('files brought in, newest first')
    .option('--limit <n>', 'how many', '30')
    .action((options: { limit: string }) =>
      run(
        async ({ db }) => ({
          items: await listBatches(db, { limit: Number(options.limit) || 30 }),
        }),
        ({ items }, output) => printList(items, output),
      ),
    )
  imports
    .command('undo')
    .argument('<id>', 'of the import, see "import list"')
    .description('remove what an import brought, unless something was built on it')
    .action((id: string) =>
      run(
        async (context) =>
          isId(id) ? undoImport(context, id) : refuse('not-found', `There is no import "${id}".`),
        (batch, output) =>
          output.say(
            batch.state === 'undone'
              ? `Undone: everything that ${batch.fileName} brought is removed.`
              : `${batch.fileName} was checked only; the check is dropped.`,
          ),
      ),
    )
}

function addMap(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) {
    throw new Error(`--map: "${text}" is not of the form field=header.`)
  }
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1) }
}

function asksOn(program: Command, options: FileOptions): boolean {
  const { json, dryRun } = program.opts<{ json?: boolean; dryRun?: boolean }>()
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  return isTerminal === true && !options.yes && !json && !dryRun
}

async function importFile(
  context: Context,
  output: Output,
  of: { kind: (typeof importKinds)[number]; path: string; options: FileOptions; asks: boolean },
) {
  const { onlyGood, errors, yes: _, ...options } = of.options
  if (options.dateOrder !== undefined && !['dmy', 'mdy', 'ymd'].includes(options.dateOrder)) {
    return refuse('invalid-input', '--date-order is dmy, mdy or ymd.')
  }
  const outcome = await checkImport(context, {
    kind: of.kind,
    path: of.path,
    options,
    take: of.asks ? 'nothing' : onlyGood ? 'good' : 'all',
    errorFile: errors ?? errorFileFor(of.path),
    progress: output.progress,
  })
  if (isRefusal(outcome) || outcome.kind !== 'checked') return withExit(outcome, output)
  return askToTake(context, output, outcome, onlyGood === true)
}

function withExit<Outcome>(outcome: Outcome, output: Output): Outcome {
  const kind = (outcome as { kind?: string }).kind
  if (kind === 'rows-bad') output.exitWith(2)
  return outcome
}

/** Shows what a file would bring before anything is taken, and takes it on a yes. */
async function askToTake(
  context: Context,
  output: Output,
  outcome: ImportOutcome,
  onlyGood: boolean,
) {
  const { batch } = outcome
  printBatch(batch, output)
  const news = batch.counts.good + batch.counts.updated
  if (news === 0 || (batch.counts.bad > 0 && !onlyGood)) {
    await undoImport(context, batch.id)
    const kind = batch.counts.bad > 0 ? ('rows-bad' as const) : ('nothing-new' as const)
    return withExit({ ...outcome, kind }, output)
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`Take these ${news} rows? [y/N] `)
  terminal.close()
  if (!/^\s*(y|yes|是)\s*$/i.test(answer)) {
    await undoImport(context, batch.id)
    return refuse('cancelled-by-user', 'Nothing was taken.')
  }
  const applied = await applyImport(context, batch.id, { onlyGood })
  return isRefusal(applied) ? applied : { ...outcome, kind: 'applied' as const, batch: applied }
}

const badRowsShown = 5

function printOutcome(outcome: ImportOutcome, output: Output, isDryRun: boolean): void {
  const { batch, rejected, errorFile } = outcome
  if (outcome.kind === 'taken-before') {
    output.say(
      `${batch.fileName} was imported already on ${batch.appliedAt?.slice(0, 10)} ` +
        `(${batch.id}): nothing was changed.`,
    )
    return
  }
  printBatch(batch, output)
  if (rejected.length > 0) {
    output.say(output.color('red', `${batch.counts.bad} bad rows:`))
    const more = batch.counts.bad - badRowsShown
    const chinese = isChinese(batch.reading.headers)
    printRejected(rejected.slice(0, badRowsShown), { more, chinese }, output)
    if (errorFile !== null) output.say(`All of them with their reasons: ${errorFile}`)
  }
  output.say('')
  output.say(isDryRun ? 'Nothing was kept.' : conclusionOf(outcome, output))
}

function conclusionOf({ kind, batch }: ImportOutcome, output: Output): string {
  switch (kind) {
    case 'applied':
      return output.color('green', `Taken. To take it back: xinheng import undo ${batch.id}`)
    case 'nothing-new':
      return 'All rows are there already: nothing was changed.'
    case 'rows-bad':
      return (
        `${output.color('red', 'Nothing was taken.')} Correct the bad rows and import the file ` +
        'again, or take the good ones now with --only-good.'
      )
    case 'checked':
    case 'taken-before':
      return 'Nothing was changed.'
  }
}

function printList(items: readonly ImportBatch[], output: Output): void {
  output.table(
    ['id', 'at', 'kind', 'file', 'state', 'rows', 'taken', 'bad', 'by'],
    items.map((batch) => [
      batch.id,
      batch.createdAt.slice(0, 16).replace('T', ' '),
      batch.kind,
      batch.fileName,
      batch.state,
      String(batch.counts.rows),
      batch.state === 'applied' ? String(batch.counts.good + batch.counts.updated) : '',
      String(batch.counts.bad),
      batch.createdBy,
    ]),
  )
}

function errorFileFor(path: string): string {
  const name = `${basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|txt|xlsx)$/i, '')}.errors.csv`
  const folder = dirname(resolve(path))
  try {
    accessSync(folder, constants.W_OK)
    return join(folder, name)
  } catch {
    return resolve(name)
  }
}
