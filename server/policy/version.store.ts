import { sql } from 'kysely'
import type { PolicyVersion } from '#contract/policy.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

const columns = sql`
  id, kind, number, state, title, encode(hash, 'hex') as hash, note, created_by as "createdBy",
  created_at as "createdAt", published_by as "publishedBy", published_at as "publishedAt",
  retired_at as "retiredAt"`

export type VersionWithDocument = PolicyVersion & { document: unknown }

export function listVersions(db: Reader, kind?: PolicyKind): Promise<PolicyVersion[]> {
  return db.rows(sql<PolicyVersion>`
    select ${columns} from policy.version
    where ${kind ?? null}::text is null or kind = ${kind ?? null}
    order by kind, number desc`)
}

export function findVersion(db: Reader, id: string): Promise<VersionWithDocument | undefined> {
  return db.row(sql<VersionWithDocument>`
    select ${columns}, document from policy.version where id = ${id}`)
}

/** What versions are, without their documents. */
export function versionsByIds(db: Reader, ids: readonly string[]): Promise<PolicyVersion[]> {
  return db.rows(sql<PolicyVersion>`
    select ${columns} from policy.version where id = any(${list(ids)}::uuid[]) order by kind`)
}

export function findPublished(
  db: Reader,
  kind: PolicyKind,
): Promise<VersionWithDocument | undefined> {
  return db.row(sql<VersionWithDocument>`
    select ${columns}, document from policy.version
    where kind = ${kind} and state = 'published'`)
}

/** The published versions of some kinds as of one moment. */
export function findPublishedTogether(
  db: Reader,
  kinds: readonly PolicyKind[],
): Promise<VersionWithDocument[]> {
  return db.rows(sql<VersionWithDocument>`
    select ${columns}, document from policy.version
    where kind = any(${list(kinds)}::text[]) and state = 'published'`)
}

export async function findPublishedId(db: Reader, kind: PolicyKind): Promise<string | undefined> {
  const row = await db.row(sql<{ id: string }>`
    select id from policy.version where kind = ${kind} and state = 'published'`)
  return row?.id
}

/** Two people who publish or draft at once take turns here. */
export async function lockKind(tx: Transaction, kind: PolicyKind): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`xinheng.policy.${kind}`}))`)
}

export async function nextNumber(tx: Transaction, kind: PolicyKind): Promise<number> {
  const row = await tx.row(sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from policy.version where kind = ${kind}`)
  return row?.next ?? 1
}

export async function deleteDraft(tx: Transaction, kind: PolicyKind): Promise<void> {
  await tx.run(sql`delete from policy.version where kind = ${kind} and state = 'draft'`)
}

export async function insertDraft(
  tx: Transaction,
  draft: {
    id: string
    kind: PolicyKind
    number: number
    title: string
    document: unknown
    hash: Buffer
    note: string | null
    createdBy: string
  },
): Promise<void> {
  await tx.run(sql`
    insert into policy.version
      (id, kind, number, state, title, document, hash, note, created_by)
    values (${draft.id}, ${draft.kind}, ${draft.number}, 'draft', ${draft.title},
      ${JSON.stringify(draft.document)}, ${draft.hash}, ${draft.note}, ${draft.createdBy})`)
}

export async function retirePublished(tx: Transaction, kind: PolicyKind): Promise<void> {
  await tx.run(sql`
    update policy.version set state = 'retired', retired_at = now()
    where kind = ${kind} and state = 'published'`)
}

export async function markPublished(tx: Transaction, id: string, by: string): Promise<void> {
  await tx.run(sql`
    update policy.version
    set state = 'published', published_by = ${by}, published_at = now(), retired_at = null
    where id = ${id}`)
}
