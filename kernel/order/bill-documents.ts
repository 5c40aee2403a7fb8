/** So much of an invoice, or of a document that it bills. Minor units, never negative. */
export type Billed = { readonly id: string; readonly minor: bigint }

/** What an invoice bills of a document. */
export type Bill = {
  readonly invoiceId: string
  readonly documentId: string
  readonly minor: bigint
}

/**
 * Says which invoice bills what of which document, where it is known of each how much is billed:
 * invoices and documents in the order in which they are given, each taken up before the next begins.
 */
export function billDocuments(invoices: readonly Billed[], documents: readonly Billed[]): Bill[] {
  const bills: Bill[] = []
  const left = invoices.map(({ minor }) => minor)
  let at = 0
  for (const document of documents) {
    let wanted = document.minor
    while (wanted > 0n && at < invoices.length) {
      const invoice = invoices[at]
      const has = left[at] ?? 0n
      const minor = has < wanted ? has : wanted
      if (invoice && minor > 0n) {
        bills.push({ invoiceId: invoice.id, documentId: document.id, minor })
      }
      left[at] = has - minor
      wanted -= minor
      if (left[at] === 0n) at += 1
    }
  }
  return bills
}
