import type { ReactNode } from 'react'
import { mergedFor, type PartyScope, type Variant } from '#kernel/document/variants.ts'
import { nameOfMember } from '#kernel/policy/member-names.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { trialText } from './trial-text.ts'

/** What holds for some customers instead, each with whom it is of and what it names anew. */
export function VariantsView<Policy extends object>(of: {
  readonly policy: Policy & { readonly variants?: readonly Variant<object>[] }
  readonly show: (merged: Policy) => ReactNode
}): ReactNode {
  const { pick, say } = useWords()
  return of.policy.variants?.map((variant) => {
    const { id, label, scope, trial, ...own } = variant
    const members = Object.keys(own).map((member) => pick(nameOfMember(member)))
    return (
      <Card key={id} title={say('variant.title', { name: pick(label) })}>
        <ScopeText scope={scope} />
        {trial && <p>{trialText(trial, say)}</p>}
        <p>{say('variant.own', { members: members.join('、') || '-' })}</p>
        <details className="in-words">
          <summary>{say('variant.whole')}</summary>
          {of.show(mergedFor(of.policy, variant))}
        </details>
      </Card>
    )
  })
}

function ScopeText({ scope }: { scope: PartyScope }): ReactNode {
  const { known, say } = useWords()
  const wordOf = (name: string, entry: string) =>
    (name === 'roles' && known(`customer.role.${entry}`)) || entry
  return (
    <p>
      {Object.entries(scope)
        .map(
          ([name, entries]) =>
            `${say(`variant.${name as keyof PartyScope}`)}: ${entries.map((entry) => wordOf(name, entry)).join('、')}`,
        )
        .join('; ')}
    </p>
  )
}
