import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Notice } from '#contract/notice.ts'
import { MomentText } from '../ui/money.tsx'
import { EmptyState, Loaded } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import type { Notices } from './use-notices.ts'

type Of = {
  readonly notices: Notices
  readonly unread: number
  readonly open: (notice: Notice) => void
  readonly close: () => void
  readonly go: (page: string) => void
  readonly read: (which: Notice | 'all') => void
  readonly isReading: boolean
}

/** The latest notices; what is not read yet says so. */
export function NoticeList({ close, go, isReading, notices, open, read, unread }: Of): ReactNode {
  const { say } = useWords()
  const place = useRef<HTMLElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <section
      className="notices"
      aria-label={say('bell.name')}
      tabIndex={-1}
      ref={place}
      onKeyDown={({ key }) => key === 'Escape' && close()}
    >
      <header className="card-head">
        <strong>{say('bell.name')}</strong>
        <Button
          type="link"
          size="small"
          disabled={unread === 0}
          loading={isReading}
          onClick={() => read('all')}
        >
          {say('bell.readAll')}
        </Button>
      </header>
      <Loaded query={notices} rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) {
            return <EmptyState title={say('bell.none')} text={say('bell.none.text')} />
          }
          return (
            <ul>
              {items.map((notice) => (
                <NoticeItem key={notice.id} {...{ notice, open, read }} />
              ))}
            </ul>
          )
        }}
      </Loaded>
      <footer>
        {notices.hasNextPage && (
          <Button
            type="link"
            size="small"
            loading={notices.isFetchingNextPage}
            onClick={() => notices.fetchNextPage()}
          >
            {say('ui.loadMore')}
          </Button>
        )}
        <Button type="link" size="small" onClick={() => go('/account')}>
          {say('bell.choices')}
        </Button>
      </footer>
    </section>
  )
}

function NoticeItem({
  notice,
  open,
  read,
}: Pick<Of, 'open' | 'read'> & { notice: Notice }): ReactNode {
  const { pick, say } = useWords()
  const isUnread = notice.readAt === null
  return (
    <li className={isUnread ? 'is-unread' : ''}>
      <button type="button" className="notice" onClick={() => open(notice)}>
        <span className="notice-subject">
          {isUnread && <span className="sr-only">{say('bell.isUnread')} </span>}
          {pick(notice.subject)}
        </span>
        <span className="notice-body">{pick(notice.body)}</span>
        <span className="notice-when">
          <MomentText moment={notice.createdAt} />
        </span>
      </button>
      {isUnread && (
        <Button
          type="text"
          size="small"
          title={say('bell.read')}
          aria-label={`${say('bell.read')}: ${pick(notice.subject)}`}
          onClick={() => read(notice)}
        >
          ✓
        </Button>
      )}
    </li>
  )
}
