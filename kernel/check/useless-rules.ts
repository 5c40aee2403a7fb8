import type { CheckRule, CheckRules, RuleExceptions, RuleScope } from '#kernel/check/check-rules.ts'
import { parseScaled, parseShare } from '#kernel/document/decimal.ts'
import type { Label } from '#kernel/document/label.ts'
import { gets, type MadeUpFact, ofGrade } from '#kernel/document/made-up-customer.ts'
import { type DocumentProblem, problem, shownBy } from '#kernel/document/problem.ts'
import { isWithinTrial } from '#kernel/document/trial.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'

/**
 * What a rule asks, as numbers that mean more customers the lower they are: the first is what is
 * measured against a customer. Rules are compared where `kind`, the rest of what they ask, agrees.
 */
type Asked = { readonly kind: string; readonly bounds: readonly bigint[] }
type Measured = { readonly label: Label; readonly write: (value: bigint) => string }

const never = 2n ** 62n

/**
 * Rules that make no difference because another of their kind reacts to all of their cases as
 * strongly, and tables by grade in which a worse grade is held later than a better one.
 */
export function uselessRules(
  { rules }: CheckRules,
  grades: readonly string[],
  currency: Currency,
): DocumentProblem[] {
  const active = rules.map((rule) => ({ rule, asked: askedBy(rule, currency) }))
  return active.flatMap(({ asked, rule }, index) => {
    if (rule.reaction === 'none') return []
    const path = `rules[${index}]`
    const by = active.find((one, place) => {
      if (place === index || !reactsToAll(one, { asked, rule })) return false
      return !reactsToAll({ asked, rule }, one) || place < index
    })
    if (by) {
      const knows = madeUpOf(rule, asked, currency, grades)
      return [shownBy(noDifference(path, by.rule.id), { knows, gets: reactionOf(by.rule) })]
    }
    return heldLater({ asked, rule }, active, { path, grades, currency })
  })
}

type Active = { readonly rule: CheckRule; readonly asked: Asked }

function reactsToAll(wide: Active, narrow: Active): boolean {
  const [a, b] = [wide.rule, narrow.rule]
  const reacts = a.reaction === 'hold' || a.reaction === narrow.rule.reaction
  return (
    reacts &&
    wide.asked.kind === narrow.asked.kind &&
    wide.asked.bounds.every((bound, index) => bound <= (narrow.asked.bounds[index] ?? never)) &&
    b.checkpoints.every((checkpoint) => a.checkpoints.includes(checkpoint)) &&
    isWithinTrial(b.trial, a.trial) &&
    isAboutAll(a.scope, b.scope) &&
    sparesNoMore(a.except, b.except)
  )
}

function isAboutAll(wide: RuleScope | undefined, narrow: RuleScope | undefined): boolean {
  return Object.entries(wide ?? {}).every(([name, names]) =>
    narrow?.[name as keyof RuleScope]?.every((each) => names.includes(each)),
  )
}

function sparesNoMore(wide: RuleExceptions | undefined, narrow: RuleExceptions | undefined) {
  return Object.entries(wide ?? {}).every(([name, names]) =>
    names.every((each) => narrow?.[name as keyof RuleExceptions]?.includes(each)),
  )
}

/** Where a better grade is held from less on, by rules that ask for nothing but the grade. */
function heldLater(
  { asked, rule }: Active,
  active: readonly Active[],
  of: { readonly path: string; readonly grades: readonly string[]; readonly currency: Currency },
): DocumentProblem[] {
  const [bound] = asked.bounds
  const measured = measureOf(rule, of.currency)
  const isByGrade = rule.scope?.grades !== undefined && asksOnlyGrade(rule)
  if (!isByGrade || !measured || bound === undefined || rule.reaction !== 'hold') return []
  const worst = of.grades.findLast((code) => isHeldBy(rule, code))
  const better = active.find(
    (one) =>
      one.rule.reaction === 'hold' &&
      one.asked.kind === asked.kind &&
      asksOnlyGrade(one.rule) &&
      one.asked.bounds.slice(1).join() === asked.bounds.slice(1).join() &&
      (one.asked.bounds[0] ?? never) < bound &&
      rule.checkpoints.some((checkpoint) => one.rule.checkpoints.includes(checkpoint)) &&
      of.grades.some((code) => isHeldBy(one.rule, code) && isBetter(code, worst, of.grades)),
  )
  if (!better || worst === undefined || isHeldBy(better.rule, worst)) return []
  const code = of.grades.find((each) => isHeldBy(better.rule, each)) ?? ''
  const value = measured.write((better.asked.bounds[0] ?? 0n) + 1n)
  const customerOf = (grade: string, held: boolean) => ({
    knows: [ofGrade(grade), { id: rule.kind, label: measured.label, value }],
    gets: held ? gets('暂挂', 'held') : gets('不因此暂挂', 'not held for it'),
  })
  return [
    shownBy(worseHeldLater(of.path, worst, code), customerOf(code, true), customerOf(worst, false)),
  ]
}

function isBetter(code: string, than: string | undefined, grades: readonly string[]): boolean {
  return than !== undefined && grades.indexOf(code) < grades.indexOf(than)
}

