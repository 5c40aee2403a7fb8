import type { ReactNode } from 'react'
import { useWords } from './use-words.ts'

type Sentence = { readonly zh: string; readonly en: string }

/** Sentences that explain a decision, what stops it before what only warns. */
export function Reasons(of: {
  readonly fired: readonly {
    readonly rule: string
    readonly reaction: string
    readonly sentence: Sentence
  }[]
}): ReactNode {
  const { pick } = useWords()
  const rank = (reaction: string) => (reaction === 'hold' ? 0 : reaction === 'warn' ? 1 : 2)
  const ordered = [...of.fired].sort((one, other) => rank(one.reaction) - rank(other.reaction))
  return (
    <ul className="reasons">
      {ordered.map(({ reaction, rule, sentence }) => (
        <li key={rule} className={`reason-${reaction}`}>
          {pick(sentence)}
        </li>
      ))}
    </ul>
  )
}

/** What would let a document pass, each by itself. */
export function Remedies(of: {
  readonly remedies: readonly { readonly kind: string; readonly sentence: Sentence }[]
}): ReactNode {
  const { pick } = useWords()
  return (
    <ul className="remedies">
      {of.remedies.map(({ kind, sentence }) => (
        <li key={`${kind} ${sentence.en}`}>{pick(sentence)}</li>
      ))}
    </ul>
  )
}
