import type { NewFacts } from '#contract/indicator.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { day, parseDay } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { readIndicatorText } from '#kernel/indicator/indicator-text.ts'
import { isPlace } from '#kernel/indicator/profile-indicators.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { insertFacts } from '#server/indicator/fact.store.ts'
import { findRatedParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

type Fact = NewFacts['facts'][number]

/** Records single values that people or outside sources tell of a party; earlier ones stay. */
export async function recordFacts(
  context: Context,
  partyId: string,
  { facts }: NewFacts,
): Promise<{ recorded: number } | Refusal> {
  for (const [index, fact] of facts.entries()) {
    const wrong = whatIsWrongWith(fact, context)
    if (wrong) return refuse('invalid-input', `facts.${index}.${wrong}`)
  }
  return runCommand(
    context,
    {
      name: 'indicator.record-facts',
      permission: 'indicator:write',
      input: { partyId, facts: facts.map((fact) => ({ ...fact })) },
      subject: partyId,
    },
    async (tx) => {
      const [party] = await findRatedParties(tx, [partyId])
      if (!party) return refuse('not-found', 'There is no such party, or it was merged.')
      await insertFacts(
        tx,
        facts.map((fact) => ({
          partyId,
          id: newId(),
          indicator: fact.indicator,
          value: fact.value,
          currency: fact.currency ?? null,
          effectiveOn: day(fact.effectiveOn),
          source: fact.source,
          recordedBy: context.actor.name,
        })),
      )
      await tx.emit({
        kind: 'indicator.recorded',
        partyId,
        facts: { indicators: facts.map((fact) => fact.indicator) },
      })
      return { recorded: facts.length }
    },
  )
}

function whatIsWrongWith(fact: Fact, context: Context): string | undefined {
  const indicator = allIndicators.find(({ id }) => id === fact.indicator)
  if (!indicator) return `indicator: there is no indicator "${fact.indicator}".`
  if (isPlace(indicator)) {
    return `indicator: ${indicator.id} is told by the credit file: change it there.`
  }
  if (indicator.source === 'ledger' || indicator.source === 'statement') {
    return `indicator: ${indicator.id} is computed from the ${indicator.source}, not entered.`
  }
  if (indicator.unit === 'money' && !parseCurrency(fact.currency ?? '')) {
    return 'currency: an amount needs the ISO 4217 code of its currency.'
  }
  const effectiveOn = parseDay(fact.effectiveOn)
  if (!effectiveOn || effectiveOn > context.today) return 'effectiveOn: the day is in the future.'
  const currency = (fact.currency ?? 'CNY') as Currency
  const reading = readIndicatorText(indicator, fact.value, currency)
  if (reading.kind === 'value') return undefined
  return `value: "${fact.value}" is not ${indicator.unit === 'yes-no' ? 'yes or no' : 'a plain number'}.`
}
