import { Button, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { DayChoice } from '../ui/day-choice.tsx'
import { Mark } from '../ui/mark.tsx'
import { Loaded, Page } from '../ui/page.tsx'
import { UnitSwitch } from '../ui/unit-switch.tsx'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { CreditsTab } from './credits-tab.tsx'
import { DocumentsTab } from './documents-tab.tsx'
import { FileActs } from './file-acts.tsx'
import { FileFigures } from './file-figures.tsx'
import { OpenItemsTab } from './open-items-tab.tsx'
import { OrdersTab } from './orders-tab.tsx'
import { Overview } from './overview.tsx'
import { PeopleTab } from './people-tab.tsx'
import { TimelineTab } from './timeline-tab.tsx'
import { ownAccount, useCreditFile } from './use-credit-file.ts'

const statusTones = { open: 'good', watch: 'warn', blocked: 'bad', frozen: 'bad' } as const

/** Everything about a customer that a decision on credit rests on, as of today or a past day. */
export function CreditFilePage(): ReactNode {
  const { say } = useWords()
  const { partyId = '' } = useParams()
  const { set, values } = useUrlState()
  const query = useCreditFile(partyId, values['as-of'])
  const { data: file } = query
  const day = (
    <DayChoice
      label={say('ui.asOf')}
      value={values['as-of'] ?? null}
      latest={file?.today}
      choose={(chosen) => set({ 'as-of': chosen === file?.today ? null : chosen })}
    />
  )
  return (
    <Page
      title={file?.identity.name ?? say('file.title')}
      back={{ to: '/customers', name: say('shell.customers') }}
      note={file && <Head file={file} />}
      actions={
        <>
          <UnitSwitch />
          {day}
          {file && <FileActs file={file} />}
        </>
      }
    >
      {file && file.asOf !== file.today && (
        <p className="as-of-band" role="status">
          {say('file.asOf.band', { day: file.asOf })}{' '}
          <Button size="small" onClick={() => set({ 'as-of': null })}>
            {say('file.asOf.today')}
          </Button>
        </p>
      )}
      <Loaded query={query} rows={16}>
        {(loaded) => (
          <div className={query.isPlaceholderData ? 'is-stale' : ''}>
            <FileFigures file={loaded} />
            <FileTabs file={loaded} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Head({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const { closedOn, code, groupParent, identifiers, industry, mergedInto } = file.identity
  const account = ownAccount(file)
  const creditCode = identifiers.find(({ scheme }) => scheme === 'uscc')?.value
  const status = (account?.status ?? 'open') as keyof typeof statusTones
  return (
    <span className="head-facts">
      {account && (
        <span>
          <Mark tone={statusTones[status]}>{say(`hold.status.${status}`)}</Mark>
          {account.statusReason && <span> {account.statusReason}</span>}
        </span>
      )}
      <span>{code}</span>
      {creditCode && <span className="figure">{creditCode}</span>}
      {groupParent && (
        <span>
          {say('file.group')} <Link to={`/customers/${groupParent.id}`}>{groupParent.name}</Link>
        </span>
      )}
      {industry && <span>{industry}</span>}
      {mergedInto && (
        <Link to={`/customers/${mergedInto.id}`}>
          {say('file.merged', { name: mergedInto.name })}
        </Link>
      )}
      {closedOn && <Mark tone="plain">{say('file.closed', { day: closedOn })}</Mark>}
    </span>
  )
}

const parts = {
  overview: Overview,
  'open-items': OpenItemsTab,
  orders: OrdersTab,
  receipts: CreditsTab,
  documents: DocumentsTab,
  people: PeopleTab,
  timeline: TimelineTab,
} as const
type PartName = keyof typeof parts
const partNames = Object.keys(parts) as PartName[]

/** Lists that tell what there is now, whatever day is chosen. */
const onlyToday: readonly PartName[] = ['orders', 'receipts', 'documents', 'people', 'timeline']

function FileTabs({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const { set, values } = useUrlState()
  const active = partNames.find((name) => name === values.tab) ?? 'overview'
  const isPast = file.asOf !== file.today
  return (
    <Tabs
      activeKey={active}
      onChange={(name) => set({ tab: name === 'overview' ? null : name })}
      destroyOnHidden
      items={partNames.map((name) => {
        const Part = parts[name]
        return {
          key: name,
          label: say(`file.tab.${name}`),
          children: (
            <>
              {isPast && onlyToday.includes(name) && (
                <p className="quiet tab-note">{say('file.asOf.onlyToday')}</p>
              )}
              <Part file={file} />
            </>
          ),
        }
      })}
    />
  )
}
