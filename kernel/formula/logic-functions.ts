import { commonType, unlike } from '#kernel/formula/arithmetic-functions.ts'
import {
  countProblem,
  type FormulaFunction,
  type TypeProblem,
  wrongArgument,
} from '#kernel/formula/formula-function.ts'
import {
  type FormulaType,
  type FormulaValue,
  isText,
  typeName,
} from '#kernel/formula/formula-type.ts'

const yesNo: FormulaType = { kind: 'yes-no' }
const many = 50

export const logic: readonly FormulaFunction[] = [
  comparison('equal', '=', (a, b) => a === b),
  comparison('unequal', '<>', (a, b) => a !== b),
  comparison('less', '<', (a, b) => a < b),
  comparison('at-most', '<=', (a, b) => a <= b),
  comparison('more', '>', (a, b) => a > b),
  comparison('at-least', '>=', (a, b) => a >= b),
  {
    ...named('and', ['且'], ['AND']),
    meaning: { zh: '全部成立', en: 'All of them hold' },
    example: {
      zh: '当前最长逾期天数 > 60 且 应收余额 > 100000',
      en: '[Days overdue now] > 60 AND Balance > 100000',
    },
    type: (args) => countProblem(args, 1, many) ?? allYesNo(args),
    evaluate: (values) => (values.includes(false) ? false : values.includes(null) ? null : true),
    sql: (args) => `(${args.join(' and ')})`,
  },
  {
    ...named('or', ['或'], ['OR']),
    meaning: { zh: '至少一个成立', en: 'At least one of them holds' },
    example: {
      zh: '经营异常 或 失信被执行人',
      en: '[Abnormal operations] OR [Dishonest judgment debtor]',
    },
    type: (args) => countProblem(args, 1, many) ?? allYesNo(args),
    evaluate: (values) => (values.includes(true) ? true : values.includes(null) ? null : false),
    sql: (args) => `(${args.join(' or ')})`,
  },
  {
    ...named('not', ['非'], ['NOT']),
    meaning: { zh: '不成立', en: 'It does not hold' },
    example: { zh: '非 经营异常', en: 'NOT [Abnormal operations]' },
    type: (args) => countProblem(args, 1, 1) ?? allYesNo(args),
    evaluate: ([a]) => (a === null ? null : !a),
    sql: ([a = '']) => `(not ${a})`,
  },
  {
    ...named('if', ['如果'], ['IF']),
    meaning: {
      zh: '条件成立取第二个, 否则取第三个; 可以接着写更多条件; 条件缺失则结果缺失',
      en: 'The second where the first holds, else the third; more pairs may follow; missing where the condition is',
    },
    example: {
      zh: '如果(当前最长逾期天数 > 60, "冻结", "正常")',
      en: 'IF([Days overdue now] > 60, "frozen", "open")',
    },
    type: (args) => countProblem(args, 3, many) ?? branchType(args),
    evaluate: (values) => {
      for (let at = 0; at + 1 < values.length; at += 2) {
        if (values[at] === null) return null
        if (values[at]) return values[at + 1] ?? null
      }
      return values.at(-1) ?? null
    },
    sql: (args) => branches(args),
  },
  {
    ...named('if-missing', ['缺失则'], ['IFMISSING']),
    meaning: { zh: '第一个缺失时取第二个', en: 'The second where the first is missing' },
    example: { zh: '缺失则(流动比率, 1)', en: 'IFMISSING([Current ratio], 1)' },
    type: (args) => countProblem(args, 2, 2) ?? alike(args),
    evaluate: ([a = null, b = null]) => a ?? b,
    sql: (args) => `coalesce(${args.join(', ')})`,
  },
  {
    ...named('is-missing', ['是否缺失', '缺失'], ['ISMISSING']),
    meaning: { zh: '没有数据', en: 'It is not known' },
    example: { zh: '是否缺失(流动比率)', en: 'ISMISSING([Current ratio])' },
    type: (args) => countProblem(args, 1, 1) ?? yesNo,
    evaluate: ([a]) => a === null,
    sql: ([a = '']) => `(${a} is null)`,
  },
  {
    ...named('between', ['介于'], ['BETWEEN']),
    meaning: {
      zh: '不小于第二个且不大于第三个',
      en: 'Not below the second and not above the third',
    },
    example: { zh: '介于(流动比率, 1, 2)', en: 'BETWEEN([Current ratio], 1, 2)' },
    type: (args) => countProblem(args, 3, 3) ?? ordered(args),
    evaluate: ([a = null, low = null, high = null]) => {
      const isAbove = a === null || low === null ? null : a >= low
      const isBelow = a === null || high === null ? null : a <= high
      return isAbove === false || isBelow === false
        ? false
        : isAbove === null || isBelow === null
          ? null
          : true
    },
    sql: ([a = '', low = '', high = '']) => `(${a} between ${low} and ${high})`,
  },
  {
    ...named('in', ['属于'], ['IN']),
    meaning: { zh: '等于后面的某一个', en: 'It is one of those that follow' },
    example: {
      zh: '属于([Altman Z″ 区域], "grey", "distress")',
      en: 'IN([Altman Z″ zone], "grey", "distress")',
    },
    type: (args) => {
      const problem = countProblem(args, 2, many) ?? alike(args)
      return 'message' in problem ? problem : yesNo
    },
    evaluate: ([a = null, ...others]) =>
      a === null ? null : others.includes(a) ? true : others.includes(null) ? null : false,
    sql: ([a = '', ...others]) => `(${a} in (${others.join(', ')}))`,
  },
]

