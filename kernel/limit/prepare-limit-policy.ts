import { parseScaled, parseShare, type ScaledReading } from '#kernel/document/decimal.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { type Prepared, prepareVariants } from '#kernel/document/variants.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { invariant } from '#kernel/invariant.ts'
import { checkLimitPolicy } from '#kernel/limit/check-limit-policy.ts'
import type { ByGrade, LimitFormula, LimitPolicy } from '#kernel/limit/limit-policy.ts'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import {
  checkRatingScale,
  defaultProbabilityBpsOf,
  gradeCodesOf,
  type RatingScale,
} from '#kernel/scoring/rating-scale.ts'

/** A limit policy that was checked, with amounts as minor units and shares as basis points. */
export type PreparedLimitPolicy = {
  readonly document: LimitPolicy
  readonly currency: Currency
  readonly grades: ReadonlyMap<string, GradePolicy>
  readonly stepMinor: bigint
  readonly keepWithin: { readonly shareBps: bigint; readonly minor: bigint } | null
  readonly raise: { readonly shareBps: bigint; readonly everyMonths: number } | null
  /** What formulas and the new-customer rule read. */
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Policies for some customers; the first that fits holds in place of this one. */
  readonly variants: readonly Prepared<PreparedLimitPolicy>[]
}

/** What the policy says for one grade. */
export type GradePolicy = {
  readonly floorMinor: bigint
  readonly capMinor: bigint
  readonly newCustomerMinor: bigint
  /** In the order of the document. */
  readonly formulas: readonly PreparedFormula[]
}

/** A formula with the parameters of one grade; factors are ten-thousandths. */
export type PreparedFormula = { readonly document: LimitFormula } & (
  | { readonly kind: 'share-of-indicator'; readonly indicator: string; readonly shareBps: bigint }
  | {
      readonly kind: 'need'
      readonly monthlySales: string
      readonly expectedDelay: string | null
      readonly termDays: number
      readonly factor: bigint
    }
  | { readonly kind: 'amount'; readonly minor: bigint }
  | {
      readonly kind: 'expected-loss'
      readonly budgetMinor: bigint
      readonly probabilityBps: bigint
      readonly lossBps: bigint
    }
)

type LimitPreparation =
  | { readonly kind: 'prepared'; readonly policy: PreparedLimitPolicy }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

/** Checks a limit policy against its scale and the indicators there are, and parses it once. */
export function prepareLimitPolicy(
  document: LimitPolicy,
  scale: RatingScale,
  indicators: readonly Indicator[],
): LimitPreparation {
  const scaleProblems = checkRatingScale(scale)
  if (scaleProblems.length > 0) return { kind: 'problems', problems: scaleProblems }
  const problems: DocumentProblem[] = []
  const policy = preparePolicy(document, scale, indicators, problems)
  const variants = prepareVariants<LimitPolicy, PreparedLimitPolicy>(
    document,
    (merged) => {
      const found: DocumentProblem[] = []
      const ready = preparePolicy(merged, scale, indicators, found)
      return ready ? { kind: 'ready', policy: ready } : { kind: 'problems', problems: found }
    },
    problems,
  )
  if (!policy || problems.length > 0) return { kind: 'problems', problems }
  return { kind: 'prepared', policy: { ...policy, variants } }
}

/** What a policy and its variants read to decide: far fewer than all the indicators that it knows. */
export function indicatorsOfLimit(policy: PreparedLimitPolicy): readonly Indicator[] {
  const ids = [policy, ...policy.variants.map((each) => each.policy)].flatMap(({ document }) => [
    document.newCustomer.relationshipMonths,
    document.newCustomer.invoiceCount,
    ...document.formulas.flatMap(readByFormula),
  ])
  return [...new Set(ids)].flatMap((id) => policy.indicators.get(id) ?? [])
}

