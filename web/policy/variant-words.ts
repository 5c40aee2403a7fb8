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
  'variant.earlier': ['提前', 'Earlier'],
  'variant.later': ['推后', 'Later'],
  'variant.remove': ['删除这个范围', 'Remove this scope'],
  'variant.title': ['适用范围：{{name}}', 'Of some customers: {{name}}'],
  'variant.whole': ['看全部内容', 'The whole of it'],
  'variant.under': ['适用范围：{{name}}', 'Under: {{name}}'],
} as const satisfies Words
