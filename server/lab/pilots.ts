import type { NewStep, PilotList, RulePilot, TrialReadout } from '#contract/pilot.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { readCheckResult } from '#kernel/check/check-result.ts'
import type { CheckRule, CheckRules } from '#kernel/check/check-rules.ts'
import { explainRule } from '#kernel/check/explain-check.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { type Canonical, canonicalText } from '#kernel/decision/canonical.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { PolicyKind } from '#kernel/policy/policy.ts'
import { storedChecks } from '#server/check/public.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { groupComparison } from '#server/lab/group-comparison.ts'
import { type CountedVersion, membershipIn, trialsIn } from '#server/lab/trials-in.ts'
import { familiesOf, findRatedParties } from '#server/party/public.ts'
import { type FiredSum, firedByCustomer, firedByWeek, latestFired } from '#server/pilot/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import { dayIn } from '#server/platform/today.ts'
import { draftPolicy, storedVersions } from '#server/policy/public.ts'

const kinds = ['check-rules', 'scorecard', 'limit-policy'] as const satisfies PolicyKind[]
const latest = 50

/** Rules that hold nobody yet, with what they would hold, and trials of all policies. */
export async function listPilots(context: Context): Promise<PilotList> {
  const { db, today } = context
  const [rules, read] = await Promise.all([rulesThatCount(context), readWith(context)])
  const items: PilotList['rules'] = []
  for (const rule of rules?.document.rules ?? []) {
    if (rules && (rule.reaction === 'shadow' || rule.reaction === 'warn'))
      items.push((await pilotOf(context, { rules, rule, read })).reply)
  }
  const trials: PilotList['trials'] = []
  for (const kind of kinds) {
    const isRead = kind === 'check-rules' && rules !== null
    const versions = isRead ? rules.versions : await storedVersions(db, { everPublished: kind })
    const [current] = versions
    for (const trial of current?.state === 'published' ? trialsIn(current) : [])
      trials.push({ ...trial, since: trialSince(versions, trial.name, read.timeZone) })
  }
  return { asOf: today, rules: items, trials }
}

/** What a rule would hold, or holds, and what became of those customers beside all others. */
export async function showRulePilot(context: Context, id: string): Promise<RulePilot | Refusal> {
  const { db } = context
  const rules = await rulesThatCount(context)
  const rule = rules?.document.rules.find((each) => each.id === id)
  if (!rules || !rule) return noRule
  const read = await readWith(context)
  const { reply, sums } = await pilotOf(context, { rules, rule, read })
  const of = { rule: id, since: reply.since as Day }
  const passed = sums.filter(({ isHeld }) => !isHeld).map(({ partyId }) => partyId)
  const struck = new Set((await familiesOf(db, passed)).values())
  return {
    ...reply,
    weeks: await firedByWeek(db, of),
    latest: await latestOf(context, of),
    comparison: await groupComparison(context, {
      since: of.since,
      isChallenger: (party) => struck.has(party.id),
    }),
  }
}

/** Drafts the check rules that count with another reaction of one rule. */
export async function stepRule(
  context: Context,
  id: string,
  { reaction, replaces }: NewStep,
): Promise<{ id: string; number: number } | Refusal> {
  const rules = await rulesThatCount(context)
  const rule = rules?.document.rules.find((each) => each.id === id)
  if (!rules || !rule) return noRule
  if (rule.reaction === reaction) {
    return refuse('wrong-state', `reaction: the rule is at "${reaction}" already.`, {
      zh: '这条规则已经是这一步了。',
    })
  }
  const changed = rules.document.rules.map((each) => (each === rule ? { ...each, reaction } : each))
  return draftPolicy(context, {
    kind: 'check-rules',
    document: { ...rules.document, rules: changed },
    note: `${id}: ${rule.reaction} → ${reaction}`,
    ...(replaces === undefined ? {} : { replaces }),
  })
}

/** What became of the challengers of a trial beside its champions. */
export async function readTrial(
  context: Context,
  { kind: of, name }: { readonly kind: string; readonly name: string },
): Promise<TrialReadout | Refusal> {
  const kind = kinds.find((each) => each === of)
  const versions = kind ? await storedVersions(context.db, { everPublished: kind }) : []
  const [current] = versions
  const trial =
    current?.state === 'published' && trialsIn(current).find((each) => each.name === name)
  if (!current || !trial) {
    return refuse('not-found', 'There is no such trial in the published policy.')
  }
  const since = trialSince(versions, name, (await findCompany(context.db))?.timeZone ?? 'UTC')
  return {
    ...{ ...trial, since, isDue: context.today >= trial.readOn },
    comparison: await groupComparison(context, {
      since,
      isChallenger: membershipIn(current, name),
    }),
  }
}

