import type { ReactNode } from 'react'
import type { PolicyWithDocument } from '#contract/policy.ts'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { type LineDifference, lineDifferences, nearChanges } from './line-differences.ts'
import { policyText } from './policy-text.ts'
import { usePolicy } from './use-policy.ts'

/** What one version says otherwise than another, line by line. */
export function ComparePage(): ReactNode {
  const { say } = useWords()
  const { values } = useUrlState()
  const isAsked = Boolean(values.before && values.after)
  const before = usePolicy(values.before ?? '')
  const after = usePolicy(values.after ?? '')
  return (
    <Page
      title={say('policy.compare.title')}
      back={{ to: '/policies', name: say('shell.policies') }}
    >
      {isAsked ? (
        <Loaded query={before}>
          {(one) => (
            <Loaded query={after}>{(other) => <Differences before={one} after={other} />}</Loaded>
          )}
        </Loaded>
      ) : (
        <EmptyState title={say('policy.compare.none')} text={say('policy.compare.none.text')} />
      )}
    </Page>
  )
}

function Differences(of: {
  readonly before: PolicyWithDocument
  readonly after: PolicyWithDocument
}): ReactNode {
  const { say } = useWords()
  const lines = lineDifferences(policyText(of.before.document), policyText(of.after.document))
  const count = (kind: LineDifference['kind']) => lines.filter((line) => line.kind === kind).length
  const title = `${say(`policy.kind.${of.after.kind}`)}: ${say('policy.number', {
    number: of.before.number,
  })} → ${say('policy.number', { number: of.after.number })}`
  return (
    <Card
      title={title}
      extra={
        <span className="quiet">
          {say('policy.compare.counts', { added: count('added'), removed: count('removed') })}
        </span>
      }
    >
      {count('added') + count('removed') === 0 ? (
        <p>{say('policy.compare.same')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <pre className="source-text" tabIndex={0}>
          {nearChanges(lines).map(
            (part, index) =>
              // biome-ignore-start lint/suspicious/noArrayIndexKey: lines have no other name
              typeof part === 'number' ? (
                <span key={index} className="quiet">
                  {`⋯ ${say('policy.compare.left', { count: part })}\n`}
                </span>
              ) : (
                <Line key={index} line={part} />
              ),
            // biome-ignore-end lint/suspicious/noArrayIndexKey: lines have no other name
          )}
        </pre>
      )}
    </Card>
  )
}

function Line({ line: { kind, text } }: { line: LineDifference }): ReactNode {
  if (kind === 'added') return <ins>+ {text}</ins>
  if (kind === 'removed') return <del>- {text}</del>
  return `  ${text}\n`
}
