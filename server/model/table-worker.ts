import { parentPort, workerData } from 'node:worker_threads'
import { type TableRequest, trainWithLeftOut } from '#server/model/train-on-table.ts'

const { path, request } = workerData as { path: string; request: TableRequest }
parentPort?.postMessage({ answer: trainWithLeftOut(path, request) })
