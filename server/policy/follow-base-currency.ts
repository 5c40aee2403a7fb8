import { createHash } from 'node:crypto'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import { kindsWithAmounts } from '#server/policy/kinds-with-amounts.ts'
import {
  findPublished,
  insertDraft,
  listVersions,
  lockKind,
  markPublished,
  nextNumber,
  retirePublished,
} from '#server/policy/version.store.ts'

/**
 * Tells the amounts of limit policy and check rules in the company's newly chosen base currency, the
 * figures as they are: they were the pack's starting values. A policy that somebody has written or
 * is writing stays as it is.
 */
export async function followBaseCurrency(
  tx: CommandTransaction,
  currency: string,
  by: string,
): Promise<void> {
  for (const kind of kindsWithAmounts) await follow(tx, kind, currency, by)
}

async function follow(
  tx: CommandTransaction,
  kind: PolicyKind,
  currency: string,
  by: string,
): Promise<void> {
  await lockKind(tx, kind)
  const versions = await listVersions(tx, kind)
  const published = await findPublished(tx, kind)
  const untouched = versions.length === 1 && published?.note === 'pack standard'
  if (!published || !untouched) return
  const document = { ...(published.document as Record<string, Canonical>), currency }
  const id = newId()
  await insertDraft(tx, {
    id,
    kind,
    number: await nextNumber(tx, kind),
    title: published.title,
    document,
    hash: createHash('sha256').update(canonicalText(document)).digest(),
    note: `pack standard in ${currency}, the base currency chosen by the first import`,
    createdBy: by,
    createdById: by,
  })
  await retirePublished(tx, kind)
  await markPublished(tx, id, by)
}
