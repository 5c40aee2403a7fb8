import type { NewLine } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { lineAmount } from '#kernel/order/line-amount.ts'
import type { LineRow } from '#server/order/order-line.store.ts'
import { readDayOrNull, readQuantity } from '#server/order/read-fields.ts'
import { fieldLabel } from '#server/platform/field-label.ts'
import { newId } from '#server/platform/ids.ts'
import { largestMinor } from '#server/platform/read-fields.ts'

type LinesOf = {
  readonly currency: Currency
  readonly discountBps: number
  /** Lines that the order has: one with the same number keeps its id. */
  readonly known: readonly LineRow[]
}

/** Reads the lines of an order, numbered from 1 where they bear no numbers, each with its amount. */
export function readLines(asked: readonly NewLine[], of: LinesOf): LineRow[] | Refusal {
  const rows: LineRow[] = []
  for (const [index, line] of asked.entries()) {
    const row = readLine(line, index, of)
    if (isRefusal(row)) return row
    if (rows.some((other) => other.line === row.line)) {
      const zh = `明细：行号 ${row.line} 出现了两次。`
      return refuse('invalid-input', `lines: the number ${row.line} stands twice.`, { zh })
    }
    rows.push(row)
  }
  return checkTotal(rows)
}

/** The same lines at another discount. */
export function repriceLines(rows: readonly LineRow[], of: Omit<LinesOf, 'known'>): LineRow[] {
  return rows.map((row) => ({ ...row, amountMinor: lineAmount(row.quantity, { ...row, ...of }) }))
}

export function amountOfLines(rows: readonly LineRow[]): bigint {
  return rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}

function readLine(asked: NewLine, index: number, of: LinesOf): LineRow | Refusal {
  const field = `lines.${index}`
  const quantity = readQuantity(asked.quantity, `${field}.quantity`)
  if (isRefusal(quantity)) return quantity
  const price = parseScaled(asked.unitPrice, 4)
  if (price.kind !== 'scaled' || price.value < 0n) {
    const zh = `${fieldLabel(`${field}.unitPrice`)}：“${asked.unitPrice}”不是单价。`
    const detail = `${field}.unitPrice: "${asked.unitPrice}" is not a price.`
    return refuse('invalid-input', detail, { zh })
  }
  const requestedOn = readDayOrNull(asked.requestedOn, `${field}.requestedOn`)
  if (isRefusal(requestedOn)) return requestedOn
  const line = asked.line ?? index + 1
  const amountMinor = lineAmount(quantity, { ...of, unitPriceE4: price.value })
  if (amountMinor >= largestMinor) {
    const zh = `${fieldLabel(field)}：金额太大。`
    return refuse('invalid-input', `${field}: its amount is larger than any order.`, { field, zh })
  }
  return {
    id: of.known.find((known) => known.line === line)?.id ?? newId(),
    line,
    item: asked.item,
    description: asked.description ?? null,
    quantity,
    unit: asked.unit ?? '件',
    unitPriceE4: price.value,
    amountMinor,
    requestedOn,
  }
}

function checkTotal(rows: LineRow[]): LineRow[] | Refusal {
  const total = amountOfLines(rows)
  if (total > 0n && total < largestMinor) return rows
  return refuse('invalid-input', 'lines: the amount of an order is above zero and within reason.', {
    zh: '明细：订单总额应大于零，且不能过大。',
  })
}
