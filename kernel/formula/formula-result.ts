import type { Label } from '#kernel/document/label.ts'
import { type FormulaType, isText, sameType, typeName } from '#kernel/formula/formula-type.ts'

/** What is wrong with what a formula gives where another unit is wanted, and what would mend it. */
export function wrongResult(
  type: FormulaType,
  wanted: FormulaType,
): { readonly message: Label; readonly remedy: Label } | undefined {
  if (fits(type, wanted)) return undefined
  const [has, needs] = [typeName(type), typeName(wanted)]
  const isShare = wanted.kind === 'percent' && type.kind === 'number'
  return {
    message: {
      zh: `公式的结果是${has.zh}, 单位要求${needs.zh}`,
      en: `It gives ${has.en}, the unit asks for ${needs.en}`,
    },
    remedy: isShare
      ? { zh: '用 占比(a, b), 或写成百分比, 如 12.5%', en: 'Use SHARE(a, b), or write 12.5%' }
      : { zh: '改公式或改单位', en: 'Change the formula or the unit' },
  }
}

/** A plain number may stand for days or an amount, as it does inside formulas. */
function fits(type: FormulaType, wanted: FormulaType): boolean {
  if (isText(type) && isText(wanted)) return true
  if (type.kind === 'number' && (wanted.kind === 'days' || wanted.kind === 'money')) return true
  return sameType(type, wanted)
}
