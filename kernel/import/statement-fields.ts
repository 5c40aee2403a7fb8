import { field, type ImportField, openChoice, required } from '#kernel/import/field.ts'
import { customerCode, customerName } from '#kernel/import/party-fields.ts'
import { type StatementLine, statementLines } from '#kernel/indicator/statement.ts'

// Other words for the lines of a printed statement.
const synonyms: Readonly<Partial<Record<StatementLine, string>>> = {
  cash: '现金及现金等价物|现金|银行存款|cash|cash and cash equivalents',
  notes_receivable: '应收票据及应收款项融资|bills receivable',
  accounts_receivable: '应收账款净额|trade receivables|receivables|debtors',
  prepayments: '预付账款|advances to suppliers',
  inventories: '存货净额|inventory|stock',
  current_assets: '流动资产|current assets',
  fixed_assets: '固定资产净额|固定资产净值|property plant and equipment|ppe',
  non_current_assets: '非流动资产|non-current assets',
  total_assets: '资产总额|总资产|资产合计|assets|total assets',
  short_term_loans: '短期贷款|short-term borrowings|short term debt',
  accounts_payable: '应付账款净额|trade payables|creditors',
  current_liabilities: '流动负债|current liabilities',
  non_current_liabilities: '非流动负债|长期负债合计|long-term liabilities',
  total_liabilities: '负债总额|总负债|负债总计|liabilities|total liabilities',
  paid_in_capital: '实收资本|股本|share capital|capital',
  surplus_reserve: '盈余公积金|reserves',
  undistributed_profit: '未分配利润余额|留存收益|retained earnings',
  equity:
    '股东权益合计|所有者权益（或股东权益）合计|净资产|所有者权益|股东权益|' +
    'shareholders equity|total equity|net assets',
  revenue: '营业总收入|主营业务收入|销售收入|sales|turnover|net sales',
  cost_of_sales: '营业总成本|主营业务成本|销售成本|cost of goods sold|cogs',
  finance_costs: '财务费用净额|financial expenses',
  interest_expense: '利息支出|interest',
  operating_profit: '经营利润|operating income|ebit',
  profit_before_tax: '税前利润|pre-tax profit|profit before taxation',
  income_tax: '所得税|income tax expense|tax',
  net_profit: '净利润合计|净利|net income|profit for the year',
  operating_cash_flow: '经营活动现金流量净额|经营现金流|cash flow from operations',
  investing_cash_flow: '投资活动现金流量净额|cash flow from investing',
  financing_cash_flow: '筹资活动现金流量净额|cash flow from financing',
  exchange_effect_on_cash: '汇率变动影响',
  net_increase_in_cash: '现金净增加额|net change in cash',
}

/**
 * What a file of financial statements may say: a row for each statement with a column for each
 * line, or a row for each line with its name and amount.
 */
export const statementFields: readonly ImportField[] = [
  customerCode,
  customerName,
  field(
    'creditCode',
    'code',
    ['统一社会信用代码', 'Unified social credit code'],
    '信用代码|社会信用代码|纳税人识别号|税号|uscc|tax id|tax number|vat number',
  ),
  required(
    field(
      'closedOn',
      'text',
      ['报表日期', 'Closing day'],
      '截止日期|报告期|报表期|报表期间|会计期间|期间|期末日期|财年|年度|会计年度|年份|period|' +
        'period end|closing date|balance sheet date|fiscal year end|fiscal year|as of|year|date|日期',
    ),
  ),
  field('months', 'number', ['期间月数', 'Months'], '月数|覆盖月数|months covered|period months'),
  field('currency', 'currency', ['币种', 'Currency'], '币别|货币|currency code|ccy'),
  field(
    'knownOn',
    'date',
    ['取得日期', 'Known on'],
    '收到日期|获取日期|公告日期|披露日期|received on|published on|obtained on',
  ),
  openChoice(
    field(
      'line',
      'choice',
      ['报表项目', 'Line'],
      '项目|科目|报表科目|科目名称|指标|item|line item|account',
    ),
    Object.fromEntries(statementLines.map(({ id, label }) => [id, wordsOf(id, label)])),
  ),
  field(
    'amount',
    'amount',
    ['金额', 'Amount'],
    '期末余额|期末数|本期金额|本期数|数值|value|balance',
  ),
  ...statementLines.map(({ id, label }) =>
    field(id, 'amount', [label.zh, label.en], [id, synonyms[id] ?? ''].join('|')),
  ),
]

function wordsOf(id: StatementLine, label: { readonly zh: string; readonly en: string }): string[] {
  const words = [label.zh, label.en, id.replaceAll('_', ' '), synonyms[id] ?? '']
  return [words.join('|').toLowerCase()]
}
