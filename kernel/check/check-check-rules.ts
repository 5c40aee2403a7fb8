import {
  allSpared,
  duplicateEntry,
  duplicateRule,
  empty,
  noBound,
  noCount,
  noLevel,
  noMinutes,
  noStatusRule,
  notAnAmount,
  notAShare,
  notDays,
} from '#kernel/check/check-rule-problems.ts'
import type { CheckRule, CheckRules, RuleExceptions, RuleScope } from '#kernel/check/check-rules.ts'
import { uselessRules } from '#kernel/check/useless-rules.ts'
import { parseScaled, parseShare } from '#kernel/document/decimal.ts'
import {
  type DocumentProblem,
  unknownCurrency,
  unknownReference,
} from '#kernel/document/problem.ts'
import { checkTrials } from '#kernel/document/trial.ts'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import { checkRatingScale, gradeCodesOf, type RatingScale } from '#kernel/scoring/rating-scale.ts'

/** Names that check rules may use. */
export type KnownNames = {
  /** Roles of the people who work with us, who may release. */
  readonly roles: readonly string[]
  /** Roles of parties: customer, supplier … */
  readonly partyRoles: readonly string[]
}

type Context = {
  readonly known: KnownNames
  readonly grades: readonly string[]
  readonly currency: Currency
  readonly problems: DocumentProblem[]
}

/** Most days that a rule may look back or ahead: ten years. */
const mostDays = 3650

/**
 * What keeps check rules from being used: a rule that could never fire, that contradicts another or
 * itself, a name that is unknown, a number that is none, or no rule that stops a frozen account.
 */
export function checkCheckRules(
  document: CheckRules,
  scale: RatingScale,
  known: KnownNames,
): DocumentProblem[] {
  const scaleProblems = checkRatingScale(scale)
  if (scaleProblems.length > 0) return scaleProblems
  const currency = parseCurrency(document.currency)
  if (currency === null) return [unknownCurrency(document.currency)]
  const context: Context = { known, grades: gradeCodesOf(scale), currency, problems: [] }
  const { problems } = context
  if (document.scale !== scale.id) {
    const wanted = ['等级表', 'rating scale'] as const
    problems.push(unknownReference('scale', wanted, document.scale, [scale.id]))
  }
  checkWhole(document, context)
  checkIds(document.rules, context)
  document.rules.forEach((rule, index) => {
    const path = `rules[${index}]`
    checkCommon(rule, path, context)
    checkParameters(rule, path, context)
  })
  problems.push(
    ...checkTrials(document.rules.map(({ trial }, at) => [`rules[${at}].trial`, trial])),
  )
  checkStatusRule(document.rules, context)
  if (problems.length === 0) problems.push(...uselessRules(document, context.grades, currency))
  return problems
}

function checkWhole(document: CheckRules, context: Context): void {
  const { horizon, releaseAuthority } = document
  if (horizon) {
    checkDays(horizon.days, 'horizon.days', context)
    checkShare(horizon.laterShare, 'horizon.laterShare', context)
  }
  checkShare(document.tolerance, 'tolerance', context)
  checkShare(document.amendTolerance, 'amendTolerance', context)
  if (document.graceDays > mostDays) context.problems.push(notDays('graceDays'))
  const minutes = document.reservationMinutes
  if (minutes < 1 || minutes > 60 * 24 * 366) {
    context.problems.push(noMinutes('reservationMinutes'))
  }
  for (const [role, amount] of Object.entries(releaseAuthority)) {
    const path = `releaseAuthority.${role}`
    if (!context.known.roles.includes(role)) {
      const wanted = ['角色', 'role'] as const
      context.problems.push(unknownReference(path, wanted, role, context.known.roles))
    }
    if (amount !== 'unlimited') checkAmount(amount, path, context)
  }
}

function checkIds(rules: readonly CheckRule[], { problems }: Context): void {
  const ids = rules.map((rule) => rule.id)
  ids.forEach((id, index) => {
    if (ids.indexOf(id) !== index) problems.push(duplicateRule(`rules[${index}].id`, id))
  })
}

function checkCommon(rule: CheckRule, path: string, context: Context): void {
  checkList(rule.checkpoints, `${path}.checkpoints`, context)
  if (rule.scope) checkScope(rule.scope, `${path}.scope`, context)
  if (rule.except) checkScope(rule.except, `${path}.except`, context)
  const spared = rule.except?.grades ?? []
  const meant = rule.scope?.grades
  if (meant && meant.length > 0 && meant.every((grade) => spared.includes(grade))) {
    context.problems.push(allSpared(`${path}.except.grades`))
  }
}

