import { gets, type MadeUpFact } from '#kernel/document/made-up-customer.ts'
import { type DocumentProblem, problem, shownBy } from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import {
  boundText,
  contains,
  factOf,
  intersection,
  type Range,
  someValueIn,
} from '#kernel/scoring/bounds.ts'
import type { PreparedCondition, PreparedRule } from '#kernel/scoring/prepared-rule.ts'

/** A rule with the place where it was written. */
export type RuleAt = { readonly path: string; readonly rule: PreparedRule }

type RulesOfCard = {
  /** Best first. */
  readonly codes: readonly string[]
  readonly floors: readonly RuleAt[]
  readonly requirements: readonly RuleAt[]
  readonly knockOuts: readonly RuleAt[]
}

/** Whom a rule is about: what each indicator it asks must be. */
type Region = ReadonlyMap<string, Wanted>
type Wanted = { readonly indicator: Indicator; readonly range: Range; readonly is: string | null }
type Placed = RuleAt & { readonly region: Region }

/**
 * Rules that can never act or that undo each other: conditions that nobody meets, a floor that
 * another rule always takes back, a grade whose needs always cap it, a rule that another already
 * covers. Conditions are ranges joined by "and", so whether one rule's customers are all another's
 * is decided exactly, indicator by indicator.
 */
export function ruleConflicts(card: RulesOfCard): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  const place = (rules: readonly RuleAt[]) =>
    rules.flatMap((each): Placed[] => {
      const region = regionOf(each, problems)
      return region ? [{ ...each, region }] : []
    })
  const floors = place(card.floors)
  const requirements = place(card.requirements)
  const knockOuts = place(card.knockOuts)
  const codeOf = ({ rule }: RuleAt) => card.codes[rule.grade] ?? ''
  const none: DocumentProblem[] = []
  return problems.concat(
    ...floors.map((floor, index) => {
      const cap = knockOuts.find(
        (each) => each.rule.grade > floor.rule.grade && covers(each, floor),
      )
      if (cap) return [takenBack(floor, codeOf(floor), codeOf(cap), cap.path)]
      const needs = requirements.find(
        (each) => each.rule.grade >= floor.rule.grade && areApart(each.region, floor.region),
      )
      if (needs) return [takenBack(floor, codeOf(floor), `< ${codeOf(needs)}`, needs.path)]
      const better = coverOf(floor, index, floors, (one) => one.rule.grade <= floor.rule.grade)
      return better ? [covered(floor, codeOf(better), better.path)] : none
    }),
    ...requirements.map((each) => {
      const cap = knockOuts.find((one) => one.rule.grade > each.rule.grade && covers(one, each))
      return cap ? [neverReached(each, codeOf(each), codeOf(cap), cap.path)] : none
    }),
    ...knockOuts.map((each, index) => {
      const worse = coverOf(each, index, knockOuts, (one) => one.rule.grade >= each.rule.grade)
      return worse ? [covered(each, codeOf(worse), worse.path)] : none
    }),
  )
}

/** What all conditions ask together; null where they exclude each other, which is told. */
function regionOf({ path, rule }: RuleAt, problems: DocumentProblem[]): Region | null {
  const region = new Map<string, Wanted>()
  for (const condition of rule.conditions) {
    const before = region.get(condition.indicator.id)
    const wanted = before ? both(before, condition) : condition
    if (before && !wanted) {
      problems.push(excluding(path, before, condition))
      return null
    }
    region.set(condition.indicator.id, wanted ?? condition)
  }
  return region
}

function both(a: Wanted, b: PreparedCondition): Wanted | null {
  if (a.is !== null || b.is !== null) return a.is === b.is ? a : null
  const range = intersection(a.range, b.range)
  return range && { ...a, range }
}

/** Whether everybody whom `inner` is about is one whom `outer` is about. */
function covers(outer: Placed, inner: Placed): boolean {
  return [...outer.region.values()].every((wide) => {
    const narrow = inner.region.get(wide.indicator.id)
    if (!narrow) return false
    if (wide.is !== null || narrow.is !== null) return wide.is === narrow.is
    return contains(wide.range, narrow.range)
  })
}

function areApart(a: Region, b: Region): boolean {
  return [...a.values()].some((one) => {
    const other = b.get(one.indicator.id)
    return other !== undefined && both(one, other) === null
  })
}

/** Another rule that covers this one and is at least as strong; of two alike, the earlier one. */
function coverOf(
  of: Placed,
  index: number,
  rules: readonly Placed[],
  isAsStrong: (one: Placed) => boolean,
): Placed | undefined {
  return rules.find((one, place) => {
    if (one === of || !isAsStrong(one) || !covers(one, of)) return false
    const areAlike = one.rule.grade === of.rule.grade && covers(of, one)
    return !areAlike || place < index
  })
}

function madeUpOf({ region }: Placed): MadeUpFact[] {
  return [...region.values()].map(({ indicator, is, range }) =>
    factOf(indicator, is ?? someValueIn(range)),
  )
}

function excluding(path: string, first: Wanted, second: PreparedCondition): DocumentProblem {
  const value = first.is ?? boundText(someValueIn(first.range), first.indicator)
  const found = problem(
    'unreachable',
    path,
    ['没有客户能同时满足这些条件', 'No customer can meet these conditions together'],
    ['删去其中一个条件, 或改正界限', 'Remove one of the conditions or correct its bounds'],
  )
  const { id, label } = second.indicator
  return shownBy(found, {
    knows: [{ id, label, value }],
    gets: gets('满足前一条件, 不满足后一条件', 'meets the first condition, not the other one'),
  })
}

function takenBack(floor: Placed, lifted: string, to: string, by: string): DocumentProblem {
  const found = problem(
    'inconsistent',
    floor.path,
    [`总被 ${by} 收回`, `This is always taken back by ${by}`],
    ['删除其中一条, 或改正条件', 'Remove one of the two or correct its conditions'],
  )
  return shownBy(found, {
    knows: madeUpOf(floor),
    gets: gets(`先提到 ${lifted}, 又降为 ${to}`, `lifted to ${lifted}, then put at ${to}`),
  })
}

function neverReached(needs: Placed, code: string, cap: string, by: string): DocumentProblem {
  const found = problem(
    'unreachable',
    needs.path,
    [`满足者都被 ${by} 封顶, 无人能得 ${code}`, `${by} caps all who meet this: none gets ${code}`],
    ['改正其中一条的条件', 'Correct the conditions of one of the two'],
  )
  return shownBy(found, {
    knows: madeUpOf(needs),
    gets: gets(`满足 ${code} 的要求, 却封顶于 ${cap}`, `what ${code} needs, yet capped at ${cap}`),
  })
}

function covered(rule: Placed, code: string, by: string): DocumentProblem {
  const found = problem(
    'unreachable',
    rule.path,
    [`从不起作用: ${by} 已涵盖`, `This never matters: ${by} covers it`],
    ['删除此条, 或改正条件', 'Remove it or correct its conditions'],
  )
  return shownBy(found, {
    knows: madeUpOf(rule),
    gets: gets(`由 ${by} 得 ${code}`, `${code} by ${by}`),
  })
}
