import type { NewRelease } from '#contract/hold.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import {
  type Authority,
  decideRelease,
  type ReleaseDecision,
  type RoleAuthority,
} from '#kernel/check/decide-release.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { type Money, money, toReadable } from '#kernel/money/money.ts'
import { findHold, type HoldRow } from '#server/check/hold.store.ts'
import { holdEnded } from '#server/check/hold-ended.ts'
import { readAuthority } from '#server/check/release-authority.ts'
import type { Reader } from '#server/platform/database.ts'
import { readDay } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'

export type HoldKey = { readonly partyId: string; readonly id: string }

export type PermittedRelease = {
  readonly hold: HoldRow
  readonly upTo: Money
  readonly untilOn: Day | null
  readonly isPartial: boolean
  /** By what right, for people: the role and its amount. */
  readonly authority: string
}

/** Reads what is asked for and decides whether the person may. */
export async function askForRelease(
  db: Reader,
  context: Context,
  key: HoldKey,
  input: NewRelease,
): Promise<PermittedRelease | Refusal> {
  const hold = await findHold(db, key.partyId, key.id)
  if (!hold) return refuse('not-found', 'This party has no such hold.')
  const untilOn = readLastDay(input)
  if (isRefusal(untilOn)) return untilOn
  const upTo = readUpTo(input, hold)
  if (isRefusal(upTo)) return upTo
  const question = await readAuthority(db, context, hold)
  if (isRefusal(question)) return question
  const { currency } = question
  const decision = decideRelease({ ...question, asked: { upTo, untilOn } })
  if (decision.kind !== 'released') return refusalOf(decision, hold, currency)
  const { by, isPartial } = decision
  return { hold, upTo, untilOn, isPartial, authority: authorityText(by, currency) }
}

function readLastDay({ once, until }: NewRelease): Day | null | Refusal {
  if (until === undefined) return null
  if (once) {
    const zh = '“放行一次”与“有效至”只能选一个。'
    return refuse('invalid-input', 'once: give a last day, or once, not both.', { zh })
  }
  return readDay(until, 'until')
}

function readUpTo({ amount }: NewRelease, hold: HoldRow): Money | Refusal {
  const { currency, documentMinor } = hold
  if (amount === undefined) return money(documentMinor, currency)
  const reading = parseScaled(amount, exponentOf(currency))
  if (reading.kind === 'scaled' && reading.value > 0n) return money(reading.value, currency)
  const detail = `amount: write an amount above zero in ${currency}, not "${amount}".`
  const zh = `放行金额“${amount}”不对：输入大于零的 ${currency} 金额。`
  return refuse('invalid-input', detail, { field: 'amount', zh })
}

function refusalOf(
  decision: Exclude<ReleaseDecision, { kind: 'released' }>,
  { number }: HoldRow,
  currency: Currency,
): Refusal {
  switch (decision.kind) {
    case 'not-open':
      return holdEnded(number, decision.state)
    case 'day-past': {
      const { today } = decision
      const zh = `有效至：请选今天（${today}）或以后的日期。`
      return refuse('invalid-input', `until: give a day from today on; today is ${today}.`, { zh })
    }
    case 'more-than-held': {
      const most = toReadable(decision.most)
      const zh = `${number} 的金额为 ${most}：放行金额不能超过它。`
      return refuse('invalid-input', `amount: ${number} is ${most}: release so much or less.`, {
        zh,
      })
    }
    case 'frozen': {
      const detail = `The account of ${decision.name} is frozen: unfreeze it before ${number}.`
      const zh = `${decision.name} 的账户已冻结：先解冻，再放行 ${number}。`
      return refuse('wrong-state', detail, { frozen: decision.name, zh })
    }
    case 'rate-missing': {
      const { from, to } = decision
      const zh = `缺少 ${from} 对 ${to} 的汇率。`
      return refuse('no-exchange-rate', `There is no rate from ${from} to ${to}.`, { from, to, zh })
    }
    case 'own-document':
    case 'above-authority': {
      const { able, kind, may } = decision
      const whose = kind === 'own-document' ? 'your own document ' : ''
      const detail =
        `You may release ${whose}${amountText(may, currency)}. ${number} needs ` +
        `${kind === 'own-document' ? 'somebody else as ' : ''}${able.join(' or ') || 'nobody'}.`
      const most = may === 'unlimited' ? '任何金额' : toReadable(money(may, currency))
      const zh =
        `您可放行${kind === 'own-document' ? '自己单据的' : ''}金额：${most}。` +
        `${number} 须由${kind === 'own-document' ? '他人' : '权限更高的人'}放行。`
      return refuse('forbidden', detail, { kind, able, may: amountText(may, currency), zh })
    }
  }
}

function authorityText({ authority, role }: RoleAuthority, currency: Currency): string {
  return `${role}: ${amountText(authority, currency)}`
}

function amountText(authority: Authority, currency: Currency): string {
  return authority === 'unlimited'
    ? 'any amount'
    : `up to ${toReadable(money(authority, currency))}`
}
