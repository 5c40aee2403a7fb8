import { readCode } from '#kernel/import/read-cell.ts'
import { requireParty } from '#kernel/import/read-invoice.ts'
import type { ReceiptRecord } from '#kernel/import/records.ts'
import { currencyOf, type RowPlan } from '#kernel/import/row-plan.ts'
import * as scope from '#kernel/import/row-scope.ts'
import type { Money } from '#kernel/money/money.ts'

/** Prepares the reading of rows that each tell of money received. */
export function prepareReceipt(plan: RowPlan): (row: scope.RowScope) => ReceiptRecord | null {
  const { slot, has } = plan
  const names = ['customerCode', 'customerName', 'creditCode', 'payerName']
  const partySlot = slot(names.find(has) ?? 'customerName')
  return (row) => {
    const party = {
      customerCode: scope.readCodeField(row, slot('customerCode')),
      customerName: scope.readText(row, slot('customerName')),
      creditCode: scope.readCreditCode(row, slot('creditCode')),
    }
    const payerName = scope.readText(row, slot('payerName'))
    requireParty(row, partySlot, { ...party, payerName })
    const receivedOn = scope.readDay(row, slot('receivedOn'))
    const amount = readReceived(row, plan)
    const rest = {
      number: scope.readCodeField(row, slot('number')),
      method: scope.readText(row, slot('method')),
      payerName,
      payerAccount: scope.readCodeField(row, slot('payerAccount')),
      bankReference: scope.readCodeField(row, slot('bankReference')),
      invoiceNumbers: readNumbers(row, slot('invoiceNumbers')),
      salesperson: scope.readText(row, slot('salesperson')),
      remark: scope.readText(row, slot('remark')),
    }
    if (receivedOn === null || amount === null) return null
    return { kind: 'receipt', ...party, receivedOn, amount, ...rest }
  }
}

function readReceived(row: scope.RowScope, plan: RowPlan): Money | null {
  const slot = plan.slot('amount')
  const currency = currencyOf(row, plan, slot, plan.slot('currency'))
  if (currency === null) return null
  const amount = scope.readMoney(row, slot, currency)
  if (amount === null) return null
  if (amount.minor === 0n) return scope.reject(row, 'amount-zero', slot)
  if (amount.minor > 0n) return amount
  return scope.reject(row, 'amount-negative', slot, {
    advice: '退款请在收款页冲回原收款，不要导入负数',
    adviceEn: 'Return money by reversing its receipt, not by a negative row',
  })
}

function readNumbers(row: scope.RowScope, slot: scope.Slot): readonly string[] {
  const text = scope.readText(row, slot)
  if (text === null) return []
  return text
    .split(/[,;，；、|\s]+/)
    .map(readCode)
    .filter((number) => number !== '')
}
