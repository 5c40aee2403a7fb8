import type { HoldPage, HoldQuery } from '#contract/hold.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { readCheckResult } from '#kernel/check/check-result.ts'
import { explainRule } from '#kernel/check/explain-check.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import type { Label } from '#kernel/document/label.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { toDecimal } from '#kernel/money/money.ts'
import {
  type HoldFilter,
  type HoldPlace,
  pageOfHolds,
  totalsOfHolds,
} from '#server/check/hold-list.store.ts'
import { holdReply } from '#server/check/hold-replies.ts'
import { findCompany } from '#server/company/public.ts'
import { familyIdsOf, findParties, findPartyByKey } from '#server/party/public.ts'
import { cursorText, idPart, readCursor } from '#server/platform/page-cursor.ts'
import { readCurrency } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'

/** What waits to be released: the most urgent first, then what waits longest. */
export async function listHolds(context: Context, query: HoldQuery): Promise<HoldPage | Refusal> {
  const after = readPlace(query.after)
  if (isRefusal(after)) return after
  const filter = await readFilter(context, query)
  if (isRefusal(filter)) return filter
  const limit = query.limit ?? 50
  const rows = await pageOfHolds(context.db, filter, { limit, after })
  const totals = await totalsOfHolds(context.db, filter)
  const parties = await findParties(context.db, [...new Set(rows.map(({ partyId }) => partyId))])
  const heads = new Map(parties.map(({ id, code, name }) => [id, { id, code, name }]))
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map(({ ageDays, inputs, result, ...hold }) => ({
      ...holdReply(hold),
      party: heads.get(hold.partyId) ?? { id: hold.partyId, code: '', name: '' },
      ageDays: Math.max(0, ageDays),
      reasons: reasonsOf(inputs, result),
    })),
    totals: totals.map(({ count, currency, minor }) => ({
      ...{ currency, count: Number(count), amount: toDecimal({ minor, currency }) },
    })),
    next: last ? cursorText(String(last.priority), last.openedAt, last.id) : null,
  }
}

function readPlace(text: string | undefined): HoldPlace | null | Refusal {
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/
  const cursor = readCursor(text, [/^[1-9]$/, instant, idPart])
  if (cursor === null || isRefusal(cursor)) return cursor
  const [priority, openedAt = '', id = ''] = cursor
  return { priority: Number(priority), openedAt, id }
}

async function readFilter(context: Context, query: HoldQuery): Promise<HoldFilter | Refusal> {
  const { actor, db, today } = context
  const currency = query.currency === undefined ? null : readCurrency(query.currency)
  if (isRefusal(currency)) return currency
  const minMinor = readMinimum(query.minAmount, currency)
  if (isRefusal(minMinor)) return minMinor
  const party = query.party === undefined ? null : await findPartyByKey(context, query.party)
  if (isRefusal(party)) return party
  const owned = query.owner === undefined ? null : [query.owner]
  return {
    actor,
    partyIds: party && (await familyIdsOf(db, party.id)),
    owners: query.mine ? [actor.name, ...actor.roles, ...(owned ?? [])] : owned,
    person: query.mine ? actor.name : null,
    rule: query.rule ?? null,
    number: query.number ?? null,
    ...{ currency, minMinor, today },
    olderThanDays: query.olderThan ?? null,
    timeZone: (await findCompany(db))?.timeZone ?? 'Asia/Shanghai',
  }
}

function readMinimum(text: string | undefined, currency: Currency | null): bigint | null | Refusal {
  if (text === undefined) return null
  if (currency === null) {
    const zh = '按金额筛选时请同时选择币种。'
    return refuse('invalid-input', 'minAmount: name its currency too, such as CNY.', { zh })
  }
  const reading = parseScaled(text, exponentOf(currency))
  if (reading.kind === 'scaled') return reading.value
  const zh = `“${text}”不是有效的 ${currency} 金额。`
  return refuse('invalid-input', `minAmount: "${text}" is no amount in ${currency}.`, { zh })
}

/** Why it is held: a sentence for each rule that holds. */
function reasonsOf(inputs: string, result: string): Label[] {
  const { decision } = readCheckResult(result, readCheckInputs(inputs).facts)
  return decision.fired.filter(({ reaction }) => reaction === 'hold').map(explainRule)
}
