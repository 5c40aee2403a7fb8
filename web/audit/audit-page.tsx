import { type ReactNode, useState } from 'react'
import type { AuditEntry, AuditPage as EntryPage } from '#contract/audit.ts'
import { DrillDrawer } from '../ui/drill-drawer.tsx'
import type { Filter } from '../ui/filter-bar.tsx'
import type { Column } from '../ui/list-column.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { MomentText } from '../ui/money.tsx'
import { useWords } from '../ui/use-words.ts'
import { EntryDetail } from './entry-detail.tsx'
import { useCommandName } from './use-command-name.ts'
import { VerifyTrail } from './verify-trail.tsx'

const filters: readonly Filter[] = [
  { name: 'who', label: 'audit.who', kind: 'text' },
  { name: 'command', label: 'audit.command', kind: 'text' },
  { name: 'from', label: 'ui.from', kind: 'day' },
  { name: 'to', label: 'ui.to', kind: 'day' },
  { name: 'subject', label: 'audit.subject', kind: 'text' },
]

/** Who did what and when, and the proof that nobody changed it afterwards. */
export function AuditPage(): ReactNode {
  const { say } = useWords()
  const [open, setOpen] = useState<AuditEntry>()
  const columns = useColumns()
  const commandName = useCommandName()
  return (
    <>
      <ListPage<AuditEntry, EntryPage>
        title="shell.audit"
        note={say('audit.note')}
        path="/api/audit/entries"
        filters={filters}
        columns={() => columns}
        rowKey={({ id }) => id}
        open={setOpen}
        actions={<VerifyTrail />}
      />
      <DrillDrawer
        title={open ? commandName(open.command) : ''}
        isOpen={open !== undefined}
        close={() => setOpen(undefined)}
        width={820}
      >
        {open && <EntryDetail entry={open} />}
      </DrillDrawer>
    </>
  )
}

function useColumns(): readonly Column<AuditEntry>[] {
  const { say } = useWords()
  const commandName = useCommandName()
  return [
    {
      ...{ key: 'at', title: 'audit.at', width: 150, isFixed: true },
      render: ({ recordedAt }) => <MomentText moment={recordedAt} />,
    },
    { key: 'who', title: 'audit.who', width: 130, render: ({ actorName }) => actorName },
    {
      ...{ key: 'kind', title: 'audit.actorKind', width: 90 },
      render: ({ actorKind }) =>
        say(`audit.actor.${actorKind as 'person' | 'key' | 'operator' | 'system'}`),
    },
    {
      ...{ key: 'what', title: 'audit.what', width: 185 },
      render: ({ command }) => commandName(command),
    },
    {
      ...{ key: 'command', title: 'audit.command', width: 175 },
      render: ({ command }) => <code>{command}</code>,
    },
    {
      ...{ key: 'subject', title: 'audit.subject', width: 310 },
      render: ({ subject }) => subject ?? <span className="quiet">-</span>,
    },
    {
      ...{ key: 'request', title: 'audit.request', width: 300, isExtra: true },
      render: ({ requestId }) => requestId,
    },
  ]
}
