import { amount2, indicatorFrom, percent4, ratio4 } from '#kernel/indicator/define-indicator.ts'
import {
  altmanZ2Of,
  type DistressInputs,
  type DistressScore,
  type YearlyFlow,
  zmijewskiOf,
} from '#kernel/indicator/distress-scores.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { Statement, StatementLine } from '#kernel/indicator/statement.ts'
import { quotient } from '#kernel/indicator/tally.ts'
import { invariant } from '#kernel/invariant.ts'

const reported = indicatorFrom('statement')
const text = ['text', 0] as const

/** Every indicator that financial statements give. */
export const statementIndicators: readonly Indicator[] = [
  reported(
    'current_ratio',
    ratio4,
    ['流动比率', 'Current ratio'],
    ['流动资产除以流动负债。', 'Current assets divided by current liabilities.'],
  ),
  reported(
    'quick_ratio',
    ratio4,
    ['速动比率', 'Quick ratio'],
    [
      '流动资产减存货，除以流动负债。',
      'Current assets less inventories, divided by current liabilities.',
    ],
  ),
  reported(
    'debt_to_assets',
    percent4,
    ['资产负债率', 'Debt to assets'],
    ['负债合计占资产总计的比例。', 'Total liabilities as a share of total assets.'],
  ),
  reported(
    'gross_margin',
    percent4,
    ['毛利率', 'Gross margin'],
    [
      '营业收入减营业成本，占营业收入的比例。',
      'Revenue less cost of sales, as a share of revenue.',
    ],
  ),
  reported(
    'net_margin',
    percent4,
    ['净利率', 'Net margin'],
    ['净利润占营业收入的比例。', 'Net profit as a share of revenue.'],
  ),
  reported(
    'return_on_assets',
    percent4,
    ['总资产净利率', 'Return on assets'],
    [
      '全年净利润除以平均资产总计；无上期报表时用期末数，不足一年的折成全年。',
      'Yearly net profit over average total assets, or closing ones without an earlier statement.',
    ],
  ),
  reported(
    'interest_cover',
    ratio4,
    ['利息保障倍数', 'Interest cover'],
    [
      '利润总额加利息费用，除以利息费用；未披露利息费用时用财务费用；无利息则无值。',
      'Profit before tax and interest, divided by interest (or finance costs); none: no value.',
    ],
  ),
  reported(
    'operating_cash_to_current_liabilities',
    percent4,
    ['现金流动负债比', 'Operating cash to current liabilities'],
    [
      '全年经营活动现金流量净额占流动负债的比例。',
      'Yearly net cash from operations as a share of current liabilities.',
    ],
  ),
  reported(
    'revenue_growth',
    percent4,
    ['营业收入增长率', 'Revenue growth'],
    [
      '营业收入相对上期的增减；两期长短不同则无值。',
      'Revenue against the earlier statement; no value where the periods differ in length.',
    ],
  ),
  reported(
    'equity',
    amount2,
    ['所有者权益', 'Equity'],
    ['所有者权益合计。', 'Total equity of the owners.'],
  ),
  reported(
    'altman_z2',
    ratio4,
    ['Altman Z″ 值', 'Altman Z″'],
    [
      '按营运资本、留存收益、息税前利润和净资产计算的财务困境分值，越高越安全。',
      'Distress score from working capital, retained and current earnings and equity; higher: safer.',
    ],
  ),
  reported(
    'altman_z2_zone',
    text,
    ['Altman Z″ 区域', 'Altman Z″ zone'],
    [
      'Z″ 低于1.10为困境（distress），高于2.60为安全（safe），其间为灰色（grey）。',
      'distress below 1.10, safe above 2.60, grey between.',
    ],
  ),
  reported(
    'zmijewski',
    ratio4,
    ['Zmijewski 值', 'Zmijewski score'],
    [
      '按盈利、负债和流动性计算的财务困境分值，越低越安全，大于0为困境。',
      'Distress score from profit, debt and liquidity; lower is safer, above 0 is distress.',
    ],
  ),
  reported(
    'zmijewski_zone',
    text,
    ['Zmijewski 区域', 'Zmijewski zone'],
    ['大于0为困境（distress），否则为稳健（sound）。', 'distress above 0, otherwise sound.'],
  ),
]

