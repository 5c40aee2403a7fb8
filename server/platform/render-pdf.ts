import { Worker } from 'node:worker_threads'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Paper } from '#server/platform/pdf-worker.ts'

const waitingMost = 8
const timeoutMs = 30_000
const restMs = 60_000

type Waiting = {
  readonly resolve: (bytes: Buffer) => void
  readonly reject: (error: Error) => void
}

let worker: Worker | undefined
let rest: NodeJS.Timeout | undefined
let lastId = 0
const waiting = new Map<number, Waiting>()

/**
 * Renders a paper as PDF in a thread of its own, so that laying out pages keeps no credit check
 * waiting. One at a time; more than a few that wait are refused. A thread that has nothing to do for
 * a minute ends and gives its fonts back.
 */
export async function renderPdf(paper: Paper): Promise<Buffer | Refusal> {
  if (waiting.size >= waitingMost) {
    return refuse('unavailable', 'Several documents are being printed: try again in a moment.', {
      zh: '正在生成的文件较多，请稍后再试。',
    })
  }
  const id = ++lastId
  const thread = openWorker()
  clearTimeout(rest)
  thread.ref()
  const timer = setTimeout(() => {
    failAll(new Error(`A document was not rendered in ${timeoutMs / 1000} s.`))
    void thread.terminate()
  }, timeoutMs)
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      thread.postMessage({ id, paper })
    })
  } finally {
    clearTimeout(timer)
    waiting.delete(id)
    if (waiting.size === 0) {
      // A process that has ended its work need not wait for the thread.
      thread.unref()
      rest = setTimeout(() => void thread.terminate(), restMs).unref()
    }
  }
}

type Answer = { readonly id: number; readonly bytes?: Uint8Array; readonly failure?: string }

function openWorker(): Worker {
  if (worker) return worker
  const opened = new Worker(new URL('./pdf-worker.ts', import.meta.url))
  worker = opened
  opened.on('message', ({ id, bytes, failure }: Answer) => {
    if (bytes) waiting.get(id)?.resolve(Buffer.from(bytes))
    else waiting.get(id)?.reject(new Error(failure))
  })
  opened.on('error', failAll)
  opened.on('exit', () => {
    if (worker === opened) worker = undefined
    failAll(new Error('The thread that renders documents has ended.'))
  })
  return opened
}

function failAll(error: Error): void {
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}