function checkScope(scope: RuleExceptions, path: string, context: Context): void {
  const { grades, known, problems } = context
  const lists = Object.entries(scope)
  if (lists.length === 0) problems.push(empty(path))
  for (const [name, entries] of lists) checkList(entries, `${path}.${name}`, context)
  checkNames(scope.grades, grades, `${path}.grades`, ['等级', 'grade'], context)
  checkNames(scope.roles, known.partyRoles, `${path}.roles`, ['往来角色', 'party role'], context)
}

function checkNames(
  names: RuleScope['grades'],
  known: readonly string[],
  path: string,
  what: readonly [string, string],
  { problems }: Context,
): void {
  names?.forEach((name, index) => {
    if (!known.includes(name)) {
      problems.push(unknownReference(`${path}[${index}]`, what, name, known))
    }
  })
}

function checkList(entries: readonly string[], path: string, { problems }: Context): void {
  if (entries.length === 0) problems.push(empty(path))
  entries.forEach((entry, index) => {
    if (entries.indexOf(entry) !== index) problems.push(duplicateEntry(`${path}[${index}]`, entry))
  })
}

function checkParameters(rule: CheckRule, path: string, context: Context): void {
  switch (rule.kind) {
    case 'days-overdue':
      if (rule.minimumAmount !== undefined) {
        checkAmount(rule.minimumAmount, `${path}.minimumAmount`, context)
      }
      checkOver(rule.overDays, `${path}.overDays`, context)
      return
    case 'review-overdue':
    case 'oldest-open-item':
      checkOver(rule.overDays, `${path}.overDays`, context)
      return
    case 'overdue-amount':
      if (rule.over === undefined && rule.overShare === undefined) {
        context.problems.push(noBound(path))
      }
      if (rule.over !== undefined) checkAmount(rule.over, `${path}.over`, context)
      if (rule.overShare !== undefined) checkShare(rule.overShare, `${path}.overShare`, context)
      return
    case 'overdue-share':
      checkShare(rule.overShare, `${path}.overShare`, context)
      return
    case 'dunning-level':
      if (rule.from < 1 || rule.from > 99) context.problems.push(noLevel(`${path}.from`))
      return
    case 'broken-promises':
      if (rule.count < 1) context.problems.push(noCount(`${path}.count`))
      checkDays(rule.withinDays, `${path}.withinDays`, context)
      return
    case 'payment-returned':
      checkDays(rule.withinDays, `${path}.withinDays`, context)
      return
    case 'maximum-document':
      checkAmount(rule.over, `${path}.over`, context)
      return
    case 'fields-changed':
      checkList(rule.fields, `${path}.fields`, context)
      return
    case 'limit':
      checkList(rule.levels, `${path}.levels`, context)
      if (rule.tolerance !== undefined) checkShare(rule.tolerance, `${path}.tolerance`, context)
      return
    case 'utilisation':
      checkList(rule.levels, `${path}.levels`, context)
      checkShare(rule.overShare, `${path}.overShare`, context)
      return
    default:
  }
}

/** A freeze must take effect at every checkpoint for everybody, so its rule cannot be left out. */
function checkStatusRule(rules: readonly CheckRule[], { problems }: Context): void {
  const stops = (rule: CheckRule) =>
    rule.kind === 'account-status' &&
    rule.reaction === 'hold' &&
    rule.checkpoints.includes('order') &&
    rule.checkpoints.includes('delivery') &&
    rule.scope === undefined &&
    rule.trial === undefined &&
    rule.except === undefined
  if (!rules.some(stops)) problems.push(noStatusRule)
}

function checkAmount(text: string, path: string, { currency, problems }: Context): void {
  const reading = parseScaled(text, exponentOf(currency))
  if (reading.kind !== 'scaled' || reading.value < 0n) problems.push(notAnAmount(path))
}

function checkShare(text: string, path: string, { problems }: Context): void {
  const reading = parseShare(text)
  const isShare = reading.kind === 'scaled' && reading.value >= 0n && reading.value <= 10_000n
  if (!isShare) problems.push(notAShare(path))
}

function checkDays(days: number, path: string, { problems }: Context): void {
  if (days < 1 || days > mostDays) problems.push(notDays(path))
}

function checkOver(days: number, path: string, { problems }: Context): void {
  if (days > mostDays) problems.push(notDays(path))
}
