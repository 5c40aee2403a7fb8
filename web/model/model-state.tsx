import type { ReactNode } from 'react'
import type { ModelList } from '#contract/model.ts'
import { Mark } from '../ui/mark.tsx'
import { useWords } from '../ui/use-words.ts'

type Of = Pick<ModelList['items'][number], 'state' | 'kind'>

/** What became of a training, in a word. */
export function ModelState({ kind, state }: Of): ReactNode {
  const { say } = useWords()
  if (kind !== null) {
    return <Mark tone={kind === 'fitted' ? 'good' : 'warn'}>{say(`model.kind.${kind}`)}</Mark>
  }
  const tone = state === 'failed' ? 'bad' : 'plain'
  return <Mark tone={tone}>{say(`system.job.state.${state}`)}</Mark>
}
