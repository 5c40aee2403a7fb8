import { type RuleKind, rulePrecedence } from '#kernel/check/check-rules.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { type CanonicalObject, textAt } from './editing.ts'

const parameters: Readonly<Record<RuleKind, CanonicalObject>> = {
  'account-status': {},
  'file-closed': {},
  'no-file': {},
  'limit-expired': {},
  'review-overdue': { overDays: 30 },
  'days-overdue': { overDays: 30, minimumAmount: '0' },
  'overdue-amount': { overShare: '10%' },
  'overdue-share': { overShare: '30%' },
  'oldest-open-item': { overDays: 180 },
  'dunning-level': { from: 3 },
  'broken-promises': { count: 2, withinDays: 90 },
  'payment-returned': { withinDays: 90 },
  'maximum-document': { over: '1000000' },
  'terms-raised': {},
  'discount-raised': {},
  'fields-changed': { fields: ['payer'] },
  limit: { basis: 'dynamic', levels: ['segment', 'party', 'group'] },
  utilisation: { basis: 'dynamic', levels: ['party'], overShare: '90%' },
}

/** Kinds of rules in the order in which they are applied. */
export const ruleKinds: readonly RuleKind[] = rulePrecedence

/** A rule of a kind, which is only tried out until somebody lets it count. */
export function newRule(rules: readonly Canonical[], kind: RuleKind): Canonical {
  const id = freeId(rules, kind)
  return { id, kind, checkpoints: ['order'], reaction: 'shadow', ...parameters[kind] }
}

/** A copy of a rule, only tried out at first. */
export function copiedRule(rules: readonly Canonical[], rule: Canonical): Canonical {
  const { label: _, ...rest } = rule as CanonicalObject
  return { ...rest, id: freeId(rules, textAt(rule, ['id'])), reaction: 'shadow' }
}

function freeId(rules: readonly Canonical[], of: string): string {
  const taken = rules.map((each) => textAt(each, ['id']))
  const stem = of.replace(/-\d+$/, '')
  let number = 2
  while (taken.includes(`${stem}-${number}`)) number += 1
  return taken.includes(of) ? `${stem}-${number}` : of
}
