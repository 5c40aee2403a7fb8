import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import { FilterBar } from '../ui/filter-bar.tsx'
import { ListTable } from '../ui/list-table.tsx'
import { EmptyState, Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { UnitSwitch } from '../ui/unit-switch.tsx'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { groupColumns } from './group-columns.tsx'
import { type TreeLine, useAccountTree } from './use-account-tree.ts'

const statuses = ['open', 'watch', 'blocked', 'frozen'] as const

/** Groups with their members and accounts: limit, exposure by stage, headroom. */
export function GroupsPage(): ReactNode {
  const words = useWords()
  const { say } = words
  const url = useUrlState()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const { status, text } = url.values
  const tree = useAccountTree({ ...(status && { status }), ...(text && { text }) }, opened)
  const toggle = (id: string) =>
    setOpened((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const open = ({ account, kind }: TreeLine) => {
    if (kind !== 'account') return
    if (account.level === 'group') toggle(account.id)
    else navigate(`/customers/${account.partyId}`)
  }
  return (
    <Page title={say('exposure.groups')} actions={<UnitSwitch />}>
      <FilterBar
        values={url.values}
        set={url.set}
        filters={[
          { kind: 'text', name: 'text', label: 'exposure.search' },
          {
            ...{ kind: 'choice', name: 'status', label: 'exposure.status' },
            choices: statuses.map((value) => ({ value, label: say(`exposure.status.${value}`) })),
          },
        ]}
      />
      {tree.error && <ProblemNote error={tree.error} retry={tree.refetch} />}
      <ListTable<TreeLine>
        rows={tree.lines}
        columns={groupColumns({ opened, toggle, words })}
        rowKey={({ key }) => key}
        open={open}
        isLoading={tree.isPending}
        isStale={tree.isStale}
        more={tree.more}
        empty={<EmptyState title={say('exposure.empty')} text={say('exposure.empty.text')} />}
      />
      <p className="list-foot">
        <span>{say('ui.shown', { count: tree.count })}</span>
        {tree.more && (
          <Button type="link" onClick={tree.more}>
            {say('ui.loadMore')}
          </Button>
        )}
      </p>
    </Page>
  )
}
