import { sql } from 'kysely'
import type { ImportCounts, ImportSum } from '#contract/import.ts'
import type { Refusal } from '#contract/problem.ts'
import type { ImportKind } from '#kernel/import/field.ts'
import { decideInvoices } from '#server/import/decide-invoices.ts'
import type { Decision } from '#server/import/import-decision.ts'
import { type ReadFile, type ReadRequest, readAndStage } from '#server/import/read-and-stage.ts'
import { invoiceStager } from '#server/import/stage-invoice.ts'
import { sumStaged } from '#server/import/staging.store.ts'
import { insertStagedParties } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { StagedTables } from '#server/platform/staged-tables.ts'
import { insertStagedInvoices } from '#server/receivable/public.ts'

/** What differs between the kinds of files. */
type KindOfImport = {
  /** Reads the file into its staging table. */
  readonly read: (
    tx: Transaction,
    of: Omit<ReadRequest<ImportKind>, 'kind' | 'stager'>,
  ) => Promise<ReadFile | Refusal>
  /** Finds out what each row is to what is there now. */
  readonly decide: (tx: Transaction, staged: StagedTables, context: Context) => Promise<Decision>
  readonly sum: (tx: Transaction, staged: StagedTables) => Promise<ImportSum[]>
  /** Takes the good rows; tells what it really brought. */
  readonly take: (
    tx: Transaction,
    staged: StagedTables,
    batchId: string,
  ) => Promise<Partial<ImportCounts>>
}

const invoices: KindOfImport = {
  read: (tx, of) => readAndStage(tx, { ...of, kind: 'invoices', stager: invoiceStager }),
  decide: decideInvoices,
  sum: (tx, staged) =>
    sumStaged(tx, staged, {
      open: sql`s.amount_minor - coalesce(s.settled_minor, 0)`,
      isCredit: sql`s.is_credit_note`,
    }),
  take: async (tx, staged, batchId) => {
    const { parties, aliases } = await insertStagedParties(tx, staged, batchId)
    const documents = await insertStagedInvoices(tx, staged, batchId)
    return { ...documents, newParties: parties, newNames: aliases }
  },
}

const kinds: Readonly<Record<ImportKind, KindOfImport>> = {
  invoices,
  parties: invoices,
  receipts: invoices,
  statements: invoices,
}

export function importRoom(kind: ImportKind): KindOfImport {
  return kinds[kind]
}
