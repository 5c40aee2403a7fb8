import type { Words } from '../ui/words.ts'

/** What a change of a policy would do. */
export const impactWords = {
  'impact.title': ['影响预览', 'What it would do today'],
  'impact.note': [
    '用最近一次存储的指标，对全部在册客户和未完成订单试算，不改变任何数据。',
    'Tried on all customers, as their indicators were last stored, and on open orders. Nothing changes.',
  ],
  'impact.start': ['试算影响', 'Try it'],
  'impact.headline': [
    '{{customers}} 个客户中，{{changed}} 个有变化：{{upgraded}} 个升级，{{downgraded}} 个降级；{{held}} 张未完成订单会被暂挂，{{passed}} 张会放行。',
    'Of {{customers}} customers {{changed}} change: {{upgraded}} rise and {{downgraded}} fall in grade; {{held}} open orders would be held and {{passed}} would pass.',
  ],
  'impact.none': ['没有客户或订单受影响', 'No customer and no order is touched'],
  'impact.notRated': [
    '{{count}} 个客户还没有评级，无法试算。',
    'Nothing can be told of {{count}} customers who were never rated.',
  ],
  'impact.terms': [
    '账期变长 {{longer}} 个，变短 {{shorter}} 个',
    'Terms grow longer for {{longer}} and shorter for {{shorter}}',
  ],
  'impact.moves': ['等级变化（行：现在；列：改动后）', 'Grades: now down, then across'],
  'impact.now': ['现在', 'Now'],
  'impact.limits': ['额度合计', 'Limits in all'],
  'impact.currency': ['币种', 'Currency'],
  'impact.before': ['现在', 'Now'],
  'impact.after': ['改动后', 'Then'],
  'impact.raised': ['提高', 'Raised'],
  'impact.lowered': ['降低', 'Lowered'],
  'impact.tally': ['{{by}}（{{customers}} 个）', '{{by}} ({{customers}})'],
  'impact.gainers': ['额度提高最多的客户', 'Whose limit rises most'],
  'impact.losers': ['额度降低最多的客户', 'Whose limit falls most'],
  'impact.customer': ['客户', 'Customer'],
  'impact.grade': ['等级', 'Grade'],
  'impact.limit': ['额度', 'Limit'],
  'impact.why': ['原因', 'Why'],
  'impact.held': ['会被暂挂的未完成订单', 'Open orders that would be held'],
  'impact.passed': ['会放行的未完成订单', 'Open orders that would pass'],
  'impact.order': ['订单', 'Order'],
  'impact.amount': ['金额', 'Amount'],
  'impact.rules': ['规则', 'Rules'],
  'impact.more': ['只列出前 {{count}} 张', 'The first {{count}} are listed'],
} as const satisfies Words
