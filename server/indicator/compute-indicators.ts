import { type Day, monthsBetween } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { definedValues, type PartyMoney } from '#kernel/indicator/defined-values.ts'
import type { Indicator, IndicatorValue, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { readIndicatorText } from '#kernel/indicator/indicator-text.ts'
import { ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import type { LedgerTerms } from '#kernel/indicator/ledger-reading.ts'
import type { DefinedIndicators } from '#kernel/indicator/prepare-indicator-formulas.ts'
import { statementIndicatorsOf } from '#kernel/indicator/statement-indicators.ts'
import { windowValues } from '#kernel/indicator/window-indicators.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money } from '#kernel/money/money.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import { historyUntil } from '#kernel/receivable/history-until.ts'
import { type RateBook, rateBookAsOf } from '#server/company/public.ts'
import { type FactRow, factsAsOf } from '#server/indicator/fact.store.ts'
import { type StoredStatement, statementsAsOf } from '#server/indicator/statement.store.ts'
import { type LimitRow, limitHistory } from '#server/limit/public.ts'
import { ordersOf } from '#server/order/public.ts'
import { familiesOf, type RatedParty } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { loadHistories } from '#server/receivable/public.ts'

export type PartyIndicators = { readonly currency: Currency; readonly values: IndicatorValues }

export type Computing = {
  readonly asOf: Day
  readonly rates: RateBook
  readonly baseCurrency: Currency
  /** What formulas add to the built-in ones. */
  readonly defined: DefinedIndicators | null
}

/**
 * Computes every indicator of some thousand parties as of a day from the ledger, statements and
 * single facts. What duplicates of a party did counts as its own.
 */
export async function computeIndicators(
  db: Reader,
  parties: readonly RatedParty[],
  on: Computing,
): Promise<Map<string, PartyIndicators>> {
  const families = await familiesOf(
    db,
    parties.map((party) => party.id),
  )
  const histories = await completeHistories(db, parties, families)
  return indicatorsOf(db, { parties, families, histories }, { ...on, isHindsightSeen: true })
}

export type PastIndicators = {
  readonly asOf: Day
  readonly rates: RateBook
  readonly histories: ReadonlyMap<string, PartyHistory>
  readonly indicators: ReadonlyMap<string, PartyIndicators>
}

/**
 * The indicators of parties on past days by what was known on each: from histories cut at the end
 * of the day, statements known by then, and facts that were recorded by then, whatever day they
 * claim to hold from. With each come the whole histories, from which one may tell what followed.
 */
export async function* indicatorsOnDays(
  db: Reader,
  parties: readonly RatedParty[],
  days: readonly Day[],
  of: Pick<Computing, 'baseCurrency' | 'defined'>,
): AsyncGenerator<PastIndicators> {
  const families = await familiesOf(
    db,
    parties.map((party) => party.id),
  )
  const histories = await completeHistories(db, parties, families)
  for (const asOf of days) {
    const rates = await rateBookAsOf(db, asOf)
    const cut = new Map([...histories].map(([id, whole]) => [id, historyUntil(whole, asOf)]))
    const on = { ...of, asOf, rates, isHindsightSeen: false }
    const indicators = await indicatorsOf(db, { parties, families, histories: cut }, on)
    yield { asOf, rates, histories, indicators }
  }
}

export async function completeHistories(
  db: Reader,
  parties: readonly RatedParty[],
  families: ReadonlyMap<string, string>,
): Promise<Map<string, PartyHistory>> {
  const ids = [...families.keys()]
  const ownerOf = (row: { partyId: string }) => families.get(row.partyId) ?? row.partyId
  const histories = await loadHistories(db, ids)
  const orders = groupBy(await ordersOf(db, ids), ownerOf)
  const limits = groupBy(await limitHistory(db, ids), ownerOf)
  return new Map(
    parties.map((party) => {
      const known = { orders: orders.get(party.id) ?? [], limits: limits.get(party.id) ?? [] }
      return [party.id, completed(party, histories.get(party.id), known)]
    }),
  )
}

async function indicatorsOf(
  db: Reader,
  of: {
    parties: readonly RatedParty[]
    families: ReadonlyMap<string, string>
    histories: ReadonlyMap<string, PartyHistory>
  },
  on: Computing & { readonly isHindsightSeen: boolean },
): Promise<Map<string, PartyIndicators>> {
  const ids = [...of.families.keys()]
  const ownerOf = (row: { partyId: string }) => of.families.get(row.partyId) ?? row.partyId
  const facts = groupBy(await factsAsOf(db, ids, on.asOf, on.isHindsightSeen), ownerOf)
  const statements = groupBy(await statementsAsOf(db, ids, on.asOf), ownerOf)
  return new Map(
    of.parties.map((party) => {
      const history = of.histories.get(party.id) ?? completed(party, undefined, noneKnown)
      const currency = party.currency ?? mainCurrencyOf(history) ?? on.baseCurrency
      const sources = {
        party,
        history,
        currency,
        facts: facts.get(party.id) ?? [],
        statements: statements.get(party.id) ?? [],
      }
      return [party.id, { currency, values: valuesOf(sources, on) }]
    }),
  )
}

const noneKnown = { orders: [], limits: [] }

type Sources = {
  party: RatedParty
  history: PartyHistory
  currency: Currency
  facts: readonly FactRow[]
  statements: readonly StoredStatement[]
}

function valuesOf(of: Sources, on: Computing): IndicatorValues {
  const { currency, history } = of
  const { asOf, rates } = on
  const terms: LedgerTerms = {
    asOf,
    currency,
    convert: (amount, day) => rates.convert(amount, currency, day),
  }
  const ledger = ledgerIndicatorsOf(history, terms)
  const values = {
    ...nothingKnown,
    ...ledger,
    ...windowValues(history, terms, on.defined?.windows ?? []),
    ...statementValues(of, on),
    ...profileValues(of.party, asOf),
    ...factValues(of, on),
    ...placeOf(of.party),
  }
  if (!on.defined) return values
  const convert: PartyMoney['convert'] = (amount, to) => rates.convert(amount, to, asOf)
  return { ...values, ...definedValues(on.defined, values, { asOf, currency, convert }) }
}

const nothingKnown: IndicatorValues = Object.fromEntries(allIndicators.map(({ id }) => [id, null]))
const indicatorsById = new Map(allIndicators.map((indicator) => [indicator.id, indicator]))

/** A yearly statement is preferred to an interim one of the same day; rows come latest first. */
function statementValues(
  { statements, currency }: Sources,
  { asOf, rates }: { asOf: Day; rates: RateBook },
): IndicatorValues {
  const [latest] = statements
  if (!latest) return {}
  const earlier =
    statements.find((each) => each.months === latest.months && each.closedOn < latest.closedOn) ??
    null
  const values = statementIndicatorsOf(latest, earlier)
  const inAccountCurrency = (indicator: Indicator | undefined, value: IndicatorValue) =>
    indicator?.unit === 'money' && typeof value === 'bigint'
      ? rates.convert(money(value, latest.currency), currency, asOf)
      : value
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      inAccountCurrency(indicatorsById.get(id), value),
    ]),
  )
}

