import type { Refusal } from '#contract/problem.ts'
import type { LedgerProof } from '#contract/system.ts'
import { foldByBuyer, proveExposure } from '#server/exposure/public.ts'
import type { Database, Reader } from '#server/platform/database.ts'
import { requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { standingBook } from '#server/receivable/public.ts'

type Difference = Awaited<ReturnType<typeof proveExposure>>['differences'][number]

export type ExposureVerification = LedgerProof & {
  readonly accounts: number
  readonly entries: number
  readonly differences: readonly (Omit<Difference, 'kind'> & { readonly kind: string })[]
}

/**
 * Proves the exposure ledger in one state of the database: by itself, and beside the book of
 * receivables, whose open invoices, unapplied credits and bills it counts.
 */
export function verifyExposure(db: Database): Promise<ExposureVerification> {
  return db.snapshot(async (reader) => {
    const proven = await proveExposure(reader)
    const apart = await differencesFromBook(reader)
    return {
      ...proven,
      differenceCount: proven.differenceCount + apart.length,
      differences: [...proven.differences, ...apart.slice(0, 100)],
    }
  })
}

async function differencesFromBook(reader: Reader) {
  const book = await standingBook(reader)
  const ledger = new Map(
    (await foldByBuyer(reader)).map((row) => [`${row.partyId} ${row.currency}`, row]),
  )
  const stages = ['invoiced', 'prepayment', 'bill'] as const
  return [...new Set([...book.keys(), ...ledger.keys()])].flatMap((key) => {
    const [partyId = '', currency = ''] = key.split(' ')
    return stages.flatMap((stage) => {
      const found = ledger.get(key)?.[stage] ?? 0n
      const proven = book.get(key)?.[stage] ?? 0n
      if (found === proven) return []
      const amounts = { found: found.toString(), proven: proven.toString() }
      const what = `${stage} ${currency}`
      return [{ kind: 'book-differs', partyId, id: partyId, what, ...amounts }]
    })
  })
}

/** Queues a verification; its findings are the job's result. */
export function requestExposureVerification(
  context: Context,
): Promise<{ jobId: string } | Refusal> {
  return runCommand(
    context,
    { name: 'exposure.verify', permission: 'exposure:read', input: {} },
    async (tx) => ({ jobId: await requestJob(tx, context, 'exposure.verify', {}) }),
  )
}
