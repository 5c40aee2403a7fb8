import {
  countProblem,
  type FormulaFunction,
  wrongArgument,
} from '#kernel/formula/formula-function.ts'
import { type FormulaType, isText, one, typeName } from '#kernel/formula/formula-type.ts'

export const textFunctions: readonly FormulaFunction[] = [
  ofTwo('contains', ['包含'], ['CONTAINS'], {
    meaning: { zh: '第一个文字里有第二个', en: 'The second is in the first' },
    example: {
      zh: '包含([Altman Z″ 区域], "dis")',
      en: 'CONTAINS([Altman Z″ zone], "dis")',
    },
    holds: (text, part) => text.includes(part),
    sql: ([text = '', part = '']) => `(strpos(${text}, ${part}) > 0)`,
  }),
  ofTwo('starts', ['开头是'], ['STARTS'], {
    meaning: { zh: '第一个文字以第二个开头', en: 'The first begins with the second' },
    example: {
      zh: '开头是([Altman Z″ 区域], "dis")',
      en: 'STARTS([Altman Z″ zone], "dis")',
    },
    holds: (text, part) => text.startsWith(part),
    sql: ([text = '', part = '']) => `starts_with(${text}, ${part})`,
  }),
  {
    ...{ id: 'length', zh: ['字数'], en: ['LEN'], isStrict: true },
    meaning: { zh: '有几个字', en: 'How many characters it has' },
    example: { zh: '字数([Altman Z″ 区域])', en: 'LEN([Altman Z″ zone])' },
    type: (args) => countProblem(args, 1, 1) ?? onlyTexts(args, { kind: 'number' }),
    evaluate: ([text]) => BigInt([...(text as string)].length) * one,
    sql: ([text = '']) => `length(${text})::numeric`,
  },
]

function ofTwo(
  id: string,
  zh: readonly string[],
  en: readonly string[],
  of: Pick<FormulaFunction, 'meaning' | 'example' | 'sql'> & {
    readonly holds: (text: string, part: string) => boolean
  },
): FormulaFunction {
  const { holds, ...rest } = of
  return {
    ...{ id, zh, en, isStrict: true, ...rest },
    type: (args) => countProblem(args, 2, 2) ?? onlyTexts(args, { kind: 'yes-no' }),
    evaluate: ([text, part]) => holds(text as string, part as string),
  }
}

function onlyTexts(args: readonly FormulaType[], gives: FormulaType) {
  const wrong = args.findIndex((type) => !isText(type))
  if (wrong < 0) return gives
  const { zh, en } = typeName(args[wrong] ?? gives)
  return wrongArgument(wrong, `这里要文字, 不是${zh}`, `A text is needed, not ${en}`)
}