function isHeldBy({ except, scope }: CheckRule, code: string): boolean {
  return (scope?.grades?.includes(code) ?? true) && !except?.grades?.includes(code)
}

function asksOnlyGrade({ except, scope, trial }: CheckRule): boolean {
  return (
    trial === undefined &&
    [scope, except].every((each) => Object.keys(each ?? {}).every((name) => name === 'grades'))
  )
}

function askedBy(rule: CheckRule, currency: Currency): Asked {
  const { kind } = rule
  switch (rule.kind) {
    case 'days-overdue':
      return { kind, bounds: [BigInt(rule.overDays), amount(rule.minimumAmount ?? '0', currency)] }
    case 'review-overdue':
    case 'oldest-open-item':
      return { kind, bounds: [BigInt(rule.overDays)] }
    case 'overdue-amount':
      return { kind, bounds: [amount(rule.over, currency), share(rule.overShare)] }
    case 'overdue-share':
      return { kind, bounds: [share(rule.overShare)] }
    case 'utilisation':
      return {
        kind: `${kind} ${rule.basis} ${[...rule.levels].sort()}`,
        bounds: [share(rule.overShare)],
      }
    case 'limit':
      return {
        kind: `${kind} ${rule.basis} ${[...rule.levels].sort()} ${rule.tolerance}`,
        bounds: [],
      }
    case 'dunning-level':
      return { kind, bounds: [BigInt(rule.from) - 1n] }
    case 'broken-promises':
      return { kind, bounds: [BigInt(rule.count) - 1n, -BigInt(rule.withinDays)] }
    case 'payment-returned':
      return { kind, bounds: [-BigInt(rule.withinDays)] }
    case 'maximum-document':
      return { kind, bounds: [amount(rule.over, currency)] }
    case 'fields-changed':
      return { kind: `${kind} ${[...rule.fields].sort()}`, bounds: [] }
    default:
      return { kind, bounds: [] }
  }
}

function amount(text: string | undefined, currency: Currency): bigint {
  const reading = parseScaled(text ?? '', exponentOf(currency))
  return reading.kind === 'scaled' ? reading.value : never
}

function share(text: string | undefined): bigint {
  const reading = parseShare(text ?? '')
  return reading.kind === 'scaled' ? reading.value : never
}

/** How the first number of a rule is said of a customer; null of rules without a threshold. */
function measureOf(rule: CheckRule, currency: Currency): Measured | null {
  const days = (zh: string, en: string) => ({ label: { zh, en }, write: String })
  const money = (zh: string, en: string): Measured => ({
    label: { zh, en },
    write: (minor) => scaledToDecimal(minor, exponentOf(currency)),
  })
  const percent = (zh: string, en: string): Measured => ({
    label: { zh, en },
    write: (bps) => `${scaledToDecimal(bps, 2)}%`,
  })
  switch (rule.kind) {
    case 'days-overdue':
      return days('逾期天数', 'Days overdue')
    case 'review-overdue':
      return days('复审逾期天数', 'Days since the review was due')
    case 'oldest-open-item':
      return days('最早未清天数', 'Days of the oldest open item')
    case 'overdue-amount':
      return rule.over === undefined ? null : money('逾期金额', 'Amount overdue')
    case 'maximum-document':
      return money('单据金额', 'Amount of the document')
    case 'overdue-share':
      return percent('逾期占比', 'Share overdue')
    case 'utilisation':
      return percent('额度使用率', 'Limit in use')
    case 'dunning-level':
      return days('催收级别', 'Dunning level')
    default:
      return null
  }
}

function madeUpOf(
  rule: CheckRule,
  { bounds }: Asked,
  currency: Currency,
  grades: readonly string[],
): MadeUpFact[] {
  const grade = grades.find((code) => isHeldBy(rule, code)) ?? ''
  const measured = measureOf(rule, currency)
  const value = measured?.write((bounds[0] ?? 0n) + 1n)
  const what = { id: rule.kind, label: measured?.label ?? { zh: '情形', en: 'Case' } }
  return [ofGrade(grade), { ...what, value: value ?? rule.kind }]
}

function reactionOf({ id, reaction }: CheckRule): Label {
  return reaction === 'hold'
    ? gets(`已由 ${id} 暂挂`, `held by ${id} already`)
    : gets(`已由 ${id} 提示`, `warned of by ${id} already`)
}

function noDifference(path: string, by: string): DocumentProblem {
  return problem(
    'unreachable',
    path,
    [`从不起作用: 规则 ${by} 已涵盖`, `This never matters: the rule ${by} covers it`],
    ['删除其中一条, 或改正界限或范围', 'Remove one of the two, or correct its bound or scope'],
  )
}

function worseHeldLater(path: string, worse: string, better: string): DocumentProblem {
  return problem(
    'not-monotone',
    path,
    [
      `较差的等级 ${worse} 比 ${better} 更晚暂挂`,
      `The worse grade ${worse} is held later than ${better}`,
    ],
    ['由好到差界限不放宽', 'Let bounds not widen from best to worst'],
  )
}
