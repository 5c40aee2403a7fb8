import type { Command } from 'commander'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Department } from '#contract/user.ts'
import type { Run } from '#server/platform/cli-run.ts'
import type { Context } from '#server/platform/run-command.ts'
import { changeDepartment } from '#server/user/change-department.ts'
import { createDepartment } from '#server/user/create-department.ts'
import { allDepartments } from '#server/user/department.store.ts'
import { departmentOf } from '#server/user/department-tree.ts'
import { listDepartments } from '#server/user/list-departments.ts'

export function addDepartmentCommands(program: Command, run: Run): void {
  const department = program.command('department').description('departments of the company')
  department
    .command('list')
    .description('all departments from the top')
    .action(() =>
      run(
        async ({ db }) => ({ items: await listDepartments(db) }),
        ({ items }, output) =>
          output.table(
            ['department', 'was called'],
            items.map(({ formerNames, path }) => [path, formerNames.join(', ')]),
          ),
      ),
    )
  department
    .command('create')
    .description('add a department')
    .argument('<name>')
    .option('--below <department>', 'name or path of the one above it')
    .action((name: string, options: { below?: string }) =>
      run(
        (context) => create(context, name, options.below),
        (made, output) => output.say(made.path),
      ),
    )
  department
    .command('rename')
    .description('give a department another name; files that bear the old one stay its own')
    .argument('<department>', 'name or path')
    .argument('<name>')
    .action((text: string, name: string) =>
      run(
        (context) => rename(context, text, name),
        (changed, output) => output.say(changed.path),
      ),
    )
}

async function create(
  context: Context,
  name: string,
  below: string | undefined,
): Promise<Department | Refusal> {
  if (below === undefined) return createDepartment(context, { name })
  const parent = departmentOf(await allDepartments(context.db), below)
  return parent ? createDepartment(context, { name, parentId: parent.id }) : unknown(below)
}

async function rename(context: Context, text: string, name: string): Promise<Department | Refusal> {
  const found = departmentOf(await allDepartments(context.db), text)
  if (!found) return unknown(text)
  return changeDepartment(context, found.id, { name, parentId: found.parentId })
}

function unknown(text: string): Refusal {
  return refuse('not-found', `There is no department "${text}", or several: give its path.`)
}
