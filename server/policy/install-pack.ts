import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import type { Reader } from '#server/platform/database.ts'
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
 * it. Amounts of the pack are starting values: they are taken in `currency` where that is given, and
 * beside a policy that was published before in the currency of that one.
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
  const currency =
    options.currency ?? (options.onlyMissing ? await currencyInUse(context.db) : null)
  const published: string[] = []
  for (const { kind, file } of pack.policies) {
    if (options.onlyMissing && (await findPublished(context.db, kind))) continue
    const written: Record<string, unknown> = read(name, file)
    const document =
      kindsWithAmounts.includes(kind) && currency !== null ? { ...written, currency } : written
    const draft = await draftPolicy(context, { kind, document, note: `pack ${name}` })
    if (isRefusal(draft)) return draft
    const done = await publishPolicy(context, draft.id)
    if (isRefusal(done)) return done
    published.push(`${kind} v${done.number}`)
  }
  return { published }
}

async function currencyInUse(db: Reader): Promise<string | null> {
  for (const kind of kindsWithAmounts) {
    const found = await findPublished(db, kind)
    if (found) return (found.document as { currency: string }).currency
  }
  return null
}

function read(name: string, file: string) {
  return parse(readFileSync(join(folder, name, file), 'utf8'))
}
