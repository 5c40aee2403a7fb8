import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PolicyChanges } from '#contract/policy.ts'
import { get } from '../ui/api.ts'
import { Card, Loaded } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { LinesLink } from './life-card.tsx'

/** What a version says otherwise than the one that counts, in sentences. */
export function ChangesCard({ id }: { id: string }): ReactNode {
  const { pick, say } = useWords()
  const path = `/api/policies/${id}/changes`
  const changes = useQuery({ queryKey: [path], queryFn: () => get<PolicyChanges>(path) })
  const against = changes.data?.against
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
              {items.map((change) => (
                <li key={`${change.path} ${change.en}`}>{pick(change)}</li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
