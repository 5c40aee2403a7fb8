import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useRef } from 'react'
import { newKey, type ProblemError } from './api.ts'
import { problemTexts } from './problem.tsx'
import { type Say, useWords } from './use-words.ts'

type Act<Input, Reply> = {
  /** Sends it, under a key that stays the same until it has been answered. */
  readonly send: (input: Input, key: string) => Promise<Reply>
  /** What is said when it is done. */
  readonly done?: (say: Say, reply: Reply) => string
  /** Paths of what is read anew then; everything that is open, where none is given. */
  readonly touches?: readonly string[]
  readonly onDone?: (reply: Reply) => void
  /** True where the form shows the problem itself. */
  readonly isProblemShown?: boolean
}

/** A change by a person: done once however often it is sent, told, and seen at once on open pages. */
export function useAct<Input, Reply>(act: Act<Input, Reply>) {
  const { message, notification } = App.useApp()
  const { say } = useWords()
  const queries = useQueryClient()
  const key = useRef(newKey())
  return useMutation<Reply, ProblemError, Input>({
    mutationFn: (input) => act.send(input, key.current),
    onSuccess: async (reply) => {
      key.current = newKey()
      const isTouched = (path: unknown) =>
        act.touches === undefined || act.touches.some((start) => String(path).startsWith(start))
      await queries.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey[0]) })
      if (act.done) message.success(act.done(say, reply))
      act.onDone?.(reply)
    },
    onError: (error) => {
      // Unanswered, it may have been done: then the same key tells so. Refused, it is a new try.
      if (error.kind !== 'offline' && error.kind !== 'unavailable') key.current = newKey()
      if (act.isProblemShown) return
      const { detail, instance, title } = problemTexts(error, say)
      const id = instance ? ` (${say('ui.requestId', { id: instance })})` : ''
      notification.error({ title, description: `${detail}${id}`, duration: 8 })
    },
  })
}
