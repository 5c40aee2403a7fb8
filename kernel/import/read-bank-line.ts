import type { BankLineRecord } from '#kernel/import/records.ts'
import { currencyOf, type RowPlan } from '#kernel/import/row-plan.ts'
import * as scope from '#kernel/import/row-scope.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, negate } from '#kernel/money/money.ts'

/** A line that moved no money of the account: 不计收支, or an amount of zero. */
export type NoMovement = { readonly kind: 'no-movement' }

/**
 * Prepares the reading of bank lines. Two columns of amounts tell the direction by which of them
 * is filled, one amount by its flag or its sign. A negative figure in a column of its own direction
 * takes back an earlier line and turns the direction around.
 */
export function prepareBankLine(
  plan: RowPlan,
): (row: scope.RowScope) => BankLineRecord | NoMovement | null {
  const { slot } = plan
  return (row) => {
    const bookedOn = scope.readDay(row, slot('bookedOn'))
    const movement = readMovement(row, plan)
    const currency = currencyHere(row, plan)
    const rest = {
      time: timeIn(scope.cellOf(row, slot('bookedOn'))),
      balance: currency === null ? null : scope.readMoney(row, slot('balance'), currency),
      counterpartyName: scope.readText(row, slot('counterpartyName')),
      counterpartyAccount: scope.readCodeField(row, slot('counterpartyAccount')),
      counterpartyBank: scope.readText(row, slot('counterpartyBank')),
      summary: scope.readText(row, slot('summary')),
      purpose: scope.readText(row, slot('purpose')),
      reference: scope.readCodeField(row, slot('reference')),
    }
    if (movement === null || bookedOn === null) return null
    if ('kind' in movement) return movement
    return { kind: 'bank-line', bookedOn, ...movement, ...rest }
  }
}

type Movement = Pick<BankLineRecord, 'direction' | 'amount' | 'reversal'>
type Direction = BankLineRecord['direction']

function readMovement(row: scope.RowScope, plan: RowPlan): Movement | NoMovement | null {
  const currency = currencyHere(row, plan, row.problems)
  if (currency === null) return null
  const before = row.problems.length
  const credit = nonZero(scope.readMoney(row, plan.slot('credit'), currency))
  const debit = nonZero(scope.readMoney(row, plan.slot('debit'), currency))
  if (credit && debit) return scope.reject(row, 'two-amounts', plan.slot('credit'))
  if (credit) return moved('in', credit)
  if (debit) return moved('out', debit)
  const amount = nonZero(scope.readMoney(row, plan.slot('amount'), currency))
  if (row.problems.length > before) return null
  if (!amount)
    return isBlankHere(row, plan) ? scope.reject(row, 'no-amount', firstSlot(plan)) : still
  const told = scope.readChoiceField(row, plan.slot('direction'))
  if (row.problems.length > before) return null
  // WeChat Pay marks transfers between one's own pockets with a stroke.
  const stroke = told === null && scope.cellOf(row, plan.slot('direction')).trim() === '/'
  if (told === 'none' || stroke) return still
  if (told === 'in') return moved('in', amount)
  if (told === 'out') return moved('out', absolute(amount))
  return moved(amount.minor < 0n ? 'out' : 'in', absolute(amount))
}

const still: NoMovement = { kind: 'no-movement' }

function isBlankHere(row: scope.RowScope, plan: RowPlan): boolean {
  return ['amount', 'credit', 'debit'].every((id) => scope.cellOf(row, plan.slot(id)).trim() === '')
}

function currencyHere(
  row: scope.RowScope,
  plan: RowPlan,
  problems: scope.RowScope['problems'] = [],
): Currency | null {
  return currencyOf({ ...row, problems }, plan, firstSlot(plan), plan.slot('currency'))
}

function firstSlot(plan: RowPlan): scope.Slot {
  return plan.slot(['amount', 'credit', 'debit'].find(plan.has) ?? 'amount')
}

function moved(direction: Direction, amount: Money): Movement {
  if (amount.minor > 0n) return { direction, amount, reversal: false }
  return { direction: direction === 'in' ? 'out' : 'in', amount: negate(amount), reversal: true }
}

function nonZero(amount: Money | null): Money | null {
  return amount !== null && amount.minor !== 0n ? amount : null
}

function absolute(amount: Money): Money {
  return amount.minor < 0n ? negate(amount) : amount
}

function timeIn(cell: string): string | null {
  const match = /(?:^|[T \t日])(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(cell)
  if (!match) return null
  return `${(match[1] ?? '').padStart(2, '0')}:${match[2]}:${match[3] ?? '00'}`
}
