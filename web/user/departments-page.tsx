import { Button, Form, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Department } from '#contract/user.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { departmentsPath, useDepartments } from './use-departments.ts'
import { UserTabs } from './user-tabs.tsx'

/** The tree of departments, by which people see the customers of theirs and of those below. */
export function DepartmentsPage(): ReactNode {
  const { say } = useWords()
  const departments = useDepartments()
  const [open, setOpen] = useState<Department | 'new' | null>(null)
  return (
    <Page
      title={say('shell.users')}
      name={say('people.departments')}
      note={<UserTabs />}
      actions={
        <Button type="primary" onClick={() => setOpen('new')}>
          {say('department.new')}
        </Button>
      }
    >
      <Card title={say('people.departments')}>
        <Loaded query={departments} rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={say('department.none')} text={say('department.none.text')} />
            ) : (
              <DepartmentTable departments={items} open={setOpen} />
            )
          }
        </Loaded>
      </Card>
      <DepartmentDialog
        department={open}
        all={departments.data?.items ?? []}
        close={() => setOpen(null)}
      />
    </Page>
  )
}

function DepartmentTable(of: {
  readonly departments: readonly Department[]
  readonly open: (department: Department) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <PlainTable titles={['user.department', 'department.path', 'department.former', '~ui.edit']}>
      {of.departments.map((department) => (
        <tr key={department.id}>
          <th scope="row">{department.name}</th>
          <td className="quiet">{department.path}</td>
          <td>{department.formerNames.join(', ')}</td>
          <td className="right">
            <Button size="small" onClick={() => of.open(department)}>
              {say('ui.edit')}
            </Button>
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}

type Fields = { readonly name: string; readonly parentId?: string | null }

function DepartmentDialog(of: {
  readonly department: Department | 'new' | null
  readonly all: readonly Department[]
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const known = of.department === 'new' ? null : of.department
  const title = say(known ? 'department.change' : 'department.new')
  // Below itself a department cannot stand.
  const places = of.all.filter(({ path }) => !known || !`${path}/`.startsWith(`${known.path}/`))
  return (
    <ActDialog<Fields, Department>
      isOpen={of.department !== null}
      close={of.close}
      title={title}
      submit={say('ui.save')}
      initial={known ?? {}}
      send={({ name, parentId }, key) =>
        send(known ? 'PUT' : 'POST', known ? `${departmentsPath}/${known.id}` : departmentsPath, {
          body: { name: name.trim(), parentId: parentId ?? null },
          key,
        })
      }
      done={(words) => words('account.saved')}
    >
      <Form.Item
        name="name"
        label={say('department.name')}
        rules={[
          { required: true, whitespace: true, message: say('ui.required') },
          { pattern: /^[^/]*$/, message: say('department.slash') },
        ]}
      >
        <Input maxLength={60} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="parentId" label={say('department.below')}>
        <Select
          allowClear
          placeholder={say('department.top')}
          options={places.map(({ id, path }) => ({ value: id, label: path }))}
        />
      </Form.Item>
      {known && <p className="quiet">{say('department.change.note')}</p>}
    </ActDialog>
  )
}
