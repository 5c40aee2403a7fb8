import type { ReactNode } from 'react'
import {
  type CheckRule,
  type CheckRules,
  type RuleExceptions,
  rulePrecedence,
} from '#kernel/check/check-rules.ts'
import { amountText } from '../ui/amount-text.ts'
import { Mark } from '../ui/mark.tsx'
import { Card, Descriptions } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import { useRoleName } from '../user/use-role-name.ts'
import { trialText } from './trial-text.ts'

/** Check rules in words, in the order in which they are applied. */
export function RulesView({ rules }: { rules: CheckRules }): ReactNode {
  const { pick, say } = useWords()
  const ordered = rulePrecedence.flatMap((kind) => rules.rules.filter((each) => each.kind === kind))
  return (
    <>
      <Card title={pick(rules.label)}>
        <General rules={rules} />
      </Card>
      <Card title={say('policy.rules')}>
        <p className="quiet card-note">{say('policy.rules.note')}</p>
        <PlainTable
          titles={[
            'policy.rule',
            'policy.checkpoint',
            'policy.reaction',
            'policy.scope',
            'policy.except',
          ]}
        >
          {ordered.map((rule) => (
            <tr key={rule.id}>
              <th scope="row" title={rule.id}>
                {rule.label ? `${pick(rule.label)}: ` : ''}
                {ruleText(rule, rules.currency, say)}
              </th>
              <td>{rule.checkpoints.map((each) => say(`policy.at.${each}`)).join(', ')}</td>
              <td>
                <Mark
                  tone={
                    rule.reaction === 'hold' ? 'bad' : rule.reaction === 'warn' ? 'warn' : 'plain'
                  }
                >
                  {say(`policy.reaction.${rule.reaction}`)}
                </Mark>
              </td>
              <td>
                {rule.scope ? whom(rule.scope, say) : say('policy.everybody')}
                {rule.trial && <div>{trialText(rule.trial, say)}</div>}
              </td>
              <td>{rule.except ? whom(rule.except, say) : <span className="quiet">-</span>}</td>
            </tr>
          ))}
        </PlainTable>
      </Card>
    </>
  )
}

function General({ rules }: { rules: CheckRules }): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  const { horizon } = rules
  return (
    <Descriptions
      items={[
        [say('ui.currency'), rules.currency],
        [
          say('policy.horizon'),
          horizon && say('policy.horizon.text', { days: horizon.days, share: horizon.laterShare }),
        ],
        [say('policy.cashOrders'), say(`policy.cashOrders.${rules.cashOrders}`)],
        [say('policy.tolerance'), rules.tolerance],
        [say('policy.amendTolerance'), rules.amendTolerance],
        [say('policy.graceDays'), String(rules.graceDays)],
        [say('policy.reservation'), String(rules.reservationMinutes)],
        [
          say('policy.authority'),
          Object.entries(rules.releaseAuthority).map(([role, most]) => (
            <div key={role}>
              {roleName(role)}: {most === 'unlimited' ? say('policy.unlimited') : amountText(most)}
            </div>
          )),
        ],
      ]}
    />
  )
}

/** What a rule asks, with its numbers. */
export function ruleText(rule: CheckRule, currency: string, say: Say): string {
  const amount = (text: string) => `${amountText(text)} ${currency}`
  if ('overDays' in rule && rule.overDays === 0 && rule.kind !== 'oldest-open-item') {
    return say(`policy.rule.any.${rule.kind}`)
  }
  const text = say(`policy.rule.${rule.kind}`, factsOf(rule, amount, say))
  if (rule.kind !== 'days-overdue' || /^[0.]*$/.test(rule.minimumAmount ?? '')) return text
  return `${text}, ${say('policy.rule.from', { amount: amount(rule.minimumAmount ?? '') })}`
}

function factsOf(
  rule: CheckRule,
  amount: (text: string) => string,
  say: Say,
): Readonly<Record<string, string | number>> {
  switch (rule.kind) {
    case 'overdue-amount':
      return { over: rule.over === undefined ? (rule.overShare ?? '') : amount(rule.over) }
    case 'maximum-document':
      return { over: amount(rule.over) }
    case 'fields-changed':
      return { fields: rule.fields.map((field) => fieldName(field, say)).join(', ') }
    case 'limit':
    case 'utilisation':
      return {
        levels: rule.levels.map((level) => say(`policy.level.${level}`)).join(', '),
        basis: say(`policy.basis.${rule.basis}`),
        ...(rule.kind === 'utilisation' && { overShare: rule.overShare }),
      }
    default:
      return numbersOf(rule)
  }
}

function numbersOf(rule: CheckRule): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(rule).filter(([, value]) => /^(string|number)$/.test(typeof value)),
  )
}

const fields = ['payer', 'terms', 'discount', 'requested-on', 'quantity', 'price'] as const

function fieldName(field: string, say: Say): string {
  const known = fields.find((each) => each === field)
  return known ? say(`policy.field.${known}`) : field
}

function whom(of: RuleExceptions, say: Say): string {
  const parts = (
    ['segments', 'grades', 'roles', 'industries', 'departments', 'regions', 'parties'] as const
  ).flatMap((name) => (of[name] ? [`${say(`policy.whom.${name}`)} ${of[name].join(', ')}`] : []))
  return parts.join('; ')
}
