import { useWords } from '../ui/use-words.ts'
import { type WordKey, words } from '../words.ts'

/** A command in words: what it is about and what was done. One without words stays as it is. */
export function useCommandName(): (command: string) => string {
  const { say } = useWords()
  return (command) => {
    const [noun = '', verb = ''] = command.split('.')
    const about = `audit.noun.${noun}`
    const done = `audit.verb.${verb}`
    if (!(about in words && done in words)) return command
    return `${say(about as WordKey)} · ${say(done as WordKey)}`
  }
}
