import type { ReactNode } from 'react'
import { Mark } from '../ui/mark.tsx'
import { useWords } from '../ui/use-words.ts'

export function PolicyState({ state }: { state: string }): ReactNode {
  const { say } = useWords()
  const tone = state === 'published' ? 'good' : state === 'draft' ? 'warn' : 'plain'
  return (
    <Mark tone={tone}>{say(`policy.state.${state as 'draft' | 'published' | 'retired'}`)}</Mark>
  )
}
