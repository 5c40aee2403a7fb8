import { App, Button } from 'antd'
import { useAct } from './use-act.ts'
import { useWords } from './use-words.ts'

const undoSeconds = 30

type Undo = (key: string) => Promise<unknown>

/** Offers for a while to take back what was just done. */
export function useUndo(): (done: string, undo: Undo) => void {
  const { notification } = App.useApp()
  const { say } = useWords()
  const act = useAct<Undo, unknown>({
    send: (undo, key) => undo(key),
    done: (words) => words('ui.undone'),
  })
  return (done, undo) => {
    const key = crypto.randomUUID()
    const takeBack = () => {
      notification.destroy(key)
      act.mutate(undo)
    }
    notification.success({
      ...{ key, title: done, duration: undoSeconds, placement: 'bottomRight' },
      actions: <Button onClick={takeBack}>{say('ui.undo')}</Button>,
    })
  }
}
