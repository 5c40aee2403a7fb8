import type { InstalmentPart, PaymentTerms } from '#kernel/calendar/terms.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'

/** The terms in words, in the language of the reader; `parseTerms` reads them back. */
export function formatTerms(terms: PaymentTerms, language: 'zh' | 'en'): string {
  const chinese = language === 'zh'
  switch (terms.kind) {
    case 'net':
      return chinese ? `开票后${terms.days}天` : `Net ${daysInEnglish(terms.days)}`
    case 'end-of-month':
      if (chinese) return terms.days === 0 ? '当月月底' : `月结${terms.days}天`
      return terms.days === 0 ? 'End of month' : `End of month + ${daysInEnglish(terms.days)}`
    case 'day-of-month':
      return chinese ? dayOfMonthInChinese(terms) : dayOfMonthInEnglish(terms)
    case 'prepaid':
      return chinese ? '预付' : 'Cash in advance'
    case 'cash-on-delivery':
      return chinese ? '货到付款' : 'Cash on delivery'
    case 'instalments':
      return terms.parts.map((part) => partInWords(part, language)).join(chinese ? '，' : ', ')
  }
}

/**
 * The spelling under which terms are stored and exchanged: `net-30`, `eom-30`, `day-25-month-1`,
 * `prepaid`, `cod`, `instalments-5000@30-5000@60` (basis points at days).
 */
export function termsCode(terms: PaymentTerms): string {
  switch (terms.kind) {
    case 'net':
      return `net-${terms.days}`
    case 'end-of-month':
      return `eom-${terms.days}`
    case 'day-of-month':
      return `day-${terms.dayOfMonth}-month-${terms.months}`
    case 'prepaid':
      return 'prepaid'
    case 'cash-on-delivery':
      return 'cod'
    case 'instalments':
      return `instalments-${terms.parts.map((p) => `${p.shareBps}@${p.days}`).join('-')}`
  }
}

type DayOfMonth = Extract<PaymentTerms, { kind: 'day-of-month' }>

function dayOfMonthInChinese({ dayOfMonth, months }: DayOfMonth): string {
  const month = months === 0 ? '当月' : months === 1 ? '次月' : `后${months}个月`
  return `${month}${dayOfMonth}日`
}

function dayOfMonthInEnglish({ dayOfMonth, months }: DayOfMonth): string {
  if (months === 0) return `Day ${dayOfMonth} of the same month`
  return `Day ${dayOfMonth} of the ${months === 1 ? '' : `${ordinal(months)} `}following month`
}

function ordinal(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')
  return `${value}${ending}`
}

function partInWords({ shareBps, days }: InstalmentPart, language: 'zh' | 'en'): string {
  const percent = scaledToDecimal(BigInt(shareBps), 2).replace(/\.?0+$/, '')
  if (language === 'zh') return days === 0 ? `${percent}%即付` : `${percent}%开票后${days}天`
  return days === 0 ? `${percent}% at once` : `${percent}% in ${daysInEnglish(days)}`
}

function daysInEnglish(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}
