import type { Provenance } from '#contract/credit-file.ts'
import type { LimitShown, RatingShown } from '#contract/scoring.ts'
import type { Day } from '#kernel/calendar/day.ts'

/** How a part of the credit file is made, in words, and from what. */
export type Told = Pick<Provenance, 'formula'> & {
  readonly inputs: readonly Provenance['inputs'][number][]
}

export const identity: Told = {
  formula: {
    zh: '当前档案，撤回该日之后审计记录中的各项变更',
    en: 'The file of today with every change taken back that the audit trail has after the day',
  },
  inputs: [],
}

export function rating(
  of: Pick<RatingShown, 'asOf' | 'score' | 'known' | 'asked' | 'engine'>,
): Told {
  return {
    formula: {
      zh: '得分 = 已知各项得分之和 ÷ 已知各项满分之和 × 100，再按等级表及否决规则定级',
      en: 'Score = points given ÷ points possible of what is known × 100, then grade and knock-outs',
    },
    inputs: [
      input('评级日', 'Rated as of', of.asOf),
      input('得分', 'Score', of.score),
      input('已知项', 'Values known', `${of.known}/${of.asked}`),
      input('引擎版本', 'Engine', of.engine),
    ],
  }
}

export function limit(
  of: Pick<LimitShown, 'fromOn' | 'grantedOn' | 'reviewOn'> & {
    readonly combine: string
    readonly formulas: readonly {
      readonly label: { readonly zh: string; readonly en: string }
      readonly amount: string | null
    }[]
  },
): Told {
  const combined = combinations[of.combine] ?? combinations.minimum
  return {
    formula: {
      zh: `额度 = 各公式结果${combined.zh}，再经等级上下限、取整与调整步长`,
      en: `Limit = ${combined.en} of the formulas, then floor, cap, rounding and steps of the grade`,
    },
    inputs: [
      ...of.formulas.map(({ label, amount }) => ({ label, value: amount })),
      input('生效日', 'In force from', of.fromOn),
      input('金额自', 'Amount since', of.grantedOn),
      input('复核日', 'Review', of.reviewOn),
    ],
  }
}

const combinations = {
  minimum: { zh: '的最小值', en: 'the least' },
  median: { zh: '的中位数', en: 'the median' },
  maximum: { zh: '的最大值', en: 'the greatest' },
} as Readonly<Record<string, { zh: string; en: string }>> & {
  readonly minimum: { readonly zh: string; readonly en: string }
}

export function exposure(ledgerSinceOn: Day | null): Told {
  return {
    formula: {
      zh: '占用 = 订单 + 已发未开票 + 已开票未收 + 承兑汇票 − 预收与担保；该日余额 = 现余额 − 其后分录',
      en: 'Exposure = ordered + delivered + invoiced + bills − what secures it; of a day: now less later entries',
    },
    inputs: [input('账本起始日', 'Ledger since', ledgerSinceOn)],
  }
}

export const ageing: Told = {
  formula: {
    zh: '该日未结发票按逾期天数分段，减未核销贷项；该日之后的核销与作废不计',
    en: 'Invoices open on the day by days past due, less unapplied credits; nothing later counts',
  },
  inputs: [],
}

export const payment: Told = {
  formula: {
    zh: '平均逾期天数 = Σ(金额 × (到账日 − 到期日)) ÷ Σ金额；逾期占比 = 到期后到账金额 ÷ 到账金额',
    en: 'Average days late = Σ(amount × (paid − due)) ÷ Σ amount; late share = paid after due ÷ paid',
  },
  inputs: [],
}

function input(zh: string, en: string, value: string | null) {
  return { label: { zh, en }, value }
}
