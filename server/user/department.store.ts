import { sql } from 'kysely'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import type { DepartmentRow } from '#server/user/department-tree.ts'

/** All departments of the company: some dozens, a few hundred at most. */
export function allDepartments(db: Reader): Promise<DepartmentRow[]> {
  return db.rows(sql<DepartmentRow>`
    select id, name, parent_id as "parentId", former_names as "formerNames"
    from "user".department order by name, id`)
}

/** Departments change one at a time: two changes that each add half of a circle would not see it. */
export async function lockDepartments(tx: Transaction): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('xinheng.user.department'))`)
}

export async function insertDepartment(
  tx: Transaction,
  of: { id: string; name: string; parentId: string | null },
): Promise<void> {
  await tx.run(sql`
    insert into "user".department (id, name, parent_id)
    values (${of.id}, ${of.name}, ${of.parentId})`)
}

export async function updateDepartment(tx: Transaction, row: DepartmentRow): Promise<void> {
  await tx.run(sql`
    update "user".department set name = ${row.name}, parent_id = ${row.parentId},
      former_names = ${list(row.formerNames)}
    where id = ${row.id}`)
}
