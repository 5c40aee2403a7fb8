import { Worker } from 'node:worker_threads'
import type { Progress } from '#server/platform/job.ts'

type Message<Answer> =
  | { readonly done: number; readonly total: number }
  | { readonly answer: Answer }

const askedEveryMs = 500

/**
 * Reckons in a thread of its own: it goes on for seconds or minutes without a pause, and credit checks
 * must be answered meanwhile. Where `progress` throws, because somebody asked to stop, it ends.
 */
export async function inThread<Answer>(
  script: URL,
  input: unknown,
  progress: Progress,
): Promise<Answer> {
  const thread = new Worker(script, { workerData: input })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Answer>((resolve, reject) => {
      let [done, total] = [0, 1]
      timer = setInterval(() => void progress(done, total).catch(reject), askedEveryMs)
      thread.on('message', (message: Message<Answer>) => {
        if ('answer' in message) return resolve(message.answer)
        done = message.done
        total = message.total
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`The thread that reckons ended with ${code}.`)))
    })
  } finally {
    clearInterval(timer)
    await thread.terminate()
  }
}
