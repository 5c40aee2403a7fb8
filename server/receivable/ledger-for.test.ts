import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { isRefusal, type ProblemKind, type Refusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { insertParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { recordInvoice } from '#server/receivable/record-invoice.ts'
import type { TestDatabase } from '#server/testing.ts'

export function accepted<Answer>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) assert.fail(answer.refused.detail)
  return answer
}

export function refused(answer: unknown, kind: ProblemKind, detail: RegExp, zh = /./): void {
  assert.ok(isRefusal(answer), `not refused: ${JSON.stringify(answer)}`)
  assert.equal(answer.refused.kind, kind, answer.refused.detail)
  assert.match(answer.refused.detail, detail)
  assert.match(String(answer.refused.facts?.zh), zh)
}

let made = 0

/** What stories about a ledger begin with; every customer and number is its own. */
export function storiesOf(database: TestDatabase) {
  const on = (today: string) => database.context('accountant', day(today))
  const filling = { name: 'test.fill', permission: 'receivable:write', input: {} } as const
  const newParty = async (terms: string | null = null) => {
    const id = newId()
    const party = { id, name: `客户${++made}号有限公司`, roles: ['customer'], terms } as const
    await runCommand(database.context(), filling, (tx) => insertParties(tx, [party]))
    return id
  }
  const merge = (survivorId: string, duplicateId: string) =>
    runCommand(database.context(), filling, (tx) =>
      tx.run(sql`update party.party set merged_into_id = ${survivorId} where id = ${duplicateId}`),
    )
  const invoice = async (
    party: string,
    of: { number?: string; amount?: string; issued?: string; due?: string; currency?: string },
  ) => {
    const issuedOn = of.issued ?? '2026-10-01'
    return accepted(
      await recordInvoice(on('2026-11-24'), {
        party,
        number: of.number ?? `INV-${++made}`,
        currency: of.currency ?? 'CNY',
        amount: of.amount ?? '100.00',
        issuedOn,
        dueOn: of.due ?? '2026-10-31',
      }),
    )
  }
  return { on, newParty, merge, invoice }
}
