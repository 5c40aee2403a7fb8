import { sql } from 'kysely'
import type { ImportCounts, ImportedKind, ImportSum } from '#contract/import.ts'
import type { Refusal } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { decideInvoices } from '#server/import/decide-invoices.ts'
import { decideParties } from '#server/import/decide-parties.ts'
import { decideReceipts } from '#server/import/decide-receipts.ts'
import { decideStatements } from '#server/import/decide-statements.ts'
import type { Decision } from '#server/import/import-decision.ts'
import { type ReadFile, type ReadRequest, readAndStage } from '#server/import/read-and-stage.ts'
import { insertReplaced } from '#server/import/replaced-party.store.ts'
import { invoiceStager } from '#server/import/stage-invoice.ts'
import { partyStager } from '#server/import/stage-party.ts'
import { receiptStager } from '#server/import/stage-receipt.ts'
import { statementStager } from '#server/import/stage-statement.ts'
import { sumStaged } from '#server/import/staging.store.ts'
import { insertStagedStatements } from '#server/indicator/public.ts'
import {
  changeImportedParties,
  insertImportedParties,
  insertStagedParties,
} from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import type { StagedTables } from '#server/platform/staged-tables.ts'
import { insertStagedInvoices, insertStagedReceipts } from '#server/receivable/public.ts'

/** What differs between the kinds of files. */
type KindOfImport = {
  /** Reads the file into its staging table. */
  readonly read: (
    tx: Transaction,
    of: Omit<ReadRequest<ImportedKind>, 'kind' | 'stager'>,
  ) => Promise<ReadFile | Refusal>
  /** Finds out what each row is to what is there now. */
  readonly decide: (tx: Transaction, staged: StagedTables, context: Context) => Promise<Decision>
  readonly sum: (tx: Transaction, staged: StagedTables) => Promise<ImportSum[]>
  /** Takes the good rows; tells what it really brought. */
  readonly take: (
    tx: Transaction,
    staged: StagedTables,
    of: { batchId: string; today: Day; source: string; recordedBy: string },
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
  take: async (tx, staged, { batchId }) => {
    const { parties, aliases } = await insertStagedParties(tx, staged, batchId)
    const documents = await insertStagedInvoices(tx, staged, batchId)
    return { ...documents, newParties: parties, newNames: aliases }
  },
}

const parties: KindOfImport = {
  read: (tx, of) => readAndStage(tx, { ...of, kind: 'parties', stager: partyStager }),
  decide: decideParties,
  sum: async () => [],
  take: async (tx, staged, { batchId, today }) => {
    const newParties = await insertImportedParties(tx, staged, batchId)
    let updated = 0
    for await (const replaced of changeImportedParties(tx, staged, { batchId, today })) {
      await insertReplaced(tx, batchId, replaced)
      updated += replaced.length
    }
    return { newParties, updated }
  },
}

const receipts: KindOfImport = {
  read: (tx, of) => readAndStage(tx, { ...of, kind: 'receipts', stager: receiptStager }),
  decide: decideReceipts,
  sum: (tx, staged) => sumStaged(tx, staged, { open: null, isCredit: sql`false` }),
  take: async (tx, staged, { batchId }) => ({
    receipts: await insertStagedReceipts(tx, staged, batchId),
  }),
}

const statements: KindOfImport = {
  read: (tx, of) => readAndStage(tx, { ...of, kind: 'statements', stager: statementStager }),
  decide: decideStatements,
  sum: async () => [],
  take: async (tx, staged, of) => ({ statements: await insertStagedStatements(tx, staged, of) }),
}

const kinds: Readonly<Record<ImportedKind, KindOfImport>> = {
  invoices,
  parties,
  receipts,
  statements,
}

export function importRoom(kind: ImportedKind): KindOfImport {
  return kinds[kind]
}
