import { Worker } from 'node:worker_threads'
import type { FitAnswer, FitInput } from '#server/model/fit-cases.ts'
import type { Progress } from '#server/platform/job.ts'

type Message = { readonly done: number; readonly total: number } | { readonly answer: FitAnswer }

const askedEveryMs = 500

/**
 * Fits in a thread of its own: it reckons for seconds or minutes without a pause, and credit checks
 * must be answered meanwhile. Where `progress` throws, because somebody asked to stop, it ends.
 */
export async function fitInThread(input: FitInput, progress: Progress): Promise<FitAnswer> {
  const thread = new Worker(new URL('./fit-worker.ts', import.meta.url), { workerData: input })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<FitAnswer>((resolve, reject) => {
      let [done, total] = [0, 1]
      timer = setInterval(() => void progress(done, total).catch(reject), askedEveryMs)
      thread.on('message', (message: Message) => {
        if ('answer' in message) return resolve(message.answer)
        done = message.done
        total = message.total
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`The thread that fits ended with ${code}.`)))
    })
  } finally {
    clearInterval(timer)
    await thread.terminate()
  }
}
