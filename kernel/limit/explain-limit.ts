import { termsText } from '#kernel/calendar/terms-text.ts'
import type { Label } from '#kernel/document/label.ts'
import type { FormulaResult } from '#kernel/limit/formula-result.ts'
import type { DecidedLimit, LimitAdjustment } from '#kernel/limit/limit-decision.ts'
import { toReadable } from '#kernel/money/money.ts'

/**
 * A limit in sentences: what each formula came to from which figures and which one binds, what
 * changed the amount afterwards, then limit, terms and validity.
 */
export function explainLimit(decision: DecidedLimit): Label[] {
  return [
    ...basisSentences(decision),
    ...decision.formulas.map((result) => formulaSentence(result, decision.binding)),
    ...decision.adjustments.map(adjustmentSentence),
    resultSentence(decision),
  ]
}

function basisSentences({ basis, grade }: DecidedLimit): Label[] {
  switch (basis) {
    case 'formulas':
      return []
    case 'new-customer':
      return [
        {
          zh: `新客户: 按 ${grade} 级新客户额度试用, 公式仅供参考`,
          en: `New customer: the amount for grade ${grade}; formulas are shown only`,
        },
      ]
    case 'no-figures':
      return [
        {
          zh: `没有可计算的公式: 按 ${grade} 级新客户额度`,
          en: `No formula could be computed: the amount for new customers of grade ${grade}`,
        },
      ]
  }
}

function formulaSentence(result: FormulaResult, binding: string | null): Label {
  const { formula, inputs, outcome } = result
  if (outcome.kind === 'unknown') {
    const missing = inputs.filter(({ name }) => outcome.indicators.includes(name))
    const zh = missing.map(({ label }) => label.zh).join('、')
    const en = missing.map(({ label }) => label.en).join(', ')
    return {
      zh: `${formula.label.zh}: 缺少${zh}, 不参与计算`,
      en: `${formula.label.en}: ${en} not known, left out`,
    }
  }
  const zh = inputs.map(({ label, shown }) => `${label.zh} ${shown.zh}`).join(', ')
  const en = inputs.map(({ label, shown }) => `${label.en} ${shown.en}`).join(', ')
  const amount = toReadable(outcome.amount)
  const binds = formula.id === binding
  return {
    zh: `${formula.label.zh}: ${amount} (${zh})${binds ? ', 取此值' : ''}`,
    en: `${formula.label.en}: ${amount} (${en})${binds ? ', binding' : ''}`,
  }
}

function adjustmentSentence({ kind, from, to }: LimitAdjustment): Label {
  const names: Readonly<Record<LimitAdjustment['kind'], Label>> = {
    floor: { zh: '提高到等级保底', en: 'Lifted to the floor of the grade' },
    cap: { zh: '降到等级上限', en: 'Cut to the cap of the grade' },
    rounded: { zh: '向下取整', en: 'Rounded down' },
    kept: { zh: '变化很小, 保持原额度', en: 'A small change keeps the current limit' },
    'raise-too-soon': {
      zh: '距上次调整太近, 暂不提高',
      en: 'Too soon after the last change to raise',
    },
    'raise-limited': { zh: '一次只能提高一步', en: 'A raise goes one step at a time' },
  }
  const { zh, en } = names[kind]
  const change = `${toReadable(from)} → ${toReadable(to)}`
  return { zh: `${zh}: ${change}`, en: `${en}: ${change}` }
}

function resultSentence(decision: DecidedLimit): Label {
  const amount = toReadable(decision.amount)
  const { grade, validTo, reviewOn } = decision
  const words = (language: 'zh' | 'en') => termsText(decision.terms.code, language)
  const until = `${words('en')}, valid to ${validTo}, review ${reviewOn}`
  return {
    zh: `${grade} 级额度 ${amount}, 账期 ${words('zh')}, 有效至 ${validTo}, ${reviewOn} 复核`,
    en: `Grade ${grade}: limit ${amount}, terms ${until}`,
  }
}
