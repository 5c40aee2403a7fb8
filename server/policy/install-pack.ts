import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import type { Context } from '#server/platform/run-command.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { kindsWithAmounts } from '#server/policy/kinds-with-amounts.ts'
import { publishPolicy } from '#server/policy/publish-policy.ts'
import { findPublished } from '#server/policy/version.store.ts'

const folder = join(import.meta.dirname, '../../packs')

export function packNames(): string[] {
  return readdirSync(folder)
}

/**
 * Publishes the policies of a pack. With `onlyMissing` a kind that has a published version keeps
 * it. Amounts of the pack are taken in `currency` where that is given: they are starting values.
 */
export async function installPack(
  context: Context,
  name: string,
  options: { onlyMissing: boolean; currency?: string },
): Promise<{ published: string[] } | Refusal> {
  if (!packNames().includes(name)) {
    return refuse('not-found', `There is no pack "${name}": ${packNames().join(', ')}.`)
  }
  const pack: { policies: { kind: PolicyKind; file: string }[] } = read(name, 'pack.yaml')
  const published: string[] = []
  for (const { kind, file } of pack.policies) {
    if (options.onlyMissing && (await findPublished(context.db, kind))) continue
    const written: Record<string, unknown> = read(name, file)
    const document =
      kindsWithAmounts.includes(kind) && options.currency !== undefined
        ? { ...written, currency: options.currency }
        : written
    const draft = await draftPolicy(context, { kind, document, note: `pack ${name}` })
    if (isRefusal(draft)) return draft
    const done = await publishPolicy(context, draft.id)
    if (isRefusal(done)) return done
    published.push(`${kind} v${done.number}`)
  }
  return { published }
}

function read(name: string, file: string) {
  return parse(readFileSync(join(folder, name, file), 'utf8'))
}