/**
 * Computes every statement indicator; all ids are present, null where a line is missing or a
 * divisor is not positive. Flows set against balances are annualised (× 12 ÷ months). `earlier` is
 * the statement of the period before, for growth and average assets; of another currency it is
 * ignored. Each value is an exact fraction of the lines, rounded half-even once.
 */
export function statementIndicatorsOf(
  statement: Statement,
  earlier: Statement | null,
): IndicatorValues {
  invariant(statement.months > 0, 'a statement covers at least a month')
  const before = earlier?.currency === statement.currency ? earlier : null
  const line = (id: StatementLine) => statement.lines[id] ?? null
  return {
    current_ratio: quotient(line('current_assets'), line('current_liabilities'), 4),
    quick_ratio: quotient(
      minus(line('current_assets'), line('inventories')),
      line('current_liabilities'),
      4,
    ),
    debt_to_assets: quotient(line('total_liabilities'), line('total_assets'), 4),
    gross_margin: quotient(minus(line('revenue'), line('cost_of_sales')), line('revenue'), 4),
    net_margin: quotient(line('net_profit'), line('revenue'), 4),
    return_on_assets: returnOnAssetsOf(statement, before),
    interest_cover: quotient(ebitOf(statement), interestOf(statement), 4),
    operating_cash_to_current_liabilities: yearlyShareOf(
      yearly(line('operating_cash_flow'), statement),
      line('current_liabilities'),
    ),
    revenue_growth: growthOf(statement, before),
    equity: line('equity'),
    ...scoresOf(statement),
  }
}

function scoresOf(statement: Statement): IndicatorValues {
  const inputs = distressInputsOf(statement)
  const ebit = yearly(ebitOf(statement), statement)
  const profit = yearly(statement.lines.net_profit ?? null, statement)
  const altman: DistressScore | null = inputs && ebit && altmanZ2Of(inputs, ebit)
  const zmijewski: DistressScore | null = inputs && profit && zmijewskiOf(inputs, profit)
  return {
    altman_z2: altman?.score4 ?? null,
    altman_z2_zone: altman?.zone ?? null,
    zmijewski: zmijewski?.score4 ?? null,
    zmijewski_zone: zmijewski?.zone ?? null,
  }
}

function returnOnAssetsOf(statement: Statement, before: Statement | null): bigint | null {
  const closing = statement.lines.total_assets
  const profit = yearly(statement.lines.net_profit ?? null, statement)
  if (profit === null || closing === undefined) return null
  const opening = before?.lines.total_assets ?? closing
  const doubled = { numerator: profit.numerator * 2n, denominator: profit.denominator }
  return yearlyShareOf(doubled, opening + closing)
}

function growthOf(statement: Statement, before: Statement | null): bigint | null {
  const revenue = statement.lines.revenue ?? null
  const earlier = before?.lines.revenue ?? null
  if (before?.months !== statement.months) return null
  return quotient(minus(revenue, earlier), earlier, 4)
}

function distressInputsOf({ lines }: Statement): DistressInputs | null {
  const { current_assets, current_liabilities, total_assets, total_liabilities, equity } = lines
  const { undistributed_profit, surplus_reserve } = lines
  if (current_assets === undefined || current_liabilities === undefined) return null
  if (total_assets === undefined || total_liabilities === undefined) return null
  if (equity === undefined || undistributed_profit === undefined) return null
  return {
    currentAssets: current_assets,
    currentLiabilities: current_liabilities,
    totalAssets: total_assets,
    totalLiabilities: total_liabilities,
    equity,
    // A young company has no surplus reserve yet and prints no line for it.
    retainedEarnings: undistributed_profit + (surplus_reserve ?? 0n),
  }
}

// Statements before the format of 2018 print no interest line; finance costs are the nearest.
function interestOf({ lines }: Statement): bigint | null {
  return lines.interest_expense ?? lines.finance_costs ?? null
}

function ebitOf(statement: Statement): bigint | null {
  const interest = interestOf(statement)
  const profit = statement.lines.profit_before_tax ?? null
  return profit === null || interest === null ? null : profit + interest
}

function yearly(flow: bigint | null, { months }: Statement): YearlyFlow | null {
  return flow === null ? null : { numerator: flow * 12n, denominator: BigInt(months) }
}

function yearlyShareOf(flow: YearlyFlow | null, balance: bigint | null): bigint | null {
  if (flow === null || balance === null) return null
  return quotient(flow.numerator, balance * flow.denominator, 4)
}

function minus(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? null : a - b
}
