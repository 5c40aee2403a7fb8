import type { Label } from '#kernel/document/label.ts'

/** What the members of policy documents are called on paper. */
const members: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  label: ['名称', 'name'],
  id: ['编号', 'id'],
  scale: ['等级表', 'rating scale'],
  currency: ['币种', 'currency'],
  meaning: ['含义', 'meaning'],
  indicator: ['指标', 'indicator'],
  variants: ['分范围规定', 'variant'],
  // Scorecards and rating scales.
  dimensions: ['维度', 'dimension'],
  dimension: ['维度', 'dimension'],
  characteristics: ['特征', 'characteristic'],
  better: ['方向', 'direction'],
  missing: ['缺数据时得分', 'points where unknown'],
  bins: ['分档', 'bin'],
  curve: ['折点', 'point of the curve'],
  choices: ['选项', 'choice'],
  points: ['得分', 'points'],
  from: ['从', 'from'],
  above: ['大于', 'above'],
  upTo: ['至', 'up to'],
  below: ['小于', 'below'],
  at: ['取值', 'value'],
  is: ['等于', 'is'],
  requirements: ['等级条件', 'requirement'],
  floors: ['下限', 'floor'],
  knockOuts: ['一票否决', 'knock-out'],
  when: ['条件', 'condition'],
  needs: ['条件', 'condition'],
  grade: ['等级', 'grade'],
  cap: ['封顶等级', 'capped at'],
  reason: ['理由', 'reason'],
  grades: ['等级', 'grade'],
  code: ['代码', 'code'],
  minimumScore: ['最低分', 'lowest score'],
  defaultProbability: ['违约概率', 'probability of default'],
  // Limit policies.
  formulas: ['额度公式', 'limit formula'],
  combine: ['多个公式取', 'of several formulas'],
  kind: ['类型', 'kind'],
  shares: ['比例', 'share'],
  monthlySales: ['月销售额', 'monthly sales'],
  expectedDelay: ['预计拖延', 'expected delay'],
  seasonFactor: ['季节系数', 'season factor'],
  factor: ['系数', 'factor'],
  amounts: ['金额', 'amount'],
  budget: ['损失预算', 'loss budget'],
  lossGivenDefault: ['违约损失率', 'loss given default'],
  newCustomer: ['新客户', 'new customers'],
  relationshipMonths: ['合作月数', 'months of relationship'],
  invoiceCount: ['发票数', 'invoices'],
  untilMonths: ['满多少个月前算新客户', 'new until so many months'],
  untilInvoices: ['满多少张发票前算新客户', 'new until so many invoices'],
  probationMonths: ['试用月数', 'months of probation'],
  caps: ['额度上限', 'cap'],
  roundTo: ['取整单位', 'rounded to'],
  keepWithin: ['变化小于此值不调整', 'changes that are left alone'],
  share: ['比例', 'share'],
  amount: ['金额', 'amount'],
  raise: ['上调', 'raise'],
  everyMonths: ['间隔月数', 'months between'],
  terms: ['账期', 'terms'],
  validityMonths: ['有效月数', 'months of validity'],
  reviewMonths: ['复核间隔月数', 'months until review'],
  // Check rules.
  horizon: ['远期订单', 'later orders'],
  days: ['天数', 'days'],
  laterShare: ['远期占用比例', 'share that counts'],
  cashOrders: ['现款订单', 'cash orders'],
  tolerance: ['额度容差', 'tolerance'],
  amendTolerance: ['放行后改单容差', 'tolerance for amendments'],
  graceDays: ['宽限天数', 'days of grace'],
  reservationMinutes: ['预占分钟数', 'minutes of a reservation'],
  releaseAuthority: ['放行权限', 'authority to release'],
  rules: ['规则', 'rule'],
  checkpoints: ['检查点', 'checkpoint'],
  reaction: ['处理', 'reaction'],
  scope: ['适用范围', 'scope'],
  except: ['例外', 'exception'],
  trial: ['随机试点', 'trial'],
  readOn: ['计划读数日', 'day of reading'],
  group: ['组别', 'group'],
  segments: ['信用段', 'segment'],
  roles: ['客户类别', 'class of party'],
  industries: ['行业', 'industry'],
  departments: ['部门', 'department'],
  regions: ['地区', 'region'],
  parties: ['客户', 'customer'],
  overDays: ['超过天数', 'over days'],
  minimumAmount: ['起算金额', 'minimum amount'],
  over: ['超过', 'over'],
  overShare: ['超过比例', 'over the share'],
  count: ['次数', 'count'],
  withinDays: ['在多少天内', 'within days'],
  fields: ['关键字段', 'critical field'],
  basis: ['计算口径', 'basis'],
  levels: ['层级', 'level'],
  // Indicator formulas.
  definitions: ['指标', 'indicator'],
  unit: ['单位', 'unit'],
  decimals: ['小数位数', 'decimals'],
  formula: ['公式', 'formula'],
}

/** A member that has no name of its own is told as it is written. */
export function nameOfMember(key: string): Label {
  const found = members[key]
  return found ? { zh: found[0], en: found[1] } : { zh: key, en: key }
}

const words: Readonly<Record<string, string>> = {
  hold: '暂挂',
  shadow: '试运行',
  challenger: '挑战组',
  champion: '对照组',
  warn: '提示',
  none: '不用',
  minimum: '最小者',
  median: '中位数',
  maximum: '最大者',
  count: '计入',
  exempt: '不计入',
  lower: '越低越好',
  higher: '越高越好',
  neutral: '不计',
  unlimited: '不限',
  yes: '是',
  no: '否',
  order: '下单',
  delivery: '发货',
  static: '全额',
  dynamic: '按远期折算',
  segment: '信用段',
  party: '客户',
  group: '集团',
}

/** A value as it is said: words of the format in the language, all else as it is written. */
export function nameOfWord(value: string): Label {
  return { zh: words[value] ?? value, en: value }
}

/** Tables whose members are grades. */
const byGrade = new Set([
  ...['caps', 'floors', 'terms', 'shares', 'amounts', 'validityMonths', 'reviewMonths'],
])

export function isTableByGrade(key: string): boolean {
  return byGrade.has(key)
}
