import { type DocumentProblem, problem } from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'

export function notOneMeasure(path: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    ['bins、curve、choices 应恰好写一个', 'Exactly one of bins, curve and choices is needed'],
    ['保留一种计分方式', 'Keep one way of giving points'],
  )
}

export function outerGap(path: string, side: 'below' | 'above'): DocumentProblem {
  const zh = side === 'below' ? '最低一档之下的值没有分' : '最高一档之上的值没有分'
  return problem(
    'gap',
    path,
    [zh, `Values ${side} the ${side === 'below' ? 'first' : 'last'} bin get no points`],
    ['去掉最外侧的界限', 'Leave the outermost bound open'],
  )
}

export function gapBetween(path: string): DocumentProblem {
  return problem(
    'gap',
    path,
    ['两档之间有空隙', 'There is a gap between the two bins'],
    ['让下一档从上一档结束处开始', 'Let the next bin begin where this one ends'],
  )
}

export function overlapBetween(path: string): DocumentProblem {
  return problem(
    'overlap',
    path,
    ['两档重叠', 'The two bins overlap'],
    ['一侧用 upTo, 另一侧用 above', 'End one bin with upTo and begin the next with above'],
  )
}

export function noBoundary(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['两档之间没有界限', 'There is no bound between the two bins'],
    ['写出上限 upTo 或下一档的下限 above', 'Give this bin upTo or the next one above'],
  )
}

export function unordered(path: string): DocumentProblem {
  return problem(
    'unordered',
    path,
    ['没有按值由小到大排列', 'The values do not rise'],
    ['按值由小到大重新排列', 'Order them from low to high'],
  )
}

export function tooFewKnots(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['曲线少于两个点', 'A curve needs at least two knots'],
    ['再写一个点', 'Add a knot'],
  )
}

export function duplicateChoice(path: string, is: string): DocumentProblem {
  return problem(
    'duplicate-id',
    path,
    [`选项 "${is}" 重复`, `The choice "${is}" appears twice`],
    ['删除其中一个', 'Remove one of them'],
  )
}

export function incompleteChoices(path: string, indicator: Indicator): DocumentProblem {
  const needed = indicator.unit === 'yes-no' ? 'yes, no' : 'otherwise'
  return problem(
    'incomplete',
    path,
    [`缺少选项: ${needed}`, `Choices are missing: ${needed}`],
    [`补上 ${needed}`, `Add ${needed}`],
  )
}

export function directionOfText(path: string): DocumentProblem {
  return problem(
    'wrong-unit',
    `${path}.better`,
    ['文字类指标没有高低方向', 'A text has no direction'],
    ['删除 better', 'Remove better'],
  )
}

export function notMonotone(
  path: string,
  better: 'lower' | 'higher',
  index: number,
): DocumentProblem {
  return problem(
    'not-monotone',
    path,
    [
      `声明为越${better === 'lower' ? '低' : '高'}越好, 但第 ${index + 1} 档分值相反`,
      `Declared better when ${better}, but part ${index + 1} goes the other way`,
    ],
    ['改正分值或删除 better', 'Correct the points or remove better'],
  )
}