function named(id: string, zh: readonly string[], en: readonly string[]) {
  return { id, zh, en, isStrict: false }
}

function comparison(
  id: string,
  sign: string,
  holds: (a: NonNullable<FormulaValue>, b: NonNullable<FormulaValue>) => boolean,
): FormulaFunction {
  const isEquality = sign === '=' || sign === '<>'
  return {
    ...{ id, zh: [sign], en: [], isStrict: true },
    type: ([a = yesNo, b = yesNo]) => {
      if (!isEquality && (isText(a) || a.kind === 'yes-no')) return noOrder(a, 0)
      if (!isEquality && (isText(b) || b.kind === 'yes-no')) return noOrder(b, 1)
      return commonType(a, b) ? yesNo : unlike(a, b)
    },
    evaluate: ([a = null, b = null]) => (a === null || b === null ? null : holds(a, b)),
    sql: ([a = '', b = '']) => `(${a} ${sign} ${b})`,
  }
}

function noOrder(type: FormulaType, place: number): TypeProblem {
  const { zh, en } = typeName(type)
  return wrongArgument(place, `${zh}不能比大小`, `${en} is neither more nor less than another`)
}

function allYesNo(args: readonly FormulaType[]): FormulaType | TypeProblem {
  const wrong = args.findIndex(({ kind }) => kind !== 'yes-no')
  if (wrong < 0) return yesNo
  const { zh, en } = typeName(args[wrong] ?? yesNo)
  return wrongArgument(wrong, `这里要一个条件, 不是${zh}`, `A condition is needed, not ${en}`)
}

function alike(args: readonly FormulaType[], from = 0): FormulaType | TypeProblem {
  let found = args[from] ?? yesNo
  for (let place = from + 1; place < args.length; place += 1) {
    const type = args[place] ?? yesNo
    const together = commonType(found, type)
    if (!together) return { ...unlike(found, type), arg: place }
    found = together
  }
  return found
}

function ordered(args: readonly FormulaType[]): FormulaType | TypeProblem {
  const wrong = args.findIndex((type) => isText(type) || type.kind === 'yes-no')
  if (wrong >= 0) return noOrder(args[wrong] ?? yesNo, wrong)
  const together = alike(args)
  return 'message' in together ? together : yesNo
}

/** Conditions at the even places but the last, what they give at the odd ones and the last. */
function branchType(args: readonly FormulaType[]): FormulaType | TypeProblem {
  if (args.length % 2 === 0) {
    return wrongArgument(null, '最后缺少“否则”的值', 'What holds otherwise is missing at the end')
  }
  const isCondition = (place: number) => place % 2 === 0 && place < args.length - 1
  let found: FormulaType | undefined
  for (const [place, type] of args.entries()) {
    if (isCondition(place)) {
      if (type.kind !== 'yes-no') return { ...allYesNo([type]), arg: place } as TypeProblem
      continue
    }
    const together = found ? commonType(found, type) : type
    if (!together) return { ...unlike(found ?? type, type), arg: place }
    found = together
  }
  return found ?? yesNo
}

/** Unlike SQL's own, a condition that is missing does not fall through to what comes after it. */
function branches(args: readonly string[]): string {
  const [condition = '', then = '', ...rest] = args
  const otherwise = rest.length === 1 ? (rest[0] ?? '') : branches(rest)
  return `(case ${condition} when true then ${then} when false then ${otherwise} end)`
}