function readByFormula(formula: LimitFormula): readonly string[] {
  switch (formula.kind) {
    case 'share-of-net-worth':
    case 'share-of-annual-sales':
    case 'peak-exposure':
      return [formula.indicator]
    case 'need':
      return [formula.monthlySales, ...(formula.expectedDelay ? [formula.expectedDelay] : [])]
    case 'fixed':
    case 'expected-loss':
      return []
  }
}

/** One policy, without regard to its variants; undefined where there are problems. */
function preparePolicy(
  document: LimitPolicy,
  scale: RatingScale,
  indicators: readonly Indicator[],
  problems: DocumentProblem[],
): PreparedLimitPolicy | undefined {
  problems.push(...checkLimitPolicy(document, scale, indicators))
  const currency = parseCurrency(document.currency)
  if (problems.length > 0 || currency === null) return undefined
  const { keepWithin, raise } = document
  const grades = gradeCodesOf(scale).map((code): [string, GradePolicy] => [
    code,
    gradePolicy(document, scale, code, currency),
  ])
  return {
    document,
    currency,
    grades: new Map(grades),
    stepMinor: amountOf(document.roundTo, currency),
    keepWithin: keepWithin
      ? { shareBps: shareOf(keepWithin.share), minor: amountOf(keepWithin.amount, currency) }
      : null,
    raise: raise ? { shareBps: shareOf(raise.share), everyMonths: raise.everyMonths } : null,
    indicators: new Map(indicators.map((indicator) => [indicator.id, indicator])),
    variants: [],
  }
}

function gradePolicy(
  document: LimitPolicy,
  scale: RatingScale,
  code: string,
  currency: Currency,
): GradePolicy {
  return {
    floorMinor: document.floors ? amountOf(entryOf(document.floors, code), currency) : 0n,
    capMinor: amountOf(entryOf(document.caps, code), currency),
    newCustomerMinor: amountOf(entryOf(document.newCustomer.amounts, code), currency),
    formulas: document.formulas.map((formula) =>
      prepareFormula(formula, { document, scale, code, currency }),
    ),
  }
}

function prepareFormula(
  formula: LimitFormula,
  of: { document: LimitPolicy; scale: RatingScale; code: string; currency: Currency },
): PreparedFormula {
  const { code, currency } = of
  switch (formula.kind) {
    case 'share-of-net-worth':
    case 'share-of-annual-sales': {
      const shareBps = shareOf(entryOf(formula.shares, code))
      const { indicator } = formula
      return { document: formula, kind: 'share-of-indicator', indicator, shareBps }
    }
    case 'peak-exposure': {
      const { indicator } = formula
      const shareBps = factorOf(formula.factor)
      return { document: formula, kind: 'share-of-indicator', indicator, shareBps }
    }
    case 'need':
      return {
        document: formula,
        kind: 'need',
        monthlySales: formula.monthlySales,
        expectedDelay: formula.expectedDelay ?? null,
        termDays: of.document.terms[code]?.days ?? 0,
        factor: factorOf(formula.seasonFactor),
      }
    case 'fixed': {
      const minor = amountOf(entryOf(formula.amounts, code), currency)
      return { document: formula, kind: 'amount', minor }
    }
    case 'expected-loss': {
      const probabilityBps = defaultProbabilityBpsOf(of.scale, code)
      invariant(probabilityBps !== null, `the scale has a probability of default for ${code}`)
      return {
        document: formula,
        kind: 'expected-loss',
        budgetMinor: amountOf(formula.budget, currency),
        probabilityBps,
        lossBps: shareOf(formula.lossGivenDefault),
      }
    }
  }
}

function entryOf(table: ByGrade, code: string): string {
  const entry = table[code]
  invariant(entry !== undefined, `a checked table names the grade ${code}`)
  return entry
}

function amountOf(text: string, currency: Currency): bigint {
  return checked(parseScaled(text, exponentOf(currency)))
}

function shareOf(text: string): bigint {
  return checked(parseShare(text))
}

function factorOf(text: string): bigint {
  return checked(parseScaled(text, 4))
}

function checked(reading: ScaledReading): bigint {
  invariant(reading.kind === 'scaled', 'a checked policy holds decimals only')
  return reading.value
}
