import { sql } from 'kysely'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Reader } from '#server/platform/database.ts'
import { versionNamed } from '#server/policy/locked-version.ts'
import { findVersionBefore, type VersionWithDocument } from '#server/policy/version.store.ts'

export type MeasuredVersion = {
  readonly version: VersionWithDocument & { readonly publishedAt: string }
  readonly previous: VersionWithDocument
  /** What it was expected to change when it was submitted; null where nobody asked. */
  readonly forecast: unknown
}

/** A version that counts, with the one that it replaced and what was expected of it. */
export async function measuredVersion(db: Reader, id: string): Promise<MeasuredVersion | Refusal> {
  const version = await versionNamed(db, id)
  if (isRefusal(version)) return version
  const { publishedAt, state } = version
  if (state !== 'published' || publishedAt === null) {
    return refuse('wrong-state', `This version is ${state}: only one that counts is measured.`, {
      zh: '只有正在生效的版本才能看效果。',
    })
  }
  const previous = await findVersionBefore(db, version)
  if (!previous) {
    return refuse('wrong-state', 'It is the first version: there is nothing to hold it against.', {
      zh: '这是第一个版本，没有可比的。',
    })
  }
  const row = await db.row(sql<{ impact: unknown }>`
    select impact from policy.version where id = ${id}`)
  return { version: { ...version, publishedAt }, previous, forecast: row?.impact ?? null }
}
