import type { Indicator } from '#kernel/indicator/indicator.ts'

/**
 * What the credit file and public registers tell of a party. They are entered or delivered by
 * connectors, never computed here.
 */
export const profileIndicators: readonly Indicator[] = [
  {
    id: 'years_in_business',
    unit: 'count',
    decimals: 0,
    source: 'profile',
    label: { zh: '成立年数', en: 'Years in business' },
    meaning: { zh: '自成立日起满多少年', en: 'Full years since the company was founded' },
  },
  {
    id: 'registered_capital',
    unit: 'money',
    decimals: 2,
    source: 'profile',
    label: { zh: '注册资本', en: 'Registered capital' },
    meaning: { zh: '登记机关登记的注册资本', en: 'Capital as registered with the authority' },
  },
  yesNo(
    'dishonest_debtor',
    ['失信被执行人', 'Dishonest judgment debtor'],
    ['是否在法院失信被执行人名单中', 'On the courts’ list of dishonest judgment debtors'],
  ),
  yesNo(
    'business_status_abnormal',
    ['经营异常', 'Abnormal operations'],
    ['是否列入经营异常名录', 'On the market regulator’s list of abnormal operations'],
  ),
  yesNo(
    'bankruptcy_filed',
    ['破产程序', 'Bankruptcy filed'],
    ['法院是否已受理破产或清算', 'A court has accepted bankruptcy or liquidation'],
  ),
  place('industry', ['行业', 'Industry'], ['信用档案上的行业', 'As the credit file has it']),
  place(
    'department',
    ['部门', 'Department'],
    ['负责这个客户的部门', 'Who looks after the customer'],
  ),
  place('region', ['地区', 'Region'], ['信用档案上的地区', 'As the credit file has it']),
]

/** What tells whom a formula is about, rather than how it pays. */
export function isPlace({ source, unit }: Indicator): boolean {
  return source === 'profile' && unit === 'text'
}

function place(
  id: string,
  label: readonly [string, string],
  meaning: readonly [string, string],
): Indicator {
  return {
    ...{ id, unit: 'text', decimals: 0, source: 'profile' },
    label: { zh: label[0], en: label[1] },
    meaning: { zh: meaning[0], en: meaning[1] },
  }
}

function yesNo(
  id: string,
  label: readonly [string, string],
  meaning: readonly [string, string],
): Indicator {
  return {
    id,
    unit: 'yes-no',
    decimals: 0,
    source: 'outside',
    label: { zh: label[0], en: label[1] },
    meaning: { zh: meaning[0], en: meaning[1] },
  }
}
