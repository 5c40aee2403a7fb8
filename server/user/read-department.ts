import { type Refusal, refuse } from '#contract/problem.ts'
import type { DataScope } from '#contract/user.ts'
import type { Reader } from '#server/platform/database.ts'
import { allDepartments } from '#server/user/department.store.ts'
import { departmentOf } from '#server/user/department-tree.ts'

/**
 * The department that a name or path means; a text that means none stays a text. Who is to see the
 * customers of a department needs one.
 */
export async function readDepartment(
  db: Reader,
  text: string | null | undefined,
  scope: DataScope | null,
): Promise<string | null | Refusal> {
  const meant = text ? departmentOf(await allDepartments(db), text) : undefined
  if (meant || scope !== 'department') return meant?.id ?? null
  return refuse(
    'invalid-input',
    text
      ? `department: "${text}" is no department, or several bear this name: give its path.`
      : 'department: name the department whose customers are to be seen.',
    {
      field: 'department',
      zh: text
        ? `没有部门“${text}”，或有几个部门同名：请写部门全称。`
        : '按部门看客户，须选定部门。',
    },
  )
}
