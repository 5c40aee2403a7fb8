import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Select, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { type TimelineEvent, type TimelinePage, timelineTopics } from '#contract/timeline.ts'
import { get } from '../ui/api.ts'
import { Money } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { Timeline, type TimelineItem } from '../ui/timeline.tsx'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { factsOf, pathOf, toneOf } from './timeline-text.ts'

/** Everything that happened to a customer, latest first, of all topics or some. */
export function TimelineTab({ file }: { file: CreditFileShown }): ReactNode {
  const words = useWords()
  const { say } = words
  const { set, values } = useUrlState()
  const topics = values.topics?.split(',') ?? []
  const path = `/api/parties/${file.partyId}/timeline`
  const asked = { kinds: values.topics }
  const events = useInfiniteQuery({
    queryKey: [path, asked],
    queryFn: ({ pageParam, signal }) =>
      get<TimelinePage>(path, { ...asked, limit: 50, before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  const items = events.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card
      title={say('file.tab.timeline')}
      extra={
        <Select
          mode="multiple"
          className="topic-choice"
          aria-label={say('event.topic')}
          placeholder={`${say('event.topic')}: ${say('ui.all')}`}
          maxTagCount="responsive"
          allowClear
          value={topics}
          onChange={(chosen) => set({ topics: chosen.join(',') })}
          options={timelineTopics.map((value) => ({ value, label: say(`event.topic.${value}`) }))}
        />
      }
    >
      {events.isPending && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      {events.error && <ProblemNote error={events.error} retry={() => events.refetch()} />}
      {events.data && items.length === 0 && !events.hasNextPage && (
        <EmptyState title={say('event.none')} text={say('event.none.text')} />
      )}
      <Timeline items={items.map((event) => itemOf(event, words))} />
      {events.hasNextPage && (
        <Button loading={events.isFetchingNextPage} onClick={() => events.fetchNextPage()}>
          {say('ui.loadMore')}
        </Button>
      )}
    </Card>
  )
}

function itemOf(event: TimelineEvent, words: ReturnType<typeof useWords>): TimelineItem {
  const { actor, amount, currency, id, kind, number, on } = event
  const path = pathOf(event)
  const name = words.known(`event.${kind}`) ?? kind
  const facts = factsOf(event, words)
  return {
    ...{ id: `${kind} ${id}`, at: on, by: actor, tone: toneOf(event) },
    title: (
      <>
        <strong>{name}</strong>{' '}
        {number && (path ? <Link to={path}>{number}</Link> : <span>{number}</span>)}{' '}
        {amount && currency && kind !== 'limit.changed' && (
          <Money amount={amount} currency={currency} />
        )}
      </>
    ),
    text: facts.length > 0 ? facts.join(' · ') : null,
  }
}
