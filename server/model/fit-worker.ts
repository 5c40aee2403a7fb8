import { parentPort, workerData } from 'node:worker_threads'
import { type FitInput, fitCases } from '#server/model/fit-cases.ts'

const answer = fitCases(workerData as FitInput, (done, total) =>
  parentPort?.postMessage({ done, total }),
)
parentPort?.postMessage({ answer })
