import type { Day } from '#kernel/calendar/day.ts'
import type { Label } from '#kernel/document/label.ts'
import type { Currency } from '#kernel/money/currency.ts'

// The statement formats for general enterprises of the Chinese Ministry of Finance (财会〔2019〕6号).
// biome-ignore format: a table
const lines = [
  ['cash', '货币资金', 'Cash and bank balances'],
  ['notes_receivable', '应收票据', 'Notes receivable'],
  ['accounts_receivable', '应收账款', 'Accounts receivable'],
  ['prepayments', '预付款项', 'Prepayments'],
  ['inventories', '存货', 'Inventories'],
  ['current_assets', '流动资产合计', 'Total current assets'],
  ['fixed_assets', '固定资产', 'Fixed assets'],
  ['non_current_assets', '非流动资产合计', 'Total non-current assets'],
  ['total_assets', '资产总计', 'Total assets'],
  ['short_term_loans', '短期借款', 'Short-term loans'],
  ['accounts_payable', '应付账款', 'Accounts payable'],
  ['current_liabilities', '流动负债合计', 'Total current liabilities'],
  ['non_current_liabilities', '非流动负债合计', 'Total non-current liabilities'],
  ['total_liabilities', '负债合计', 'Total liabilities'],
  ['paid_in_capital', '实收资本（或股本）', 'Paid-in capital'],
  ['surplus_reserve', '盈余公积', 'Surplus reserve'],
  ['undistributed_profit', '未分配利润', 'Undistributed profit'],
  ['equity', '所有者权益合计', 'Total equity'],
  ['revenue', '营业收入', 'Revenue'],
  ['cost_of_sales', '营业成本', 'Cost of sales'],
  ['finance_costs', '财务费用', 'Finance costs'],
  ['interest_expense', '利息费用', 'Interest expense'],
  ['operating_profit', '营业利润', 'Operating profit'],
  ['profit_before_tax', '利润总额', 'Profit before tax'],
  ['income_tax', '所得税费用', 'Income tax'],
  ['net_profit', '净利润', 'Net profit'],
  ['operating_cash_flow', '经营活动产生的现金流量净额', 'Net cash from operating activities'],
  ['investing_cash_flow', '投资活动产生的现金流量净额', 'Net cash from investing activities'],
  ['financing_cash_flow', '筹资活动产生的现金流量净额', 'Net cash from financing activities'],
  ['exchange_effect_on_cash', '汇率变动对现金的影响', 'Effect of exchange rates on cash'],
  ['net_increase_in_cash', '现金及现金等价物净增加额', 'Net increase in cash'],
] as const

export type StatementLine = (typeof lines)[number][0]

/** The lines a form or an import asks for, in the order of the printed statement. */
export const statementLines: readonly { readonly id: StatementLine; readonly label: Label }[] =
  lines.map(([id, zh, en]) => ({ id, label: { zh, en } }))

/**
 * A financial statement (财务报表) of one company: balances at `closedOn`, flows of the `months`
 * months up to it. Amounts are minor units of `currency`; a line that is not told is absent, which
 * is not zero. Costs and taxes are positive as printed.
 */
export type Statement = {
  readonly currency: Currency
  readonly closedOn: Day
  readonly months: number
  readonly lines: Readonly<Partial<Record<StatementLine, bigint>>>
}

export type StatementCheckId =
  | 'assets-are-liabilities-and-equity'
  | 'assets-are-current-and-non-current'
  | 'liabilities-are-current-and-non-current'
  | 'net-profit-is-after-tax'
  | 'cash-increase-is-sum-of-flows'
  | 'current-assets-hold-their-parts'

export type StatementSide = { readonly lines: readonly StatementLine[]; readonly minor: bigint }

/** What a cross-check found, with both sides; `lines-missing` where it could not be made. */
export type StatementCheckOutcome =
  | { readonly kind: 'agrees'; readonly check: StatementCheckId }
  | {
      readonly kind: 'differs'
      readonly check: StatementCheckId
      readonly left: StatementSide
      readonly right: StatementSide
      /** Left less right. */
      readonly differenceMinor: bigint
    }
  | {
      readonly kind: 'lines-missing'
      readonly check: StatementCheckId
      readonly missing: readonly StatementLine[]
    }

/**
 * Checks a statement against itself (勾稽关系): total assets = liabilities + equity; totals = current
 * + non-current; profit before tax − tax = net profit; the increase in cash = the three flows and
 * the exchange effect (absent: none); the parts of current assets do not exceed their total.
 * `toleranceMinor` forgives rounding where a statement is told in thousands or 万元.
 */
export function checkStatement(statement: Statement, toleranceMinor = 0n): StatementCheckOutcome[] {
  return checks.map((check) => checkOne(statement, check, toleranceMinor))
}

type Check = {
  readonly id: StatementCheckId
  readonly left: readonly StatementLine[]
  readonly right: readonly StatementLine[]
  /** Lines of the right side that are taken off. */
  readonly less?: readonly StatementLine[]
  /** Lines that count as zero where absent. */
  readonly optional?: readonly StatementLine[]
  readonly relation: 'equal' | 'at-least'
}

// biome-ignore format: a table
const checks: readonly Check[] = [
  { id: 'assets-are-liabilities-and-equity', relation: 'equal',
    left: ['total_assets'], right: ['total_liabilities', 'equity'] },
  { id: 'assets-are-current-and-non-current', relation: 'equal',
    left: ['total_assets'], right: ['current_assets', 'non_current_assets'] },
  { id: 'liabilities-are-current-and-non-current', relation: 'equal',
    left: ['total_liabilities'], right: ['current_liabilities', 'non_current_liabilities'] },
  { id: 'net-profit-is-after-tax', relation: 'equal',
    left: ['net_profit'], right: ['profit_before_tax', 'income_tax'], less: ['income_tax'] },
  { id: 'cash-increase-is-sum-of-flows', relation: 'equal',
    left: ['net_increase_in_cash'],
    right: ['operating_cash_flow', 'investing_cash_flow', 'financing_cash_flow',
      'exchange_effect_on_cash'],
    optional: ['exchange_effect_on_cash'] },
  { id: 'current-assets-hold-their-parts', relation: 'at-least',
    left: ['current_assets'],
    right: ['cash', 'notes_receivable', 'accounts_receivable', 'prepayments', 'inventories'],
    optional: ['cash', 'notes_receivable', 'accounts_receivable', 'prepayments', 'inventories'] },
]

function checkOne(
  statement: Statement,
  check: Check,
  toleranceMinor: bigint,
): StatementCheckOutcome {
  const all = [...check.left, ...check.right]
  const missing = all.filter(
    (line) => statement.lines[line] === undefined && !check.optional?.includes(line),
  )
  if (missing.length > 0) return { kind: 'lines-missing', check: check.id, missing }
  const left = sideOf(statement, check.left, [])
  const right = sideOf(statement, check.right, check.less ?? [])
  const differenceMinor = left.minor - right.minor
  const isBelow = differenceMinor < -toleranceMinor
  const isAbove = differenceMinor > toleranceMinor
  if (!isBelow && (!isAbove || check.relation === 'at-least')) {
    return { kind: 'agrees', check: check.id }
  }
  return { kind: 'differs', check: check.id, left, right, differenceMinor }
}

function sideOf(
  statement: Statement,
  of: readonly StatementLine[],
  less: readonly StatementLine[],
): StatementSide {
  const minor = of.reduce((sum, line) => {
    const amount = statement.lines[line] ?? 0n
    return less.includes(line) ? sum - amount : sum + amount
  }, 0n)
  return { lines: of, minor }
}
