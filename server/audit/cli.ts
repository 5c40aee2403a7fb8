import type { Command } from 'commander'
import type { AuditVerification } from '#contract/audit.ts'
import { findEntries } from '#server/audit/entry.store.ts'
import { sealAudit } from '#server/audit/seal-audit.ts'
import { exportAudit, verifyAudit, verifyExport } from '#server/audit/verify-audit.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'

export function addAuditCommands(program: Command, run: Run): void {
  const audit = program.command('audit').description('the audit trail and its proof')
  audit
    .command('list')
    .description('who did what, newest first')
    .option('--subject <id>', 'only what was about this')
    .option('--command <name>', 'only commands of this name')
    .option('--limit <n>', 'how many', '30')
    .action((options: { subject?: string; command?: string; limit: string }) =>
      run(
        async ({ db }) => ({
          items: await findEntries(db, { ...options, limit: Number(options.limit) }),
        }),
        ({ items }, output) =>
          output.table(
            ['at', 'who', 'command', 'about'],
            items.map((e) => [e.recordedAt.slice(0, 19), e.actorName, e.command, e.subject ?? '']),
          ),
      ),
    )
  audit
    .command('seal')
    .description('seal what has not been sealed yet (the server does it every minute)')
    .action(() =>
      run(
        ({ db }) => sealAudit(db),
        ({ sealed }, output) => output.say(`Sealed ${sealed} entries.`),
      ),
    )
  audit
    .command('verify')
    .description('recompute every hash; name rows that were changed, removed or added')
    .option('--head <hash>', 'the head noted at an earlier verification must still be there')
    .option('--file <export>', 'verify an export instead, without any database')
    .action(async (options: { head?: string; file?: string }) => {
      if (options.file !== undefined) {
        const json = program.opts<{ json?: boolean }>().json === true
        const found = await verifyExport(options.file, options.head)
        const say = (line: string) => process.stdout.write(`${line}\n`)
        if (json) say(JSON.stringify(found, null, 2))
        else for (const line of report(found)) say(line)
        process.exitCode = found.findings.length > 0 ? 3 : 0
        return
      }
      await run(
        async ({ db }, output) => {
          const found = await verifyAudit(db, options.head)
          if (found.findings.length > 0) output.exitWith(3)
          return found
        },
        (found, output: Output) => {
          for (const line of report(found)) output.say(line)
        },
      )
    })
  audit
    .command('export')
    .argument('<file>', 'a new file of JSON lines')
    .description('write what an offline verifier needs')
    .action((file: string) =>
      run(
        ({ db }) => exportAudit(db, file),
        ({ lines }, output) =>
          output.say(`Wrote ${lines} lines. Verify with: xinheng audit verify --file ${file}`),
      ),
    )
}

function report(found: AuditVerification): string[] {
  const counts =
    `${found.seals} seals over ${found.sealedEntries} entries, ${found.unsealedEntries} not ` +
    `sealed yet, ${found.rows} audited rows.`
  if (found.findings.length === 0) {
    const head = found.head === null ? [] : [`Head: ${found.head} (note it down elsewhere)`]
    return [counts, 'Everything is as it was recorded.', ...head]
  }
  const named = found.findings.map(({ kind, what }) => `  ${kind}: ${what}`)
  return [counts, `${found.findings.length} findings:`, ...named]
}
