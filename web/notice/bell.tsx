import { Badge, Button, Popover } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Notice } from '#contract/notice.ts'
import { send } from '../ui/api.ts'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { NoticeList } from './notice-list.tsx'
import { pageOf } from './page-of.ts'
import { noticesPath as path, useNotices } from './use-notices.ts'

/** How many notices one has not read, the latest of them, and the way to what they are about. */
export function Bell(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const notices = useNotices()
  const read = useAct<Notice | 'all', unknown>({
    send: (which, key) =>
      send('POST', which === 'all' ? `${path}/read-all` : `${path}/${which.id}/read`, { key }),
    touches: [path],
  })
  const unread = notices.data?.pages[0]?.unread ?? 0
  const open = (notice: Notice) => {
    setOpen(false)
    if (notice.readAt === null) read.mutate(notice)
    const page = pageOf(notice)
    if (page !== null) navigate(page)
  }
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const go = (page: string) => {
    setOpen(false)
    navigate(page)
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <NoticeList
          {...{ notices, unread, open, go, close }}
          read={(which) => read.mutate(which)}
          isReading={read.isPending}
        />
      }
    >
      <Button
        ref={button}
        type="text"
        className="bell"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={unread > 0 ? say('bell.unread', { count: unread }) : say('bell.name')}
      >
        <Badge count={unread} size="small" overflowCount={99} color="var(--bad-fill)">
          <svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18" fill="none">
            <path
              d="M3 13.5h12l-1.5-2V8a4.5 4.5 0 0 0-9 0v3.5zM7.3 15.5a1.8 1.8 0 0 0 3.4 0M9 3.5V2"
              stroke="currentColor"
              strokeWidth="1.5"
              strokeLinejoin="round"
              strokeLinecap="round"
            />
          </svg>
        </Badge>
      </Button>
    </Popover>
  )
}