function profileValues(party: RatedParty, asOf: Day): IndicatorValues {
  if (party.foundedOn === null) return {}
  const years = Math.floor(monthsBetween(party.foundedOn, asOf) / 12)
  return { years_in_business: BigInt(years) }
}

function factValues(
  { facts, currency }: Sources,
  { asOf, rates }: { asOf: Day; rates: RateBook },
): IndicatorValues {
  const values: Record<string, IndicatorValue> = {}
  for (const fact of facts) {
    const indicator = indicatorsById.get(fact.indicator)
    if (!indicator) continue
    const told = (fact.currency ?? currency) as Currency
    const reading = readIndicatorText(indicator, fact.value, told)
    if (reading.kind !== 'value') continue
    values[fact.indicator] =
      indicator.unit === 'money' && typeof reading.value === 'bigint'
        ? rates.convert(money(reading.value, told), currency, asOf)
        : reading.value
  }
  return values
}

/** The file itself tells it, whatever a fact says. */
function placeOf({ department, industry, region }: RatedParty): IndicatorValues {
  return { department, industry, region }
}

/** A ledger history with what other rooms know of the relationship. */
function completed(
  party: RatedParty,
  ledger: PartyHistory | undefined,
  known: { orders: PartyHistory['orders']; limits: readonly LimitRow[] },
): PartyHistory {
  return {
    invoices: ledger?.invoices ?? [],
    credits: ledger?.credits ?? [],
    allocations: ledger?.allocations ?? [],
    disputes: ledger?.disputes ?? [],
    promises: ledger?.promises ?? [],
    partyId: party.id,
    since: party.sinceOn,
    orders: known.orders,
    limits: known.limits.map(({ currency, amountMinor, fromOn, toOn }) => ({
      currency: currency as Currency,
      amountMinor,
      fromOn,
      toOn,
    })),
  }
}

/** The currency of most invoices; of equally many the first in alphabetical order. */
function mainCurrencyOf(history: PartyHistory): Currency | undefined {
  const counts = new Map<Currency, number>()
  for (const { currency } of history.invoices) counts.set(currency, (counts.get(currency) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string) {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
