import type { ImportBatch } from '#contract/import.ts'
import { send } from '../ui/api.ts'
import { useAct } from '../ui/use-act.ts'

/** Drops an import that was not taken; of one that was, it takes everything back. */
export function useAbandon(id: string, onDone: () => void = () => {}) {
  return useAct<void, ImportBatch>({
    send: (_none, key) => send('POST', `/api/imports/${id}/undo`, { key }),
    done: (say, { state }) => say(state === 'undone' ? 'import.undo.done' : 'import.abandoned'),
    onDone,
  })
}
