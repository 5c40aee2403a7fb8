import type { Label } from '#kernel/document/label.ts'
import { exponentOf } from '#kernel/money/currency.ts'
import { divide, scaledToDecimal } from '#kernel/money/money.ts'
import type { FigureFacts } from '#kernel/report/figure-facts.ts'

/** A share is told as a fraction with four decimals: 0.1234 is 12.34 %. */
export type FigureUnit = 'money' | 'share' | 'days' | 'hours' | 'count'

export type FigureInput = {
  readonly label: Label
  readonly unit: FigureUnit
  readonly value: (facts: FigureFacts) => bigint | null
}

/** A figure of the whole company: what it says, how it is made, from what. */
export type FigureKind = FigureInput & {
  readonly id: string
  readonly formula: Label
  /** Whether a rise is good news, bad news or neither. */
  readonly better: 'lower' | 'higher' | 'neither'
  readonly inputs: readonly FigureInput[]
}

const receivables = input(
  '应收账款净额',
  'Receivables, unapplied credits taken off',
  'money',
  (f) => f.receivableMinor,
)
const sales = input('近12个月销售额', 'Sales of 12 months', 'money', (f) => f.sales12mMinor)
const writtenOff = input(
  '近12个月核销',
  'Written off in 12 months',
  'money',
  (f) => f.writtenOff12mMinor,
)
const overdue = input('逾期未收', 'Open and overdue', 'money', (f) => f.overdueMinor)
const notDue = input('未到期', 'Open and not due', 'money', (f) => f.notDueMinor)
const limits = input('有效授信额度合计', 'Limits in force', 'money', (f) => f.limitMinor)
const opened = input('30天内暂挂', 'Held within 30 days', 'count', (f) => f.holdsOpened30d)
const ended = input('30天内处理完毕', 'Dealt with within 30 days', 'count', (f) => f.holdsEnded30d)

/** The figures of the page Today, in the order in which they are shown. */
export const figureKinds: readonly FigureKind[] = [
  {
    ...input('坏账核销', 'Bad debt written off', 'money', (f) => f.writtenOff12mMinor),
    id: 'bad-debt',
    better: 'lower',
    formula: {
      zh: '截至当日近12个月核销的应收账款, 折合本位币',
      en: 'Receivables written off in the 12 months to the day, in the base currency',
    },
    inputs: [
      writtenOff,
      sales,
      input('占销售额', 'Share of sales', 'share', (f) =>
        share(f.writtenOff12mMinor, f.sales12mMinor),
      ),
    ],
  },
  {
    ...input('逾期占比', 'Overdue share', 'share', (f) =>
      share(f.overdueMinor, f.overdueMinor + f.notDueMinor),
    ),
    id: 'overdue-share',
    better: 'lower',
    formula: {
      zh: '逾期未收 ÷ (逾期未收 + 未到期)',
      en: 'Open and overdue ÷ all open invoices',
    },
    inputs: [overdue, notDue],
  },
  {
    ...input('应收账款周转天数', 'DSO', 'days', (f) => f.dsoHundredths),
    id: 'dso',
    better: 'lower',
    formula: {
      zh: '倒推法: 从当月起逐月以销售额抵减应收账款净额, 整月抵完计全月天数, 最后一月按比例; 两年销售额仍不足时用应收账款 ÷ 近12个月销售额 × 365 (Credit Research Foundation)',
      en: 'Count-back: monthly sales are taken off the receivables from the latest month backwards, whole months count their days, the last its share; where two years of sales do not reach, receivables ÷ sales of 12 months × 365 (Credit Research Foundation)',
    },
    inputs: [receivables, sales],
  },
  {
    ...input('额度使用率', 'Utilisation of limits', 'share', (f) =>
      share(f.receivableMinor, f.limitMinor),
    ),
    id: 'utilisation',
    better: 'neither',
    formula: {
      zh: '应收账款净额 ÷ 有效授信额度合计; 含订单的敞口另列',
      en: 'Receivables ÷ limits in force; the exposure with orders stands beside it',
    },
    inputs: [
      receivables,
      limits,
      input(
        '敞口 (含订单与发货)',
        'Exposure, orders and deliveries included',
        'money',
        (f) => f.exposureMinor,
      ),
      input('敞口 ÷ 额度', 'Exposure ÷ limits', 'share', (f) =>
        f.exposureMinor === null ? null : share(f.exposureMinor, f.limitMinor),
      ),
    ],
  },
  {
    ...input('暂挂单据', 'Documents held', 'count', (f) => f.holdsWaiting),
    id: 'orders-held',
    better: 'lower',
    formula: { zh: '当日终了仍在等待的暂挂单据', en: 'Documents that wait at the end of the day' },
    inputs: [opened, ended],
  },
  {
    ...input('暂挂时长中位数', 'Median time held', 'hours', (f) => f.holdHoursMedianTenths),
    id: 'hold-hours-median',
    better: 'lower',
    formula: {
      zh: '近30天结束的暂挂从开始到结束的小时数的中位数',
      en: 'Hours from the beginning to the end of holds that ended within 30 days: the median',
    },
    inputs: [ended],
  },
  {
    ...input('暂挂时长 P90', 'Time held, 90th percentile', 'hours', (f) => f.holdHoursP90Tenths),
    id: 'hold-hours-p90',
    better: 'lower',
    formula: {
      zh: '近30天结束的暂挂小时数的第90百分位 (十张中九张不超过)',
      en: 'Hours held of holds that ended within 30 days: nine of ten took no longer',
    },
    inputs: [ended],
  },
]

/** A value as people and programs read it: `1234.50`, `0.1234`, `45.67`, `3`. */
export function figureText(value: bigint, unit: FigureUnit, facts: FigureFacts): string {
  return scaledToDecimal(value, decimals(unit, facts))
}

function decimals(unit: FigureUnit, { currency }: FigureFacts): number {
  switch (unit) {
    case 'money':
      return exponentOf(currency)
    case 'share':
      return 4
    case 'days':
      return 2
    case 'hours':
      return 1
    case 'count':
      return 0
  }
}

function input(zh: string, en: string, unit: FigureUnit, value: FigureInput['value']): FigureInput {
  return { label: { zh, en }, unit, value }
}

/** With four decimals, half-even; null of nothing. */
function share(part: bigint, whole: bigint): bigint | null {
  return whole <= 0n ? null : divide(part * 10_000n, whole, 'half-even')
}
