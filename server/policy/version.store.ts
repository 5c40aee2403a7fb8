import { sql } from 'kysely'
import type { PolicyVersion } from '#contract/policy.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

const columns = sql`
  id, kind, number, state, title, encode(hash, 'hex') as hash, note, created_by as "createdBy",
  created_by_id as "createdById", created_at as "createdAt", submitted_by as "submittedBy",
  submitted_by_id as "submittedById", submitted_at as "submittedAt", approved_by as "approvedBy",
  approved_by_id as "approvedById", approved_at as "approvedAt", approval_note as "approvalNote",
  publish_at as "publishAt", published_by as "publishedBy", published_at as "publishedAt",
  publication_note as "publicationNote", rejected_by as "rejectedBy",
  rejected_at as "rejectedAt", rejection, retired_at as "retiredAt"`

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

/** Of the versions that counted once, the last one before this one. */
export function findVersionBefore(
  db: Reader,
  { id, kind }: { readonly id: string; readonly kind: PolicyKind },
): Promise<VersionWithDocument | undefined> {
  return db.row(sql<VersionWithDocument>`
    select ${columns}, document from policy.version
    where kind = ${kind} and retired_at is not null and id <> ${id}
    order by retired_at desc, number desc limit 1`)
}

export function findPublished(
  db: Reader,
  kind: PolicyKind,
): Promise<VersionWithDocument | undefined> {
  return db.row(sql<VersionWithDocument>`
    select ${columns}, document from policy.version
    where kind = ${kind} and state = 'published'`)
}

/**
 * Versions by their ids, without their documents; or those of a kind that ever counted with theirs, the
 * one that counts now first.
 */
export function storedVersions(
  db: Reader,
  of: { readonly ids: readonly string[] },
): Promise<PolicyVersion[]>
export function storedVersions(
  db: Reader,
  of: { readonly everPublished: PolicyKind },
): Promise<VersionWithDocument[]>
export function storedVersions(
  db: Reader,
  of: { readonly ids: readonly string[] } | { readonly everPublished: PolicyKind },
): Promise<PolicyVersion[]> {
  if ('ids' in of) {
    return db.rows(sql<PolicyVersion>`
      select ${columns} from policy.version where id = any(${list(of.ids)}::uuid[]) order by kind`)
  }
  return db.rows(sql<VersionWithDocument>`
    select ${columns}, document from policy.version
    where kind = ${of.everPublished} and state in ('published', 'retired')
      and published_at is not null
    order by state = 'published' desc, published_at desc limit 100`)
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
    createdById: string
  },
): Promise<void> {
  await tx.run(sql`
    insert into policy.version
      (id, kind, number, state, title, document, hash, note, created_by, created_by_id)
    values (${draft.id}, ${draft.kind}, ${draft.number}, 'draft', ${draft.title},
      ${JSON.stringify(draft.document)}, ${draft.hash}, ${draft.note}, ${draft.createdBy},
      ${draft.createdById})`)
}

/** The change of a kind that is being made: a draft, or one that was submitted or approved. */
export function findOpenChange(
  db: Reader,
  kind: PolicyKind,
): Promise<VersionWithDocument | undefined> {
  return db.row(sql<VersionWithDocument>`
    select ${columns}, document from policy.version
    where kind = ${kind} and state in ('draft', 'submitted', 'approved')`)
}

type By = { readonly id: string; readonly name: string }

export async function markSubmitted(
  tx: Transaction,
  id: string,
  of: { readonly by: By; readonly impact: unknown },
): Promise<void> {
  await tx.run(sql`
    update policy.version set state = 'submitted', submitted_by = ${of.by.name},
      submitted_by_id = ${of.by.id}, submitted_at = now(), rejected_by = null, rejected_at = null,
      rejection = null, impact = ${of.impact === null ? null : JSON.stringify(of.impact)}
    where id = ${id}`)
}

export async function markApproved(
  tx: Transaction,
  id: string,
  of: { readonly by: By; readonly note: string | null; readonly publishAt: string | null },
): Promise<void> {
  await tx.run(sql`
    update policy.version set state = 'approved', approved_by = ${of.by.name},
      approved_by_id = ${of.by.id}, approved_at = now(), approval_note = ${of.note},
      publish_at = ${of.publishAt}
    where id = ${id}`)
}

/** Back to be a draft: taken back by its author, or with the reason why it cannot go on. */
export async function markDraft(
  tx: Transaction,
  id: string,
  rejected: { readonly by: string; readonly reason: string } | null,
): Promise<void> {
  await tx.run(sql`
    update policy.version set state = 'draft', submitted_by = null, submitted_by_id = null,
      submitted_at = null, approved_by = null, approved_by_id = null, approved_at = null,
      approval_note = null, publish_at = null, rejected_by = ${rejected?.by ?? null},
      rejected_at = ${rejected ? sql`now()` : null}, rejection = ${rejected?.reason ?? null}
    where id = ${id}`)
}

/** Whether an approved version's time has come. */
export async function isDue(db: Reader, id: string): Promise<boolean> {
  const row = await db.row(sql<{ due: boolean }>`
    select publish_at <= now() as due from policy.version where id = ${id} and state = 'approved'`)
  return row?.due ?? false
}

/** Whether there was one. */
export async function retirePublished(tx: Transaction, kind: PolicyKind): Promise<boolean> {
  const retired = await tx.run(sql`
    update policy.version set state = 'retired', retired_at = now()
    where kind = ${kind} and state = 'published'`)
  return retired > 0
}

export async function markPublished(
  tx: Transaction,
  id: string,
  by: string,
  note: string | null = null,
): Promise<void> {
  await tx.run(sql`
    update policy.version
    set state = 'published', published_by = ${by}, published_at = now(), retired_at = null,
      publication_note = ${note}
    where id = ${id}`)
}
