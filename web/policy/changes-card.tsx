import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ChangeCounts } from '#contract/lab.ts'
import type { PolicyChanges } from '#contract/policy.ts'
import { get } from '../ui/api.ts'
import { Card, Loaded } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { LinesLink } from './life-card.tsx'

/** What a version says otherwise than the one that counts, in sentences. */
export function ChangesCard({ id }: { id: string }): ReactNode {
  const { pick, say } = useWords()
  const path = `/api/policies/${id}/changes`
  const changes = useQuery({ queryKey: [path], queryFn: () => get<PolicyChanges>(path) })
  const against = changes.data?.against
  const mayNot = useMayNot()('policy:write')
  const countPath = `/api/policies/${id}/change-counts`
  const counts = useQuery({
    queryKey: [countPath],
    queryFn: ({ signal }) => get<ChangeCounts>(countPath, {}, signal),
    enabled: mayNot === null && (changes.data?.items.length ?? 0) > 0,
    staleTime: 60_000,
  })
  // Of the first version there is nothing to tell.
  if (changes.data?.against === null) return null
  const title = against ? say('life.changes', { number: against.number }) : say('policy.compare')
  return (
    <Card title={title} extra={against && <LinesLink before={against.id} after={id} />}>
      <Loaded query={changes} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{say('life.changes.none')}</p>
          ) : (
            <ul className="changes">
              {items.map((change, at) => (
                <li key={`${change.path} ${change.en}`}>
                  {pick(change)}
                  <Touched counts={counts.data} at={at} path={change.path} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

/** How many customers and open orders a change touches by itself. */
function Touched(of: {
  readonly counts: ChangeCounts | undefined
  readonly at: number
  readonly path: string
}): ReactNode {
  const { say } = useWords()
  const found = of.counts?.items[of.at]
  if (!of.counts || found?.path !== of.path || found.customers === null) return null
  const { customers, orders } = found
  const told = [
    ...(customers > 0 ? [say('life.touches.customers', { count: customers })] : []),
    ...(orders ? [say('life.touches.orders', { count: orders })] : []),
  ]
  const text = told.length === 0 ? say('life.touches.nobody') : told.join(say('life.touches.and'))
  const within = of.counts.isAll ? '' : say('life.touches.within', { count: of.counts.customers })
  return (
    <span className="quiet">
      {' '}
      {text}
      {within}
    </span>
  )
}
