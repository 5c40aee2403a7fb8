import type { NewStatement } from '#contract/indicator.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Day, day, parseDay } from '#kernel/calendar/day.ts'
import {
  checkStatement,
  type Statement,
  type StatementCheckOutcome,
  type StatementLine,
  statementLines,
} from '#kernel/indicator/statement.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { money, toDecimal } from '#kernel/money/money.ts'
import { parseAmount } from '#kernel/money/parse-amount.ts'
import { insertStatements } from '#server/indicator/statement.store.ts'
import { findRatedParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Records a financial statement after its cross-checks (勾稽关系). One that does not balance is
 * refused with both sides, unless the caller accepts the differences.
 */
export async function recordStatement(
  context: Context,
  partyId: string,
  input: NewStatement,
): Promise<{ id: string } | Refusal> {
  const statement = readStatement(input)
  if (isRefusal(statement)) return statement
  const knownOn = input.knownOn === undefined ? context.today : parseDay(input.knownOn)
  if (!knownOn || knownOn > context.today || knownOn < statement.closedOn) {
    return refuse('invalid-input', 'knownOn: a day from the closing day to today.')
  }
  const differing = checkStatement(statement).filter((check) => check.kind === 'differs')
  if (differing.length > 0 && !input.acceptDifferences) {
    const said = differing.map((check) => differenceText(check, statement)).join(' ')
    return refuse('invalid-input', `lines: ${said}`, {
      checks: differing.map(({ check }) => check),
    })
  }
  return store(context, partyId, { statement, knownOn, source: input.source })
}

function store(
  context: Context,
  partyId: string,
  of: { statement: Statement; knownOn: Day; source: string },
): Promise<{ id: string } | Refusal> {
  const { statement, knownOn, source } = of
  const { closedOn, months, currency } = statement
  const lines = Object.fromEntries(
    Object.entries(statement.lines).map(([id, minor]) => [id, String(minor)]),
  )
  return runCommand(
    context,
    {
      name: 'indicator.record-statement',
      permission: 'indicator:write',
      input: { partyId, closedOn, months, currency, knownOn, source, lines },
      subject: partyId,
    },
    async (tx) => {
      const [party] = await findRatedParties(tx, [partyId])
      if (!party) return refuse('not-found', 'There is no such party, or it was merged.')
      const id = newId()
      const recordedBy = context.actor.name
      await insertStatements(tx, [
        { ...statement, partyId, id, knownOn, source, recordedBy, importBatchId: null },
      ])
      return { id }
    },
  )
}

function readStatement(input: NewStatement): Statement | Refusal {
  const currency = parseCurrency(input.currency)
  if (!currency) return refuse('invalid-input', `currency: ${input.currency} is not a currency.`)
  const lines: Partial<Record<StatementLine, bigint>> = {}
  for (const [id, text] of Object.entries(input.lines)) {
    const known = statementLines.find((line) => line.id === id)
    if (!known) {
      const names = statementLines.map((line) => line.id).join(', ')
      return refuse('invalid-input', `lines.${id}: there is no such line. Known: ${names}.`)
    }
    const reading = parseAmount(text, { currency })
    if (reading.kind !== 'amount' || reading.rounded) {
      return refuse('invalid-input', `lines.${id}: "${text}" is not an amount in ${currency}.`)
    }
    lines[known.id] = reading.money.minor
  }
  return { currency, closedOn: day(input.closedOn), months: input.months, lines }
}

function differenceText(
  check: Extract<StatementCheckOutcome, { kind: 'differs' }>,
  statement: Statement,
): string {
  const amount = (minor: bigint) => toDecimal(money(minor, statement.currency))
  const name = (id: StatementLine) => statementLines.find((line) => line.id === id)?.label.zh ?? id
  const side = ({ lines }: { lines: readonly StatementLine[] }) => lines.map(name).join(' + ')
  return (
    `${side(check.left)} ${amount(check.left.minor)} and ${side(check.right)} ` +
    `${amount(check.right.minor)} differ by ${amount(check.differenceMinor)}.`
  )
}
