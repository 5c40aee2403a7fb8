import { IdParams, WriteQuery } from '#contract/common.ts'
import { Department, DepartmentChange, DepartmentList, NewDepartment } from '#contract/user.ts'
import { type Route, route } from '#server/platform/route.ts'
import { changeDepartment } from '#server/user/change-department.ts'
import { createDepartment } from '#server/user/create-department.ts'
import { listDepartments } from '#server/user/list-departments.ts'

const tag = 'user'

export const departmentRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/departments',
    tag,
    summary: 'Departments with their paths from the top',
    access: 'system:read',
    reach: 'nothing',
    commands: [],
    reply: DepartmentList,
    handle: async ({ context }) => ({ items: await listDepartments(context.db) }),
  }),
  route({
    method: 'POST',
    path: '/api/departments',
    tag,
    summary: 'Add a department below another one, or at the top',
    access: 'user:admin',
    reach: 'nothing',
    commands: ['department.create'],
    query: WriteQuery,
    body: NewDepartment,
    reply: Department,
    handle: ({ context, body }) => createDepartment(context, body),
  }),
  route({
    method: 'PUT',
    path: '/api/departments/:id',
    tag,
    summary: 'Rename or move a department; files that bear its old name stay its own',
    access: 'user:admin',
    reach: 'nothing',
    commands: ['department.change'],
    params: IdParams,
    query: WriteQuery,
    body: DepartmentChange,
    reply: Department,
    handle: ({ context, params, body }) => changeDepartment(context, params.id, body),
  }),
]
