import type { PartyRecord } from '#kernel/import/records.ts'
import { currencyOf, type RowPlan } from '#kernel/import/row-plan.ts'
import * as scope from '#kernel/import/row-scope.ts'
import type { Money } from '#kernel/money/money.ts'

/** Prepares the reading of rows that each name a customer or supplier. */
export function prepareParty(plan: RowPlan): (row: scope.RowScope) => PartyRecord | null {
  const { slot } = plan
  const text = (row: scope.RowScope, field: string) => scope.readText(row, slot(field))
  const code = (row: scope.RowScope, field: string) => scope.readCodeField(row, slot(field))
  return (row) => {
    const name = text(row, 'name')
    const { terms, text: termsText } = scope.readTerms(row, slot('terms'))
    if (termsText !== null && terms === null) scope.warn(row, 'terms-unread', slot('terms'))
    const record = {
      code: code(row, 'code'),
      shortName: text(row, 'shortName'),
      creditCode: scope.readCreditCode(row, slot('creditCode')),
      role: readRole(row, slot('role')),
      country: text(row, 'country'),
      region: text(row, 'region'),
      industry: text(row, 'industry'),
      address: text(row, 'address'),
      contact: text(row, 'contact'),
      phone: code(row, 'phone'),
      email: text(row, 'email'),
      bankName: text(row, 'bankName'),
      bankAccount: code(row, 'bankAccount'),
      creditLimit: readLimit(row, plan),
      currency: scope.readCurrency(row, slot('currency')) ?? null,
      since: scope.readDay(row, slot('since')),
      parent: text(row, 'parent'),
      payer: text(row, 'payer'),
      department: text(row, 'department'),
      salesperson: text(row, 'salesperson'),
      blocked: scope.readYesNo(row, slot('blocked')),
      remark: text(row, 'remark'),
    }
    return name === null ? null : { kind: 'party', name, terms, termsText, ...record }
  }
}

const roles = ['customer', 'supplier', 'both', 'channel-partner', 'platform-user'] as const

function readRole(row: scope.RowScope, slot: scope.Slot): PartyRecord['role'] {
  const role = scope.readChoiceField(row, slot)
  return roles.find((known) => known === role) ?? null
}

function readLimit(row: scope.RowScope, plan: RowPlan): Money | null {
  const slot = plan.slot('creditLimit')
  if (slot.index < 0) return null
  const currency = currencyOf({ ...row, problems: [] }, plan, slot, plan.slot('currency'))
  const limit = scope.readMoney(row, slot, currency ?? plan.currency)
  if (limit === null || limit.minor >= 0n) return limit
  return scope.reject(row, 'amount-negative', slot, {
    advice: '额度不能为负，没有额度请留空',
    adviceEn: 'A limit is not negative; leave it empty where there is none',
  })
}
