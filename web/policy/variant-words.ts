import type { Words } from '../ui/words.ts'

/** Policies that hold otherwise for some customers. */
export const variantWords = {
  'variant.of': ['适用范围', 'Of whom'],
  'variant.all': ['全部客户', 'All customers'],
  'variant.all.note': [
    '不属于任何范围的客户按这里；各范围没有改写的也按这里。',
    'Holds for customers of no scope of their own, and wherever a scope names nothing else.',
  ],
  'variant.add': ['添加适用范围', 'Add a scope'],
  'variant.new': ['新范围', 'New scope'],
  'variant.name': ['范围名称', 'Name'],
  'variant.industries': ['行业', 'Industries'],
  'variant.departments': ['部门', 'Departments'],
  'variant.regions': ['地区', 'Regions'],
  'variant.roles': ['客户类别', 'Classes'],
  'variant.same': [
    '和全部客户一样，还没有改写。',
    'As for all customers: nothing is named anew yet.',
  ],
  'variant.own': ['改写了：{{members}}。', 'Named anew: {{members}}.'],
  'variant.restore': ['恢复{{member}}', 'As for all: {{member}}'],
  'trial.only': [
    '只用于随机抽取的一部分客户（试点）',
    'Only for a drawn part of the customers (trial)',
  ],
  'trial.name': ['试点名称', 'Name of the trial'],
  'trial.share': ['抽取比例', 'Share that is drawn'],
  'trial.group': ['用于', 'For'],
  'trial.group.challenger': ['挑战组（抽中的客户）', 'challengers: who is drawn'],
  'trial.group.champion': ['对照组（其余客户）', 'champions: all others'],
  'trial.readOn': ['计划读数日', 'To be read on'],
  'trial.note': [
    '按客户随机抽取，抽中后不再变；提高比例时原来抽中的仍在内。读数日之前看到的差异不作结论。',
    'Customers are drawn by chance and stay drawn, also when the share grows. What is seen before the day of reading is no result.',
  ],
  'trial.text': [
    '试点“{{name}}”：{{group}}，抽取 {{share}}，{{day}} 读数',
    'Trial "{{name}}": {{group}}, {{share}} drawn, read on {{day}}',
  ],
  'variant.earlier': ['提前', 'Earlier'],
  'variant.later': ['推后', 'Later'],
  'variant.remove': ['删除这个范围', 'Remove this scope'],
  'variant.title': ['适用范围：{{name}}', 'Of some customers: {{name}}'],
  'variant.whole': ['看全部内容', 'The whole of it'],
  'variant.under': ['适用范围：{{name}}', 'Under: {{name}}'],
} as const satisfies Words
