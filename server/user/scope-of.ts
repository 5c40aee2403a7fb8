import { sql } from 'kysely'
import type { DataScope } from '#contract/user.ts'
import type { PartyScope } from '#server/platform/run-command.ts'
import { type DepartmentRow, labelsBelow } from '#server/user/department-tree.ts'

/** What a scope is made of beside the person, asked in the same breath; null where it needs none. */
export type ScopeFacts = {
  readonly isNamesake: boolean | null
  readonly departments: DepartmentRow[] | null
}

/** Columns of a row of `"user".person p`. */
export const scopeFacts = sql`
  case when p.data_scope <> 'all' then exists (select from "user".person o where o.id <> p.id
    and o.disabled_at is null and (o.name = p.name or o.login = p.name)) end as "isNamesake",
  case when p.data_scope = 'department' then (select json_agg(json_build_object('id', d.id,
    'name', d.name, 'parentId', d.parent_id, 'formerNames', d.former_names) order by d.name, d.id)
    from "user".department d) end as departments`

/** A key has no name that credit files could bear. */
export type ScopeOwner = {
  readonly scope: DataScope | null
  readonly departmentId: string | null
  readonly name?: string
  readonly login?: string
} & ScopeFacts

/**
 * What credit files say of those parties that somebody sees; undefined where all are seen. Two
 * people of one name are told apart by their logins alone.
 */
export function scopeOf(of: ScopeOwner): PartyScope | undefined {
  const { departmentId, departments, isNamesake, login, name, scope } = of
  if (scope === null || scope === 'all') return undefined
  const names = isNamesake ? [login] : [name, login]
  const salespeople = [...new Set(names.filter((each) => each !== undefined))]
  if (scope === 'own' || departmentId === null) return { salespeople, departments: [] }
  return { salespeople, departments: labelsBelow(departments ?? [], departmentId) }
}
