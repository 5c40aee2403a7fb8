import type { Words } from '../ui/words.ts'

export const formulaWords = {
  'formula.title': ['公式试算', 'Try a formula'],
  'formula.note': [
    '像在 Excel 里一样写公式, 指标用名称就行; 结果按自己的客户实时计算, 不会保存。',
    'Write as in Excel and name indicators as they are called. Your own customers show what it gives; nothing is kept.',
  ],
  'formula.field': ['公式', 'Formula'],
  'formula.hint': [
    '如: 如果(近12月最长逾期天数 > 60, "拖欠", "正常")',
    'For example: IF([Worst days overdue, 12 months] > 60, "stretched", "open")',
  ],
  'formula.unit': ['结果应为', 'It shall give'],
  'formula.unit.any': ['不限', 'Anything'],
  'formula.unit.days': ['天数', 'Days'],
  'formula.unit.months': ['月数', 'Months'],
  'formula.unit.percent': ['百分比', 'A percentage'],
  'formula.unit.ratio': ['比率', 'A ratio'],
  'formula.unit.count': ['个数', 'A count'],
  'formula.unit.money': ['金额', 'An amount'],
  'formula.unit.yes-no': ['是否', 'Yes or no'],
  'formula.unit.text': ['文字', 'A text'],
  'formula.suggestions': ['可以写', 'What can be written'],
  'formula.keys': [
    '输入中文、英文或拼音首字母; ↑ ↓ 选择, Enter 或 Tab 填入, Esc 关闭',
    'Type Chinese, English or pinyin initials; ↑ ↓ choose, Enter or Tab take it, Esc closes',
  ],
  'formula.fix': ['改成 {{text}}', 'Write {{text}}'],
  'formula.gives': ['结果是{{type}}', 'It gives {{type}}'],
  'formula.written': ['规范写法', 'Written out'],
  'formula.spread': [
    '{{customers}} 家已评级客户, 其中 {{missing}} 家缺失',
    '{{customers}} rated customers, missing for {{missing}}',
  ],
  'formula.count': ['{{count}} 家', '{{count}}'],
  'formula.sample': ['前 20 家客户', 'The first 20 customers'],
  'formula.value': ['结果', 'Result'],
  'formula.why': ['原因', 'Why'],
  'formula.empty': ['还没有公式', 'No formula yet'],
  'formula.empty.text': [
    '写几个字就会提示可用的指标和函数。从一个例子开始:',
    'A few letters bring up indicators and functions. Begin with an example:',
  ],
  'formula.noCustomers': ['还没有客户', 'There are no customers yet'],
} as const satisfies Words

export const formulaExamples: readonly (readonly [zh: string, en: string])[] = [
  [
    '如果(近12月最长逾期天数 > 60, "拖欠", "正常")',
    'IF([Worst days overdue, 12 months] > 60, "stretched", "open")',
  ],
  ['应收余额 / 近12月月均销售额', 'Balance / [Average monthly sales]'],
  ['占比(当前逾期金额, 应收余额)', 'SHARE([Overdue amount], Balance)'],
]
