import { useQuery } from '@tanstack/react-query'
import { Button, Form, Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Session, SessionList } from '#contract/sign-in.ts'
import type { Person, PersonChange, ResetPassword } from '#contract/user.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { get, send } from '../ui/api.ts'
import { Card, Loaded } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { PersonItems } from './person-items.tsx'
import { SecretDialog } from './secret-once.tsx'
import { SessionTable } from './session-table.tsx'
import { useDepartments } from './use-departments.ts'
import { useMe } from './use-me.ts'

type Of = { readonly person: Person; readonly isEnrolled: boolean }

/** One person as an administrator keeps them. */
export function PersonDetail({ isEnrolled, person }: Of): ReactNode {
  const departments = useDepartments()
  return (
    <>
      <Loaded query={departments} rows={12}>
        {({ items }) => (
          <PersonForm
            key={person.id}
            person={person}
            path={items.find(({ id }) => id === person.departmentId)?.path}
          />
        )}
      </Loaded>
      <Access person={person} isEnrolled={isEnrolled} />
      <Sessions person={person} />
    </>
  )
}

type Fields = Omit<PersonChange, 'department' | 'email' | 'disabled'> & {
  readonly department?: string
  readonly email?: string
  readonly isActive: boolean
}

function PersonForm(of: { readonly person: Person; readonly path: string | undefined }): ReactNode {
  const { say } = useWords()
  const { data: me } = useMe()
  const { person } = of
  const change = useAct<Fields, Person>({
    send: ({ department, email, isActive, ...rest }, key) =>
      send('PUT', `/api/persons/${person.id}`, {
        body: {
          ...rest,
          department: department || null,
          email: email || null,
          disabled: !isActive,
        },
        key,
      }),
    isProblemShown: true,
    done: (words) => words('account.saved'),
    touches: ['/api/persons', '/api/me'],
  })
  const isOwn = me?.id === person.id
  return (
    <Card title={say('people.detail', { login: person.login })}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{
          ...person,
          department: of.path ?? person.department ?? '',
          email: person.email ?? '',
          isActive: person.disabledAt === null,
        }}
        onFinish={change.mutate}
      >
        <PersonItems />
        <Form.Item
          name="isActive"
          label={say('people.maySignIn')}
          valuePropName="checked"
          extra={isOwn ? say('people.own') : say('people.maySignIn.hint')}
        >
          <Switch disabled={isOwn} />
        </Form.Item>
        {change.error && <ProblemNote error={change.error} />}
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {say('ui.save')}
        </Button>
      </Form>
    </Card>
  )
}

/** What helps who cannot sign in any more. */
function Access({ isEnrolled, person }: Of): ReactNode {
  const { say } = useWords()
  const [open, setOpen] = useState<'password' | 'factor' | null>(null)
  const [told, setTold] = useState<ResetPassword>()
  const close = () => setOpen(null)
  return (
    <Card title={say('people.access')}>
      <div className="choices">
        <Button onClick={() => setOpen('password')}>{say('people.resetPassword')}</Button>
        <ActButton
          reason={!isEnrolled && say('people.resetFactor.none')}
          onClick={() => setOpen('factor')}
        >
          {say('people.resetFactor')}
        </ActButton>
      </div>
      <ActDialog<object, ResetPassword>
        {...{ isOpen: open === 'password', close, onDone: setTold, isDanger: true }}
        title={`${say('people.resetPassword')} · ${person.name}`}
        submit={say('people.resetPassword')}
        send={(_none, key) => send('POST', `/api/persons/${person.id}/password`, { key })}
        done={(words) => words('ui.done')}
      >
        <p>{say('people.resetPassword.note')}</p>
      </ActDialog>
      <ActDialog<object, unknown>
        {...{ isOpen: open === 'factor', close, isDanger: true }}
        title={`${say('people.resetFactor')} · ${person.name}`}
        submit={say('people.resetFactor')}
        send={(_none, key) => send('DELETE', `/api/persons/${person.id}/second-factor`, { key })}
        done={(words) => words('ui.done')}
      >
        <p>{say('people.resetFactor.note')}</p>
      </ActDialog>
      <SecretDialog
        title={say('people.resetPassword')}
        told={told ? { name: say('people.initialPassword'), secret: told.initialPassword } : null}
        close={() => setTold(undefined)}
      />
    </Card>
  )
}

function Sessions({ person }: { person: Person }): ReactNode {
  const { say } = useWords()
  const path = `/api/persons/${person.id}/sessions`
  const sessions = useQuery({ queryKey: [path], queryFn: () => get<SessionList>(path) })
  const end = useAct<Session | 'all', unknown>({
    send: (which, key) => send('DELETE', which === 'all' ? path : `${path}/${which.id}`, { key }),
    done: (words) => words('session.ended'),
    touches: [path],
  })
  const isNone = sessions.data?.items.length === 0
  return (
    <Card
      title={say('session.title')}
      extra={
        <ActButton
          size="small"
          reason={isNone && say('session.none')}
          onClick={() => end.mutate('all')}
        >
          {say('people.endAll')}
        </ActButton>
      }
    >
      <Loaded query={sessions} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{say('session.none')}</p>
          ) : (
            <SessionTable sessions={items} end={end.mutate} />
          )
        }
      </Loaded>
    </Card>
  )
}
