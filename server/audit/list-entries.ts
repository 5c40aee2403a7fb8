import type { AuditPage, AuditQuery } from '#contract/audit.ts'
import { findEntries } from '#server/audit/entry.store.ts'
import { findCompany } from '#server/company/public.ts'
import type { Context } from '#server/platform/run-command.ts'

/** A page of the trail, newest first; days are those of the company. */
export async function listEntries({ db }: Context, query: AuditQuery): Promise<AuditPage> {
  const { actor, limit = 50, ...filter } = query
  const company = query.from || query.to ? await findCompany(db) : undefined
  const entries = await findEntries(db, {
    ...filter,
    actorId: actor,
    timeZone: company?.timeZone,
    limit: limit + 1,
  })
  const items = entries.slice(0, limit)
  return { items, next: entries.length > limit ? (items.at(-1)?.id ?? null) : null }
}
