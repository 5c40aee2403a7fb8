import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { parse, stringify } from 'yaml'
import { policyKinds } from '#contract/policy.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import type { Run } from '#server/platform/cli-run.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { installPack, packNames } from '#server/policy/install-pack.ts'
import { publishPolicy } from '#server/policy/publish-policy.ts'
import { findPublished, findVersion, listVersions } from '#server/policy/version.store.ts'

export function addPolicyCommands(program: Command, run: Run): void {
  const policy = program
    .command('policy')
    .description('scorecard, rating scale, limit policy, check rules')
  policy
    .command('list')
    .description('all versions')
    .action(() =>
      run(
        async ({ db }) => ({ items: await listVersions(db) }),
        ({ items }, output) =>
          output.table(
            ['kind', 'version', 'state', 'title', 'id'],
            items.map((v) => [v.kind, String(v.number), v.state, v.title, v.id]),
          ),
      ),
    )
  policy
    .command('show')
    .description('a version as text, by id or the published one of a kind')
    .argument('<id-or-kind>', policyKinds.join(', '))
    .action((key: string) =>
      run(
        async ({ db }) =>
          (await (isKind(key) ? findPublished(db, key) : findVersion(db, key))) ??
          refuse('not-found', `There is no policy version "${key}".`),
        (found, output) => output.say(stringify(found.document)),
      ),
    )
  policy
    .command('publish')
    .description('publish a document file (YAML or JSON), or an earlier version by its id')
    .argument('<kind-or-id>', policyKinds.join(', '))
    .argument('[file]')
    .option('--note <text>', 'why')
    .action((key: string, file: string | undefined, options: { note?: string }) =>
      run(
        async (context) => {
          if (file === undefined) return publishPolicy(context, key)
          if (!isKind(key)) return refuse('invalid-input', `kind: ${policyKinds.join(', ')}.`)
          const document: unknown = parse(readFileSync(file, 'utf8'))
          const draft = await draftPolicy(context, { kind: key, document, ...options })
          if (isRefusal(draft) || context.dryRun) return draft
          return publishPolicy(context, draft.id)
        },
        (done, output) => output.say(`Version ${done.number}`),
      ),
    )
  policy
    .command('install')
    .description(`publish the policies of a pack: ${packNames().join(', ')}`)
    .argument('<pack>')
    .option('--currency <code>', "the amounts' currency")
    .action((name: string, options: { currency?: string }) =>
      run(
        (context) => installPack(context, name, { onlyMissing: false, ...options }),
        ({ published }, output) => output.say(`Published ${published.join(', ')}.`),
      ),
    )
}

function isKind(text: string): text is PolicyKind {
  return (policyKinds as readonly string[]).includes(text)
}
