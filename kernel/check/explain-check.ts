import { termsText } from '#kernel/calendar/terms-text.ts'
import type { FiredRule, Remedy } from '#kernel/check/check-decision.ts'
import { levelName, ruleSentences } from '#kernel/check/rule-sentences.ts'
import type { Label } from '#kernel/document/label.ts'
import { scaledToDecimal, sum, toReadable } from '#kernel/money/money.ts'

/** Why a rule fired: "CNY 23,400.00 are past due, the oldest for 75 days, since 2026-04-16". */
export function explainRule({ kind, facts }: Pick<FiredRule, 'kind' | 'facts'>): Label {
  return ruleSentences[kind](facts)
}

/** What would have the document approved: "Pay INV-8 CNY 23,400.00". */
export function explainRemedy(remedy: Remedy): Label {
  switch (remedy.kind) {
    case 'pay':
      return paySentence(remedy.invoices)
    case 'reduce-amount': {
      const to = toReadable(remedy.to)
      return { zh: `把金额减到 ${to}`, en: `Reduce the amount to ${to}` }
    }
    case 'reduce-quantity': {
      const quantity = scaledToDecimal(remedy.toThousandths, 3).replace(/\.?0+$/, '')
      const to = `${quantity} ${remedy.unit} (${toReadable(remedy.to)})`
      return { zh: `把数量减到 ${to}`, en: `Take at most ${to}` }
    }
    case 'ship-after':
      return {
        zh: `改在 ${remedy.on} 或之后发货`,
        en: `Ship on ${remedy.on} or later`,
      }
    case 'secure': {
      const amount = toReadable(remedy.amount)
      return {
        zh: `预付 ${amount}, 或提供同等金额的担保`,
        en: `Prepay ${amount}, or bring security for as much`,
      }
    }
    case 'agreed-terms':
      return {
        zh: `按约定的账期: ${termsText(remedy.terms, 'zh')}`,
        en: `Order at the agreed terms: ${termsText(remedy.terms, 'en')}`,
      }
    case 'raise-limit': {
      const name = levelName({ level: remedy.level, code: remedy.code })
      const to = toReadable(remedy.to)
      return {
        zh: `把${name.zh} 的额度核定为 ${to}`,
        en: `Grant ${lowerFirst(name.en)} a limit of ${to}`,
      }
    }
    case 'both': {
      const each = remedy.remedies.map(explainRemedy)
      return {
        zh: each.map(({ zh }) => zh).join(', 并且'),
        en: each.map(({ en }, index) => (index === 0 ? en : lowerFirst(en))).join(', and '),
      }
    }
  }
}

/** A few invoices by name; of many also what they come to, by currency. */
function paySentence(invoices: Extract<Remedy, { kind: 'pay' }>['invoices']): Label {
  const named = invoices.map(({ number, amount }) => `${number} ${toReadable(amount)}`)
  const shown = named.slice(0, mostNamed)
  const more = named.length - shown.length
  const zh = `付清 ${shown.join('、')}`
  const en = `Pay ${shown.join(', ')}`
  if (more === 0) return { zh, en }
  const byCurrency = Map.groupBy(invoices, ({ amount }) => amount.currency)
  const total = [...byCurrency].map(([currency, each]) =>
    toReadable(
      sum(
        each.map(({ amount }) => amount),
        currency,
      ),
    ),
  )
  return {
    zh: `${zh} 等 ${named.length} 张, 合计 ${total.join(' + ')}`,
    en: `${en} and ${more} more, ${total.join(' + ')} in all`,
  }
}

const mostNamed = 5

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`
}
