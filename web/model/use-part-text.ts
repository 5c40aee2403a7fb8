import { boundsText } from '../policy/condition-text.tsx'
import { amountText } from '../ui/amount-text.ts'
import { useWords } from '../ui/use-words.ts'
import type { Part } from './staged-changes.ts'

/** What is in a bin, as one would write it in a scorecard. */
export function usePartText(unit: string): (part: Part) => string {
  const { say } = useWords()
  const bound = (name: 'above' | 'upTo', value: string | null) =>
    value === null ? {} : { [name]: unit === 'money' ? amountText(value) : value }
  const level = (text: string) => (text === 'yes' || text === 'no' ? say(`ui.${text}`) : text)
  return ({ above, kind, levels, upTo }) => {
    if (kind === 'missing') return say('model.missing')
    if (kind === 'levels') return levels.map(level).join(', ')
    const text = boundsText({ ...bound('above', above), ...bound('upTo', upTo) })
    return text || say('model.all')
  }
}
