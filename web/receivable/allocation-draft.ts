import { exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import { compareAmounts, negated, signOf, sumAmounts } from '../ui/amount-text.ts'
import { readAmount } from '../ui/read-amount.ts'

export type OpenInvoice = {
  readonly id: string
  readonly number: string
  readonly open: string
  readonly currency: string
}

/** By id of the invoice what a person typed beside it. */
export type Draft = Readonly<Record<string, string>>

export type LineProblem = 'notAmount' | 'tooPrecise' | 'tooMuch'

export type DraftReading = {
  readonly lines: readonly { readonly invoiceId: string; readonly amount: string }[]
  readonly problems: Readonly<Record<string, LineProblem>>
  readonly chosen: string
  /** What would be left of the receipt; below zero where more was typed than there is. */
  readonly left: string
}

/** Reads what was typed beside each invoice against what is unapplied. Exact: no number in between. */
export function readDraft(
  draft: Draft,
  invoices: readonly OpenInvoice[],
  unapplied: string,
): DraftReading {
  const lines: { invoiceId: string; amount: string }[] = []
  const problems: Record<string, LineProblem> = {}
  for (const invoice of invoices) {
    const typed = (draft[invoice.id] ?? '').trim()
    if (typed === '') continue
    const amount = readAmount(typed)
    const problem = amount === undefined ? 'notAmount' : problemOf(amount, invoice)
    if (problem) problems[invoice.id] = problem
    else if (amount !== undefined) lines.push({ invoiceId: invoice.id, amount })
  }
  const chosen = sumAmounts(['0.00', ...lines.map(({ amount }) => amount)])
  return { lines, problems, chosen, left: sumAmounts([unapplied, negated(chosen)]) }
}

function problemOf(amount: string, { currency, open }: OpenInvoice): LineProblem | undefined {
  const known = parseCurrency(currency)
  const decimals = amount.split('.')[1]?.length ?? 0
  if (known !== null && decimals > exponentOf(known)) return 'tooPrecise'
  return compareAmounts(amount, open) > 0 ? 'tooMuch' : undefined
}

/** As much of each invoice as there is money for, in the order given: what is due longest first. */
export function filledDraft(invoices: readonly OpenInvoice[], unapplied: string): Draft {
  const draft: Record<string, string> = {}
  let left = unapplied
  for (const { id, open } of invoices) {
    if (signOf(left) <= 0) break
    const amount = compareAmounts(open, left) <= 0 ? open : left
    draft[id] = amount
    left = sumAmounts([left, negated(amount)])
  }
  return draft
}

/** Ticks an invoice: it gets what is open of it, or what is left; or unticks it. */
export function ticked(
  draft: Draft,
  invoice: OpenInvoice,
  { left }: Pick<DraftReading, 'left'>,
): Draft {
  const { [invoice.id]: typed, ...others } = draft
  if (typed) return others
  const isEnough = compareAmounts(invoice.open, left) <= 0
  return signOf(left) <= 0 ? draft : { ...draft, [invoice.id]: isEnough ? invoice.open : left }
}
