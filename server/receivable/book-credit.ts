import type { Party } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { AllocationChoice, CreditFile, CreditReason } from '#contract/receivable.ts'
import { type Day, laterOf } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Money } from '#kernel/money/money.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import {
  allocationsOfCredit,
  insertAllocations,
  lockLedger,
} from '#server/receivable/allocation.store.ts'
import { type ChosenPart, chooseInvoices } from '#server/receivable/choose-invoices.ts'
import { type CreditKind, findCredit, insertCredits } from '#server/receivable/credit.store.ts'
import { allocationReply, creditReply } from '#server/receivable/document-replies.ts'
import { postCredit, type Settled } from '#server/receivable/post-exposure.ts'

type CreditDraft = {
  readonly party: Pick<Party, 'id' | 'code' | 'name'>
  readonly kind: CreditKind
  readonly number: string
  readonly reason: CreditReason | null
  readonly amount: Money
  readonly effectiveOn: Day
  readonly note: string | null
  readonly allocate: AllocationChoice
  /** Of bills: when it falls due. */
  readonly dueOn?: Day
}

/** Books a credit and sets it against invoices: the common part of receipts, notes, write-offs. */
export async function bookCredit(
  tx: CommandTransaction,
  draft: CreditDraft,
): Promise<CreditFile | Refusal> {
  const { party, amount } = draft
  await lockLedger(tx, party.id)
  const parts = await chooseInvoices(tx, party.id, amount, draft.allocate)
  if (isRefusal(parts)) return parts
  const id = newId()
  // Allocations first: the credit is then written once, with what they leave of it.
  await setAgainst(tx, { partyId: party.id, creditId: id, parts, on: draft.effectiveOn })
  const inserted = await insertCredits(tx, [
    {
      partyId: party.id,
      id,
      kind: draft.kind,
      number: draft.number,
      reason: draft.reason,
      currency: amount.currency,
      amountMinor: amount.minor,
      effectiveOn: draft.effectiveOn,
      note: draft.note,
      voidedOn: null,
      dueOn: draft.dueOn ?? null,
    },
  ])
  if (inserted === 0) {
    const detail = `${party.code} has a ${draft.kind} ${draft.number} already: use another number.`
    const zh = `${party.code} 已有${kindZh[draft.kind]} ${draft.number}，应换一个单号。`
    return refuse('already-exists', detail, { number: draft.number, zh })
  }
  const { kind, number, effectiveOn } = draft
  const { currency, minor: amountMinor } = amount
  const credit = { partyId: party.id, id, kind, number, currency, amountMinor }
  await postCredit(tx, credit, settledOf(parts), effectiveOn)
  return creditFile(tx, party, id)
}

const kindZh: Readonly<Record<CreditKind, string>> = {
  receipt: '收款',
  'credit-note': '红字发票',
  'write-off': '坏账核销',
  bill: '承兑汇票',
}

export function settledOf(parts: readonly ChosenPart[]): Settled[] {
  return parts.map(({ invoice, amountMinor }) => ({ invoice, minor: amountMinor }))
}

/** Allocates the parts from a day on, or from the invoice's own day where that is later. */
export async function setAgainst(
  tx: Transaction,
  of: { partyId: string; creditId: string; parts: readonly ChosenPart[]; on: Day },
): Promise<void> {
  await insertAllocations(
    tx,
    of.parts.map(({ invoice, amountMinor }) => ({
      partyId: of.partyId,
      id: newId(),
      creditId: of.creditId,
      invoiceId: invoice.id,
      amountMinor,
      effectiveOn: laterOf(of.on, invoice.issuedOn),
    })),
  )
}

export async function creditFile(
  tx: Transaction,
  party: Pick<Party, 'id' | 'code' | 'name'>,
  id: string,
): Promise<CreditFile> {
  const credit = await findCredit(tx, party.id, id)
  invariant(credit, 'a credit that was just written is there')
  const allocations = await allocationsOfCredit(tx, party.id, id)
  return {
    ...creditReply(credit),
    party: { id: party.id, code: party.code, name: party.name },
    allocations: allocations.map(allocationReply),
  }
}
