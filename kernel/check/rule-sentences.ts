import { termsText } from '#kernel/calendar/terms-text.ts'
import type { FiredRule } from '#kernel/check/check-decision.ts'
import type { RuleKind } from '#kernel/check/check-rules.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import type { Label } from '#kernel/document/label.ts'
import { invariant } from '#kernel/invariant.ts'
import { exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import { divide, money, scaledToDecimal, toReadable } from '#kernel/money/money.ts'

type Facts = FiredRule['facts']

/** A level as people call it: "客户 C001", "Segment export of C001". */
export function levelName(of: {
  readonly level: string
  readonly code: string
  readonly segment?: string
}): Label {
  const { level, code, segment } = of
  if (level === 'group') return { zh: `集团 ${code}`, en: `Group ${code}` }
  if (segment) return { zh: `${code} 的信控维度 ${segment}`, en: `Segment ${segment} of ${code}` }
  if (level === 'segment') return { zh: `${code} 的信控维度`, en: `The segment of ${code}` }
  return { zh: `客户 ${code}`, en: `Customer ${code}` }
}

/** Why a rule fired, by its kind, with the numbers that it told. */
export const ruleSentences: Readonly<Record<RuleKind, (facts: Facts) => Label>> = {
  'account-status': accountStatus,
  'file-closed': (of) => ({
    zh: `信用档案已于 ${text(of.on)} 关闭`,
    en: `The credit file was closed on ${text(of.on)}`,
  }),
  'no-file': (of) => ({
    zh: `客户 ${text(of.code)} 从未核定额度`,
    en: `Customer ${text(of.code)} was never granted a limit`,
  }),
  'limit-expired': (of) => {
    const name = nameOf(of)
    return {
      zh: `${name.zh} 的额度已于 ${text(of.on)} 到期`,
      en: `${name.en}: the limit expired on ${text(of.on)}`,
    }
  },
  'review-overdue': (of) => {
    const name = nameOf(of)
    return {
      zh: `${name.zh} 应于 ${text(of.on)} 复核, 已过 ${text(of.days)} 天`,
      en: `${name.en} was to be reviewed on ${text(of.on)}, ${daysText(of.days)} ago`,
    }
  },
  'days-overdue': daysOverdue,
  'overdue-amount': overdueAmount,
  'overdue-share': (of) => ({
    zh: `逾期 ${amount(of)}, 超过已开票 ${amount(of, 'of')} 的 ${text(of.share)}`,
    en: `${amount(of)} past due is more than ${text(of.share)} of the ${amount(of, 'of')} invoiced`,
  }),
  'oldest-open-item': (of) => ({
    zh: `最早未结发票开于 ${text(of.on)}, 已 ${text(of.days)} 天, 超过 ${text(of.over)} 天`,
    en:
      `The oldest open invoice is of ${text(of.on)}, ${daysText(of.days)} ago, ` +
      `more than ${daysText(of.over)}`,
  }),
  'dunning-level': (of) => ({
    zh: `催收已到第 ${text(of.level)} 级 (从第 ${text(of.from)} 级起)`,
    en: `Dunned to level ${text(of.level)} (from level ${text(of.from)} on)`,
  }),
  'broken-promises': (of) => ({
    zh: `${text(of.withinDays)} 天内 ${text(of.count)} 次未兑现付款承诺`,
    en: `${countText(of.count, 'promise')} to pay broken within ${daysText(of.withinDays)}`,
  }),
  'payment-returned': (of) => ({
    zh: `${text(of.on)} 有退票或退款 (${text(of.withinDays)} 天内)`,
    en: `A payment was returned on ${text(of.on)}, within ${daysText(of.withinDays)}`,
  }),
  'maximum-document': (of) => ({
    zh: `单据金额 ${amount(of)}, 超过单笔上限 ${amount(of, 'most')}`,
    en: `The document of ${amount(of)} is over the most for one, ${amount(of, 'most')}`,
  }),
  'terms-raised': (of) => ({
    zh: `要求的账期 ${termsText(text(of.asked), 'zh')} 长于约定的 ${termsText(text(of.agreed), 'zh')}`,
    en: `Terms asked, ${termsText(text(of.asked), 'en')}, are longer than agreed: ${termsText(text(of.agreed), 'en')}`,
  }),
  'discount-raised': (of) => ({
    zh: `要求的折扣 ${text(of.asked)} 高于约定的 ${text(of.agreed)}`,
    en: `The discount asked, ${text(of.asked)}, is more than the agreed ${text(of.agreed)}`,
  }),
  'fields-changed': (of) => {
    const fields = list(of.fields).map(text)
    const named = (language: keyof Label) =>
      fields.map((each) => fieldNames[each]?.[language] ?? each)
    return {
      zh: `批准之后改动了: ${named('zh').join('、')}`,
      en: `Changed since it was approved: ${named('en').join(', ')}`,
    }
  },
  limit: limitExceeded,
  utilisation,
}

const fieldNames: Readonly<Record<string, Label>> = {
  payer: { zh: '付款方', en: 'payer' },
  terms: { zh: '账期', en: 'terms' },
  discount: { zh: '折扣', en: 'discount' },
  'requested-on': { zh: '交货日', en: 'day wanted' },
  quantity: { zh: '数量', en: 'quantity' },
  price: { zh: '单价', en: 'price' },
}

function daysOverdue(of: Facts): Label {
  const since = text(of.since)
  const isAny = of.over === 0
  return {
    zh: `逾期${isAny ? '' : `超过 ${text(of.over)} 天的`}合计 ${amount(of)}, 最长 ${text(of.days)} 天 (${since} 到期)`,
    en:
      `${amount(of)} are ${isAny ? '' : `more than ${daysText(of.over)} `}past due, ` +
      `the oldest for ${daysText(of.days)}, since ${since}`,
  }
}

function accountStatus(of: Facts): Label {
  const name = nameOf(of)
  const words: Readonly<Record<string, Label>> = {
    frozen: { zh: '已冻结', en: 'is frozen' },
    blocked: { zh: '已停止供货', en: 'is blocked' },
    watch: { zh: '在关注名单', en: 'is being watched' },
  }
  const { zh, en } = words[text(of.status)] ?? { zh: text(of.status), en: text(of.status) }
  const why = of.reason === null ? '' : `: ${text(of.reason)}`
  return { zh: `${name.zh} ${zh}${why}`, en: `${name.en} ${en}${why}` }
}

function overdueAmount(of: Facts): Label {
  if (of.most !== undefined) {
    return {
      zh: `逾期合计 ${amount(of)}, 超过 ${amount(of, 'most')}`,
      en: `${amount(of)} are past due, more than ${amount(of, 'most')}`,
    }
  }
  return {
    zh: `逾期合计 ${amount(of)}, 超过额度 ${amount(of, 'limit')} 的 ${text(of.share)}`,
    en: `${amount(of)} are past due, more than ${text(of.share)} of the limit ${amount(of, 'limit')}`,
  }
}

function limitExceeded(of: Facts): Label {
  const levels = list(of.levels).map((each): Label => {
    const level = members(each)
    const name = nameOf(level)
    const hasTolerance = !/^[0.]*$/.test(text(level.tolerance))
    const tolerance = amount(level, 'tolerance')
    return {
      zh:
        `${name.zh} 占用将达 ${amount(level, 'after')}, 超过额度 ${amount(level, 'limit')}` +
        `${hasTolerance ? ` 加容差 ${tolerance}` : ''}, 超额 ${amount(level, 'missing')}`,
      en:
        `${name.en} would use ${amount(level, 'after')} of ${amount(level, 'limit')}` +
        `${hasTolerance ? ` and ${tolerance} tolerance` : ''}: ${amount(level, 'missing')} over`,
    }
  })
  return together(levels)
}

function utilisation(of: Facts): Label {
  const share = text(of.share)
  const levels = list(of.levels).map((each): Label => {
    const level = members(each)
    const name = nameOf(level)
    const used = `${amount(level, 'after')} / ${amount(level, 'limit')}${usedShare(level)}`
    return {
      zh: `${name.zh} 的额度使用率将超过 ${share}: ${used}`,
      en: `${name.en} would use more than ${share} of the limit: ${used}`,
    }
  })
  return together(levels)
}

function usedShare(level: Facts): string {
  const limit = minorOf(level, 'limit')
  if (limit === 0n) return ''
  const bps = divide(minorOf(level, 'after') * 10_000n, limit, 'down')
  return ` (${scaledToDecimal(bps, 2).replace(/\.?0+$/, '')}%)`
}

function together(sentences: readonly Label[]): Label {
  return {
    zh: sentences.map(({ zh }) => zh).join('; '),
    en: sentences.map(({ en }) => en).join('; '),
  }
}

function nameOf(of: Facts): Label {
  const segment = of.segment === undefined ? '' : text(of.segment)
  return levelName({ level: text(of.level), code: text(of.code), segment })
}

/** A decimal member beside the member `currency`, for reading: `CNY 23,400.00`. */
function amount(of: Facts, member = 'amount'): string {
  const currency = parseCurrency(text(of.currency))
  invariant(currency, 'amounts stand beside their currency')
  return toReadable(money(minorOf(of, member), currency))
}

function minorOf(of: Facts, member: string): bigint {
  const currency = parseCurrency(text(of.currency))
  invariant(currency, 'amounts stand beside their currency')
  const reading = parseScaled(text(of[member]), exponentOf(currency))
  invariant(reading.kind === 'scaled', `${member} is an amount`)
  return reading.value
}

function daysText(days: Canonical | undefined): string {
  return countText(days, 'day')
}

function countText(count: Canonical | undefined, what: string): string {
  return `${text(count)} ${what}${count === 1 ? '' : 's'}`
}

function text(value: Canonical | undefined): string {
  invariant(typeof value === 'string' || typeof value === 'number', 'a fact has its members')
  return String(value)
}

function list(value: Canonical | undefined): readonly Canonical[] {
  invariant(Array.isArray(value), 'a fact has its lists')
  return value
}

function members(value: Canonical): Facts {
  invariant(
    typeof value === 'object' && value !== null && !Array.isArray(value),
    'a level is told by its members',
  )
  return value as Facts
}
