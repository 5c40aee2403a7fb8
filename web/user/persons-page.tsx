import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { roles } from '#contract/role.ts'
import type { EnrolledPersons } from '#contract/sign-in.ts'
import type { CreatedPerson, Person, PersonList } from '#contract/user.ts'
import { get } from '../ui/api.ts'
import { DrillDrawer } from '../ui/drill-drawer.tsx'
import { type Filter, FilterBar } from '../ui/filter-bar.tsx'
import type { Column } from '../ui/list-column.tsx'
import { ListTable } from '../ui/list-table.tsx'
import { Mark } from '../ui/mark.tsx'
import { MomentText } from '../ui/money.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { NewPersonDialog } from './new-person-dialog.tsx'
import { PersonDetail } from './person-detail.tsx'
import { SecretDialog } from './secret-once.tsx'
import { useRoleName } from './use-role-name.ts'
import { UserTabs } from './user-tabs.tsx'

/** People who may sign in. */
export function PersonsPage(): ReactNode {
  const { say } = useWords()
  const url = useUrlState()
  const [isNew, setNew] = useState(false)
  const [created, setCreated] = useState<CreatedPerson>()
  const persons = useQuery({
    queryKey: ['/api/persons'],
    queryFn: () => get<PersonList>('/api/persons'),
  })
  const enrolled = useQuery({
    queryKey: ['/api/second-factors'],
    queryFn: () => get<EnrolledPersons>('/api/second-factors'),
  })
  const enrolledIds = new Set(enrolled.data?.items.map(({ personId }) => personId))
  const rows = (persons.data?.items ?? []).filter((person) => isAsked(person, url.values))
  const chosen = persons.data?.items.find(({ id }) => id === url.values.person)
  return (
    <Page
      title={say('shell.users')}
      note={<UserTabs />}
      actions={
        <Button type="primary" onClick={() => setNew(true)}>
          {say('people.new')}
        </Button>
      }
    >
      <FilterBar filters={useFilters()} values={url.values} set={url.set} />
      {persons.error && <ProblemNote error={persons.error} retry={persons.refetch} />}
      <ListTable<Person>
        rows={rows}
        columns={useColumns(enrolledIds)}
        rowKey={({ id }) => id}
        open={({ id }) => url.set({ person: id })}
        isLoading={persons.isPending}
      />
      <p className="list-foot">{say('ui.count', { count: rows.length })}</p>
      <NewPersonDialog isOpen={isNew} close={() => setNew(false)} created={setCreated} />
      <SecretDialog
        title={say('people.created', { login: created?.login ?? '' })}
        told={
          created?.initialPassword
            ? { name: say('people.initialPassword'), secret: created.initialPassword }
            : null
        }
        close={() => setCreated(undefined)}
      />
      <DrillDrawer
        title={chosen?.name}
        isOpen={chosen !== undefined}
        close={() => url.set({ person: null })}
      >
        {chosen && <PersonDetail person={chosen} isEnrolled={enrolledIds.has(chosen.id)} />}
      </DrillDrawer>
    </Page>
  )
}

function isAsked(person: Person, asked: Readonly<Record<string, string>>): boolean {
  const { role, state, text = '' } = asked
  const isNamed = [person.name, person.login, person.email, person.department].some((field) =>
    field?.toLowerCase().includes(text.toLowerCase()),
  )
  const isInState = !state || (state === 'disabled') === (person.disabledAt !== null)
  return isNamed && isInState && (!role || person.roles.some((each) => each === role))
}

function useFilters(): readonly Filter[] {
  const { say } = useWords()
  const roleName = useRoleName()
  return [
    { name: 'text', label: 'ui.search', kind: 'text' },
    {
      ...{ name: 'role', label: 'user.roles', kind: 'choice' },
      choices: roles.map((value) => ({ value, label: roleName(value) })),
    },
    {
      ...{ name: 'state', label: 'people.state', kind: 'choice' },
      choices: (['active', 'disabled'] as const).map((value) => ({
        value,
        label: say(`people.state.${value}`),
      })),
    },
  ]
}

function useColumns(enrolledIds: ReadonlySet<string>): readonly Column<Person>[] {
  const { say } = useWords()
  const roleName = useRoleName()
  return [
    {
      ...{ key: 'name', title: 'user.name', width: 140, isFixed: true },
      render: ({ name }) => <strong>{name}</strong>,
    },
    { key: 'login', title: 'user.login', width: 140, render: ({ login }) => login },
    {
      ...{ key: 'roles', title: 'user.roles', width: 200 },
      render: (person) => person.roles.map(roleName).join(', '),
    },
    {
      ...{ key: 'department', title: 'user.department', width: 150 },
      render: ({ department }) => department ?? <span className="quiet">-</span>,
    },
    {
      ...{ key: 'scope', title: 'people.scope', width: 110 },
      render: ({ scope }) => say(`people.scope.${scope}`),
    },
    {
      ...{ key: 'email', title: 'user.email', width: 200 },
      render: ({ email }) => email ?? <span className="quiet">-</span>,
    },
    {
      ...{ key: 'factor', title: 'factor.title', width: 110 },
      render: ({ id }) =>
        enrolledIds.has(id) ? (
          <Mark tone="good">{say('factor.on')}</Mark>
        ) : (
          <span className="quiet">{say('ui.none')}</span>
        ),
    },
    {
      ...{ key: 'state', title: 'people.state', width: 96 },
      render: ({ disabledAt }) =>
        disabledAt === null ? (
          <Mark tone="good">{say('people.state.active')}</Mark>
        ) : (
          <Mark tone="bad">{say('people.state.disabled')}</Mark>
        ),
    },
    {
      ...{ key: 'createdAt', title: 'people.createdAt', width: 150 },
      render: ({ createdAt }) => <MomentText moment={createdAt} />,
    },
  ]
}
