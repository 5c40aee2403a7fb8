import type { ReactNode } from 'react'
import type { ImportState } from '#contract/import.ts'
import { useWords } from '../ui/use-words.ts'

const tones: Readonly<Record<ImportState, string>> = {
  uploaded: 'mark-warn',
  checked: 'mark-warn',
  applied: 'mark-good',
  undone: '',
  abandoned: '',
}

export function StateMark({ state }: { state: ImportState }): ReactNode {
  const { say } = useWords()
  return <span className={`mark ${tones[state]}`}>{say(`import.state.${state}`)}</span>
}
