import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { addDays, addMonths, type Day, day, dayOf } from '#kernel/calendar/day.ts'
import { ledgerIndicators, ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import { profileIndicators } from '#kernel/indicator/profile-indicators.ts'
import { statementIndicators } from '#kernel/indicator/statement-indicators.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { checkPolicy, type PolicyKind, readPolicy } from '#kernel/policy/policy.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import { aucOf } from '#kernel/scoring/auc.ts'
import { type PreparedScorecard, prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { type Rating, rateParty } from '#kernel/scoring/rate-party.ts'
import { gradeCodesOf, standardRatingScale } from '#kernel/scoring/rating-scale.ts'

const indicators = [...ledgerIndicators, ...statementIndicators, ...profileIndicators]
const scorecard = standardScorecard()
const currency = dollars()
const asOf = day('2013-07-01')

function readPack(kind: PolicyKind): unknown {
  const path = new URL(`../../packs/standard/${kind}.yaml`, import.meta.url)
  return parse(readFileSync(path, 'utf8'))
}

function standardScorecard(): PreparedScorecard {
  const reading = readPolicy('scorecard', readPack('scorecard'))
  assert(reading.kind === 'read' && reading.document.kind === 'scorecard')
  const preparation = prepareScorecard(reading.document.document, standardRatingScale, indicators)
  if (preparation.kind === 'problems') assert.fail(JSON.stringify(preparation.problems))
  return preparation.scorecard
}

function dollars(): Currency {
  const parsed = parseCurrency('USD')
  assert(parsed)
  return parsed
}

/** One invoice with its terms; `paidOn` null is unpaid. */
type Told = {
  party: string
  issuedOn: Day
  dueOn: Day
  paidOn: Day | null
  minor: bigint
  disputed?: boolean
}

function historyOf(partyId: string, invoices: readonly Told[]): PartyHistory {
  const told = invoices.map((each, index) => ({ ...each, id: `${partyId}-${index}` }))
  const paid = told.flatMap(({ id, minor, paidOn }) => (paidOn ? [{ id, minor, paidOn }] : []))
  return {
    partyId,
    since: null,
    invoices: told.map(({ id, minor, issuedOn, dueOn }) => ({
      id,
      number: id,
      currency,
      amountMinor: minor,
      issuedOn,
      dueOn,
      voidedOn: null,
    })),
    credits: paid.map(({ id, minor, paidOn }) => ({
      id: `receipt-${id}`,
      kind: 'receipt',
      reason: null,
      currency,
      amountMinor: minor,
      effectiveOn: paidOn,
      voidedOn: null,
    })),
    allocations: paid.map(({ id, minor, paidOn }) => ({
      creditId: `receipt-${id}`,
      invoiceId: id,
      amountMinor: minor,
      effectiveOn: paidOn,
      reversedOn: null,
    })),
    disputes: told.flatMap(({ id, disputed, dueOn, paidOn }) =>
      disputed ? [{ invoiceId: id, openedOn: dueOn, closedOn: paidOn }] : [],
    ),
    promises: [],
    orders: [],
    limits: [],
  }
}

function ratingOf(history: PartyHistory, on: Day): Rating {
  const values = ledgerIndicatorsOf(history, {
    asOf: on,
    currency,
    convert: (money) => money.minor,
  })
  return rateParty(scorecard, values, { asOf: on })
}

/** Monthly invoices at 30 days up to `asOf`; `delayOf` tells days late by month, null is unpaid. */
function monthly(months: number, delayOf: (monthsAgo: number) => number | null): PartyHistory {
  const invoices = Array.from({ length: months }, (_, index): Told => {
    const monthsAgo = months - index
    const issuedOn = addMonths(asOf, -monthsAgo)
    const dueOn = addDays(issuedOn, 30)
    const delay = delayOf(monthsAgo)
    const paidOn = delay === null ? null : addDays(dueOn, delay)
    return { party: 'p', issuedOn, dueOn, paidOn, minor: 1_000_000n }
  })
  return historyOf('p', invoices)
}

test('every policy of the standard pack is sound, and its scale is the default one', () => {
  for (const kind of ['rating-scale', 'scorecard', 'limit-policy'] as const) {
    const names = { roles: [], partyRoles: [] }
    const context = { scale: standardRatingScale, indicators, names }
    assert.deepEqual(checkPolicy(kind, readPack(kind), context), [])
  }
  const reading = readPolicy('rating-scale', readPack('rating-scale'))
  assert(reading.kind === 'read')
  assert.deepEqual(reading.document.document, standardRatingScale)
})

test('the card has 100 points, two thirds of them for payment', () => {
  const pointsOf = (dimension: string) =>
    scorecard.characteristics
      .filter((each) => each.dimension === dimension)
      .reduce((sum, each) => sum + each.maximum, 0)
  const points = ['performance', 'willingness', 'capacity'].map(pointsOf)
  assert.deepEqual(points, [6_600, 1_000, 2_400])
})

const customers: [string, PartyHistory, readonly string[]][] = [
  ['a clean customer of four years is AAA', monthly(48, () => -2), ['AAA']],
  ['a clean customer of two years is AA', monthly(24, () => 0), ['AA']],
  ['a customer of ten weeks is not yet A', monthly(2, () => 0), ['BBB']],
  ['one who always pays 25 days late is weak', monthly(36, () => 25), ['B', 'CCC', 'CC']],
  [
    'a good one that stopped paying for five months is CCC or worse',
    monthly(36, (monthsAgo) => (monthsAgo > 5 ? 0 : null)),
    ['CCC', 'CC', 'C', 'D'],
  ],
  ['one that never paid for a year is CC or worse', monthly(12, () => null), ['CC', 'C', 'D']],
]
for (const [name, history, expected] of customers) {
  test(name, () => {
    const rating = ratingOf(history, asOf)
    assert(expected.includes(rating.grade), `${rating.grade} with ${rating.score}`)
  })
}

test('customers of every habit spread over the grades', () => {
  const counts = new Map<string, number>()
  for (let party = 0; party < 200; party += 1) {
    const habit = (party * 7) % 100
    const delay = (monthsAgo: number) => {
      const draw = (party * 31 + monthsAgo * 17) % 100
      if (party % 20 === 19 && monthsAgo <= 4) return null
      return draw < habit ? (draw * habit) % 70 : 0
    }
    const { grade } = ratingOf(monthly(6 + ((party * 13) % 54), delay), asOf)
    counts.set(grade, (counts.get(grade) ?? 0) + 1)
  }
  const codes = gradeCodesOf(standardRatingScale)
  const spread = codes.map((code) => `${code} ${counts.get(code) ?? 0}`).join(', ')
  assert(counts.size >= 7, spread)
  assert(Math.max(...counts.values()) <= 80, spread)
})

const folder = new URL('../../../shared/data/ar_ibm_late_payments/', import.meta.url)
const skip = existsSync(folder) ? false : 'the IBM late payment ledger is not there'

test('ratings of a real ledger tell beforehand which invoices are paid late', { skip }, (t) => {
  const invoices = readLedger()
  const histories = Map.groupBy(invoices, (each) => each.party)
  const ratings = new Map(
    [...histories].map(([party, told]) => [party, ratingOf(historyOf(party, told), asOf)]),
  )
  const coming = invoices.filter((each) => each.issuedOn >= asOf)
  const risksOf = (late: boolean) =>
    coming
      .filter((each) => isLate(each) === late)
      .map((each) => -(ratings.get(each.party)?.score ?? 0))
  assert.deepEqual([risksOf(true).length, risksOf(false).length], [151, 385])
  const outcome = aucOf(risksOf(true), risksOf(false))
  assert(outcome.kind === 'measured')
  const { auc, low, high } = outcome
  t.diagnostic(`AUC ${auc.toFixed(4)} (95 %: ${low.toFixed(4)} to ${high.toFixed(4)})`)
  assert(auc >= 0.85)
})

function isLate(told: Told): boolean {
  return told.paidOn !== null && told.paidOn > told.dueOn
}

function readLedger(): Told[] {
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  const [header = '', ...lines] = readFileSync(new URL(file, folder), 'utf8').trim().split(/\r?\n/)
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    return {
      party: cell('customerID'),
      issuedOn: readDay(cell('InvoiceDate')),
      dueOn: readDay(cell('DueDate')),
      paidOn: readDay(cell('SettledDate')),
      minor: BigInt(Math.round(Number(cell('InvoiceAmount')) * 100)),
      disputed: cell('Disputed') === 'Yes',
    }
  })
}

function readDay(text: string): Day {
  const [month, dayOfMonth, year] = text.split('/').map(Number)
  const read = dayOf(year ?? 0, month ?? 0, dayOfMonth ?? 0)
  assert(read, text)
  return read
}