const noRule = refuse('not-found', 'There is no such rule in the published check rules.')

type Rules = {
  readonly versions: readonly CountedVersion[]
  readonly versionId: string
  readonly document: CheckRules
}

async function rulesThatCount({ db }: Context): Promise<Rules | null> {
  const versions = await storedVersions(db, { everPublished: 'check-rules' })
  const [current] = versions
  if (current?.state !== 'published') return null
  return { versions, versionId: current.id, document: current.document as CheckRules }
}

/** What of the company pilots are read with. */
async function readWith({ db, today }: Context) {
  const [company, rates] = await Promise.all([findCompany(db), rateBookAsOf(db, today)])
  const base = (company?.baseCurrency ?? 'CNY') as Currency
  return { base, rates, timeZone: company?.timeZone ?? 'UTC' }
}

type Piloted = {
  readonly reply: PilotList['rules'][number]
  readonly sums: readonly FiredSum[]
}

async function pilotOf(
  { db, today }: Context,
  of: {
    readonly rules: Rules
    readonly rule: CheckRule
    readonly read: Awaited<ReturnType<typeof readWith>>
  },
): Promise<Piloted> {
  const { rule, rules } = of
  const { base, rates, timeZone } = of.read
  const since = dayAlikeSince(rules.versions, timeZone, (version) => {
    const same = (version.document as CheckRules).rules.find(({ id }) => id === rule.id)
    return same !== undefined && textOf(same) === textOf(rule)
  })
  const sums = await firedByCustomer(db, { rule: rule.id, since })
  let [amount, documents, held, withoutRate] = [0n, 0, 0, 0]
  for (const sum of sums) {
    documents += sum.documents
    if (sum.isHeld) held += sum.documents
    else {
      const worth = { minor: sum.amountMinor, currency: sum.currency }
      const inBase = rates.convert(worth, base, today)
      if (inBase === null) withoutRate += sum.documents
      else amount += inBase
    }
  }
  const reply = {
    ...{ rule: rule.id, versionId: rules.versionId, asked: rule, reaction: rule.reaction },
    ...{ currency: rules.document.currency, since, baseCurrency: base, withoutRate },
    ...{ documents, held, customers: new Set(sums.map(({ partyId }) => partyId)).size },
    amount: toDecimal({ minor: amount, currency: base }),
  }
  return { reply, sums }
}

function textOf(rule: CheckRule): string {
  return canonicalText(rule as unknown as Canonical)
}

function trialSince(versions: readonly CountedVersion[], name: string, timeZone: string): Day {
  return dayAlikeSince(versions, timeZone, (version) =>
    trialsIn(version).some((each) => each.name === name),
  )
}

/** The day since which all versions that counted, up to the one that counts, are alike in something. */
function dayAlikeSince(
  versions: readonly CountedVersion[],
  timeZone: string,
  isAlike: (version: CountedVersion) => boolean,
): Day {
  const end = versions.findIndex((version) => !isAlike(version))
  const first = versions.slice(0, end < 0 ? undefined : end).at(-1)
  invariant(first?.publishedAt, 'the version that counts is alike to itself')
  return dayIn(timeZone, first.publishedAt)
}

async function latestOf(
  { db }: Context,
  of: { readonly rule: string; readonly since: Day },
): Promise<RulePilot['latest']> {
  const rows = await latestFired(db, of, latest)
  const decisions = await firedIn(db, rows)
  const ids = [...new Set(rows.map(({ partyId }) => partyId))]
  const survivors = await familiesOf(db, ids)
  const parties = await findRatedParties(db, [...new Set(survivors.values())])
  const names = new Map(parties.map(({ id, name }) => [id, name]))
  return rows.map(({ amountMinor, currency, ...row }) => {
    const fired = decisions.get(row.decisionId)?.find(({ rule }) => rule === of.rule)
    return {
      ...{ partyId: row.partyId, party: names.get(survivors.get(row.partyId) ?? '') ?? '' },
      ...{ number: row.number, on: row.decidedOn, isHeld: row.isHeld, currency },
      amount: toDecimal({ minor: amountMinor, currency }),
      sentence: fired ? explainRule(fired) : null,
    }
  })
}

/** What fired in the decisions about documents, by decision. */
async function firedIn(
  db: Reader,
  rows: readonly { readonly partyId: string; readonly decisionId: string }[],
) {
  const checks = await storedChecks(
    db,
    rows.map(({ decisionId, partyId }) => ({ partyId, id: decisionId })),
  )
  return new Map(
    checks.map(({ id, inputs, result }) => {
      const { decision } = readCheckResult(result, readCheckInputs(inputs).facts)
      return [id, [...decision.shadowed, ...decision.fired]]
    }),
  )
}
