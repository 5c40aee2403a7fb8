import { type DocumentProblem, problem } from '#kernel/document/problem.ts'

export function duplicateRule(path: string, id: string): DocumentProblem {
  return problem(
    'duplicate-id',
    path,
    [`编号 "${id}" 重复`, `The id "${id}" appears twice`],
    ['给其中一条另起 id', 'Give one of them another id'],
  )
}

export function duplicateEntry(path: string, entry: string): DocumentProblem {
  return problem(
    'duplicate-id',
    path,
    [`"${entry}" 重复`, `"${entry}" appears twice`],
    ['删除其中一个', 'Remove one of them'],
  )
}

export function empty(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['此处没有内容, 规则永远不会适用', 'Nothing stands here, so the rule could never apply'],
    ['写上内容, 或删除此项', 'Name something, or leave the key out'],
  )
}

export function allSpared(path: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    ['适用的等级全部被排除', 'Every grade that the rule is about is spared'],
    ['改动 scope 或 except', 'Change scope or except'],
  )
}

export function noBound(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['没有写超过多少', 'The rule does not say over what'],
    [
      '写 over (金额) 或 overShare (额度的比例)',
      'Write over (an amount) or overShare (of the limit)',
    ],
  )
}

export function noLevel(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['催收级别应在 1 到 99 之间', 'A dunning level lies between 1 and 99'],
    ['例如 3', 'Write for instance 3'],
  )
}

export function noCount(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['次数至少为 1', 'The count is at least 1'],
    ['例如 2', 'Write for instance 2'],
  )
}

export function noMinutes(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['预留时间应在 1 分钟到 366 天之间', 'A reservation lasts from 1 minute to 366 days'],
    ['例如 1440 (一天)', 'Write for instance 1440 (a day)'],
  )
}

export function notDays(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['天数超出范围 (至多 3650 天)', 'The number of days is out of range (at most 3650)'],
    ['例如 30', 'Write for instance 30'],
  )
}

export function notAnAmount(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['不是有效的金额', 'This is not an amount of the currency'],
    ['例如 50000, 不能为负', 'Write for instance 50000, not negative'],
  )
}

export function notAShare(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['比例应在 0% 到 100% 之间', 'A share lies between 0% and 100%'],
    ['例如 10%', 'Write for instance 10%'],
  )
}

export const noStatusRule = problem(
  'incomplete',
  'rules',
  [
    '没有一条对所有人、在订单和发货时都暂挂冻结账户的规则',
    'No rule holds blocked and frozen accounts for everybody, at order and delivery',
  ],
  [
    '加上 kind: account-status, checkpoints: [order, delivery], reaction: hold',
    'Add kind: account-status, checkpoints: [order, delivery], reaction: hold',
  ],
)
