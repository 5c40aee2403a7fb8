import type { ReactNode } from 'react'
import type { PolicyVersion } from '#contract/policy.ts'
import { Mark, type Tone } from '../ui/mark.tsx'
import { useWords } from '../ui/use-words.ts'

const tones: Readonly<Record<PolicyVersion['state'], Tone>> = {
  draft: 'warn',
  submitted: 'warn',
  approved: 'plain',
  published: 'good',
  retired: 'plain',
}

export function PolicyState({ state }: { state: PolicyVersion['state'] }): ReactNode {
  const { say } = useWords()
  return <Mark tone={tones[state]}>{say(`policy.state.${state}`)}</Mark>
}
