import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ApiKey, ApiKeyList, CreatedApiKey } from '#contract/user.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { get, send } from '../ui/api.ts'
import type { Column } from '../ui/list-column.tsx'
import { ListTable } from '../ui/list-table.tsx'
import { Mark } from '../ui/mark.tsx'
import { MomentText } from '../ui/money.tsx'
import { EmptyState, Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useWords } from '../ui/use-words.ts'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { SecretDialog } from './secret-once.tsx'
import { useRoleName } from './use-role-name.ts'
import { UserTabs } from './user-tabs.tsx'

/** Keys by which other programs call. */
export function KeysPage(): ReactNode {
  const { say } = useWords()
  const keys = useQuery({ queryKey: ['/api/keys'], queryFn: () => get<ApiKeyList>('/api/keys') })
  const [isNew, setNew] = useState(false)
  const [made, setMade] = useState<CreatedApiKey>()
  const [revoked, setRevoked] = useState<ApiKey>()
  return (
    <Page
      title={say('shell.users')}
      name={say('people.keys')}
      note={<UserTabs />}
      actions={
        <Button type="primary" onClick={() => setNew(true)}>
          {say('key.new')}
        </Button>
      }
    >
      {keys.error && <ProblemNote error={keys.error} retry={keys.refetch} />}
      <ListTable<ApiKey>
        rows={keys.data?.items ?? []}
        columns={useColumns(setRevoked)}
        rowKey={({ id }) => id}
        isLoading={keys.isPending}
        empty={<EmptyState title={say('key.empty')} text={say('key.empty.text')} />}
      />
      <NewKeyDialog isOpen={isNew} close={() => setNew(false)} made={setMade} />
      <SecretDialog
        title={say('key.made')}
        told={made ? { name: say('key.token'), secret: made.token } : null}
        close={() => setMade(undefined)}
      />
      <ActDialog<object, unknown>
        isOpen={revoked !== undefined}
        close={() => setRevoked(undefined)}
        title={`${say('key.revoke')} · ${revoked?.name ?? ''}`}
        submit={say('key.revoke')}
        isDanger
        send={(_none, key) => send('DELETE', `/api/keys/${revoked?.id}`, { key })}
        done={(words) => words('key.revoked')}
      >
        <p>{say('key.revoke.note')}</p>
      </ActDialog>
    </Page>
  )
}

function useColumns(revoke: (key: ApiKey) => void): readonly Column<ApiKey>[] {
  const { say } = useWords()
  const roleName = useRoleName()
  return [
    {
      ...{ key: 'name', title: 'key.name', width: 170, isFixed: true },
      render: ({ name }) => <strong>{name}</strong>,
    },
    {
      ...{ key: 'token', title: 'key.token', width: 110 },
      render: ({ tokenStart }) => <code>{tokenStart}…</code>,
    },
    {
      ...{ key: 'may', title: 'key.may', width: 280 },
      render: ({ permissions, roles }) => {
        const told = permissions?.map((each) => say(`permission.${each}`)) ?? roles.map(roleName)
        return <span title={told.join('\n')}>{told.join(', ')}</span>
      },
    },
    {
      ...{ key: 'state', title: 'people.state', width: 96 },
      render: (key) => <KeyState apiKey={key} />,
    },
    {
      ...{ key: 'lastUsed', title: 'key.lastUsed', width: 150 },
      render: ({ lastUsedAt }) =>
        lastUsedAt ? <MomentText moment={lastUsedAt} /> : say('key.neverUsed'),
    },
    {
      ...{ key: 'expires', title: 'key.expires', width: 150 },
      render: ({ expiresAt }) =>
        expiresAt ? <MomentText moment={expiresAt} /> : say('key.neverExpires'),
    },
    {
      ...{ key: 'createdBy', title: 'key.createdBy', width: 120 },
      render: ({ createdBy }) => createdBy,
    },
    {
      ...{ key: 'createdAt', title: 'people.createdAt', width: 150 },
      render: ({ createdAt }) => <MomentText moment={createdAt} />,
    },
    {
      ...{ key: 'revoke', title: 'key.revoke', width: 90 },
      render: (key) =>
        key.revokedAt === null && (
          <Button size="small" danger onClick={() => revoke(key)}>
            {say('key.revoke')}
          </Button>
        ),
    },
  ]
}

function KeyState({ apiKey }: { apiKey: ApiKey }): ReactNode {
  const { say } = useWords()
  if (apiKey.revokedAt !== null) return <Mark tone="bad">{say('key.state.revoked')}</Mark>
  const isOver = apiKey.expiresAt !== null && new Date(apiKey.expiresAt) <= new Date()
  if (isOver) return <Mark tone="warn">{say('key.state.expired')}</Mark>
  return <Mark tone="good">{say('people.state.active')}</Mark>
}
