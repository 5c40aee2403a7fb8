import type { Label } from '#kernel/document/label.ts'
import type { Formula, FormulaName } from '#kernel/formula/check-formula.ts'
import { compileFormula } from '#kernel/formula/compile-formula.ts'
import { formatFormula, formulaValueText } from '#kernel/formula/format-formula.ts'
import type { FormulaValue, FormulaValues } from '#kernel/formula/formula-type.ts'

/**
 * Why a formula gives what it gives, with the actual values: "因为 逾期天数 75 天 > 60". Of conditions
 * that are joined it tells those that decided; of a choice the branch that was taken. `given` is what it
 * gave as it is kept, where that is rounded.
 */
export function explainFormula(
  formula: Formula,
  values: FormulaValues,
  names: readonly FormulaName[],
  given: FormulaValue = compileFormula(formula)(values),
): Label {
  const reasons = reasonsOf(formula, values)
  const result = formulaValueText(given, formula.type)
  const told = (language: 'zh' | 'en') =>
    reasons.map((reason) => withValues(reason, values, names, language))
  const zh = told('zh')
  const en = told('en')
  if (zh.length === 0) return { zh: `结果: ${result.zh}`, en: `It gives ${result.en}` }
  return {
    zh: `因为 ${zh.join(', 且 ')}, 所以: ${result.zh}`,
    en: `Because ${en.join(', and ')}: ${result.en}`,
  }
}

/** The parts that decided. */
function reasonsOf(formula: Formula, values: FormulaValues): Formula[] {
  if (formula.kind !== 'call') return formula.kind === 'name' ? [formula] : []
  const { args, of } = formula
  const value = compileFormula(formula)(values)
  if (of.id === 'and' || of.id === 'or') {
    // All that hold make an `and` true and any that fails makes it false; an `or` the other way.
    const deciding = args.filter((arg) => compileFormula(arg)(values) === value)
    const shown = (of.id === 'and') === (value === true) ? deciding : deciding.slice(0, 1)
    return shown.flatMap((arg) => reasonsOf(arg, values))
  }
  if (of.id !== 'if') return [formula]
  const reasons: Formula[] = []
  for (let at = 0; at + 1 < args.length; at += 2) {
    const condition = args[at]
    if (!condition) break
    const holds = compileFormula(condition)(values)
    if (holds === false) continue
    reasons.push(...reasonsOf(condition, values))
    return reasons
  }
  const conditions = args.filter((_, at) => at % 2 === 0 && at < args.length - 1)
  return conditions.flatMap((condition) => reasonsOf(condition, values))
}

/** `逾期天数 75 天 > 60`: what is written, each name followed by its value. */
function withValues(
  part: Formula,
  values: FormulaValues,
  names: readonly FormulaName[],
  language: 'zh' | 'en',
): string {
  const shown = names.map((name) => {
    const text = formulaValueText(values[name.id] ?? null, name.type)[language]
    return { ...name, label: { zh: `${name.label.zh} ${text}`, en: `${name.label.en} ${text}` } }
  })
  const text = formatFormula(part, language, shown).replace(/\[([^\]]*)\]/g, '$1')
  const value = compileFormula(part)(values)
  if (part.type.kind === 'yes-no' && value !== true) {
    const no =
      value === null
        ? { zh: '无法判断', en: 'cannot be told' }
        : { zh: '不成立', en: 'does not hold' }
    return `${text} ${no[language]}`
  }
  return text
}
