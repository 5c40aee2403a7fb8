import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { addDays, addMonths, type Day, day } from '#kernel/calendar/day.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import { ledgerIndicators, ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import { profileIndicators } from '#kernel/indicator/profile-indicators.ts'
import {
  statementIndicators,
  statementIndicatorsOf,
} from '#kernel/indicator/statement-indicators.ts'
import { readPolicy } from '#kernel/policy/policy.ts'
import { ledgerStateOf } from '#kernel/receivable/ledger-state.ts'
import { prepareScorecard } from '#kernel/scoring/prepare-scorecard.ts'
import { rateParty } from '#kernel/scoring/rate-party.ts'
import { gradeCodesOf, standardRatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Answer } from '#kernel/simulator/answer-key.ts'
import { type SimulatedCompany, simulateCompany } from '#kernel/simulator/company.ts'
import type { SimulatedCustomer } from '#kernel/simulator/simulated.ts'

const from = day('2024-01-01')
const to = day('2025-12-31')
const seeds = ['demo', 'first', 'second', 'third', 'fourth', 'fifth']
const companies = seeds.map((seed) =>
  simulateCompany({ seed, customers: seed === 'demo' ? 300 : 64, suppliers: 1, from, to }),
)
const card = standardCard()
const grades = gradeCodesOf(standardRatingScale)

test('every answer of the key is true of the ledger, whatever the seed', () => {
  for (const company of companies) {
    for (const answer of company.answers) assertTrue(company, answer)
  }
})

test('the standard scorecard grades the planted stories as the key says', () => {
  for (const [index, company] of companies.entries()) {
    for (const answer of company.answers) {
      const { expectation, asOf, partyCode, story } = answer
      if (expectation.kind !== 'grade-at-best' && expectation.kind !== 'grade-at-worst') continue
      const values = indicatorsOf(customerOf(company, partyCode), asOf)
      const { grade, score } = rateParty(card, values, { asOf })
      const worse = grades.indexOf(grade) - grades.indexOf(expectation.grade)
      const fits = expectation.kind === 'grade-at-best' ? worse >= 0 : worse <= 0
      assert.ok(fits, `${seeds[index]} ${story} ${asOf}: ${grade} (${score}), ${expectation.grade}`)
    }
  }
})

test('every story is told in the key', () => {
  const told = new Set(companies[0]?.answers.map(({ story }) => story))
  assert.equal(told.size, 10)
})

test('a shorter simulation tells only what has happened in it', () => {
  const until = addMonths(from, 15)
  const of = { seed: 'demo', customers: 64, suppliers: 1, from, to: until }
  const { answers } = simulateCompany(of)
  for (const { asOf, expectation } of answers) {
    assert.ok(asOf <= until)
    assert.notEqual(expectation.kind, 'defaulted')
  }
  assert.ok(answers.some(({ story }) => story === 'slow-payer'))
})

test('the slow payer is three to six weeks late with every invoice it has paid', () => {
  for (const company of companies) {
    const lates = daysLateOf(customerOf(company, 'C00007'), to).filter(({ paid }) => paid)
    assert.ok(lates.length > 40)
    for (const { days } of lates) assert.ok(days >= 17 && days <= 45, `${days} days late`)
  }
})

test('the good customer is faultless for fifteen months, then slides', () => {
  for (const company of companies) {
    const lates = daysLateOf(customerOf(company, 'C00013'), to)
    const early = lates.filter(({ dueOn }) => dueOn <= addMonths(from, 14))
    assert.ok(early.length > 20 && early.every(({ days }) => days <= 0))
    const sliding = lates.filter(({ dueOn, paid }) => dueOn >= addMonths(from, 17) && paid)
    assert.ok(sliding.length > 0 && sliding.every(({ days }) => days > 0))
  }
})

test('the seasonal customer sells its year in the last quarter', () => {
  for (const company of companies) {
    const { invoices } = customerOf(company, 'C00028').ledger
    const inQuarter = (year: string, months: readonly string[]) =>
      invoices
        .filter(
          ({ issuedOn }) => issuedOn.startsWith(year) && months.includes(issuedOn.slice(5, 7)),
        )
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    const last = inQuarter('2024', ['10', '11', '12'])
    assert.ok(last > 2n * inQuarter('2024', ['04', '05', '06']))
  }
})

function assertTrue(company: SimulatedCompany, { partyCode, asOf, expectation }: Answer): void {
  const customer = customerOf(company, partyCode)
  const values = indicatorsOf(customer, asOf)
  const found = measured(company, customer, values, asOf, expectation)
  assert.ok(found.holds, `${partyCode} ${asOf} ${expectation.kind}: ${found.value}`)
}

function measured(
  company: SimulatedCompany,
  customer: SimulatedCustomer,
  values: IndicatorValues,
  asOf: Day,
  expectation: Answer['expectation'],
): { holds: boolean; value: unknown } {
  const { ledger } = customer
  const atLeast = (value: bigint, wanted: bigint) => ({ holds: value >= wanted, value })
  switch (expectation.kind) {
    case 'grade-at-best':
    case 'grade-at-worst':
      return { holds: true, value: expectation.grade }
    case 'orders-held':
      return atLeast(numberOf(values, 'overdue_days_now'), 30n)
    case 'defaulted': {
      const paid = ledger.credits.filter((credit) => credit.kind === 'receipt').map(dayOfCredit)
      const owes = numberOf(values, 'overdue_amount_now') > 0n
      return { holds: owes && paid.every((on) => on < expectation.on), value: paid.at(-1) }
    }
    case 'group-warning': {
      const { defaultedOn } = customerOf(company, expectation.parentCode)
      const parentFailed = defaultedOn !== null && defaultedOn <= asOf
      const stillPays = customer.defaultedOn === null || customer.defaultedOn > asOf
      const isMember = customer.parentCode === expectation.parentCode
      return { holds: parentFailed && stillPays && isMember, value: customer.defaultedOn }
    }
    case 'pays-in-full': {
      const open = daysLateOf(customer, asOf).filter(({ paid }) => !paid)
      const longest = Math.max(0, ...open.map(({ days }) => days))
      return { holds: longest <= expectation.withinDays, value: longest }
    }
    case 'disputes-at-least': {
      const share = (ledger.disputes.length * 100) / ledger.invoices.length
      return { holds: share >= expectation.perHundredInvoices, value: share }
    }
    case 'broken-promises-at-least':
      return atLeast(numberOf(values, 'broken_promises_12m'), BigInt(expectation.count))
    case 'unapplied-credit-at-least': {
      const { credits } = ledgerStateOf(ledger, asOf)
      const unapplied = credits.reduce((sum, { unappliedMinor }) => sum + unappliedMinor, 0n)
      return atLeast(unapplied, expectation.minor)
    }
    case 'limit-used-at-least': {
      const limit = ledger.limits.findLast(({ fromOn }) => fromOn <= asOf)?.amountMinor ?? 0n
      const used = numberOf(values, 'balance_now') * 100n
      return atLeast(used, limit * BigInt(expectation.percent))
    }
    case 'sales-at-most':
      return atLeast(expectation.minor, numberOf(values, 'sales_12m'))
  }
}

function dayOfCredit(credit: { readonly effectiveOn: Day }): Day {
  return credit.effectiveOn
}

/** Every invoice that was due by a day: paid how late, or open for how long past due. */
function daysLateOf(customer: SimulatedCustomer, asOf: Day) {
  return ledgerStateOf(customer.ledger, asOf)
    .invoices.filter(({ invoice }) => invoice.dueOn <= asOf)
    .map(({ invoice, openMinor, portions }) => {
      const paid = openMinor === 0n
      const last = portions.reduce((until, { paidOn }) => (paidOn > until ? paidOn : until), from)
      const ended = paid ? last : asOf
      let days = -60
      while (addDays(invoice.dueOn, days) < ended) days++
      return { dueOn: invoice.dueOn, paid, days }
    })
}

function indicatorsOf(customer: SimulatedCustomer, asOf: Day): IndicatorValues {
  const { currency, ledger } = customer
  const known = customer.statements.filter(({ recordedOn }) => recordedOn <= asOf)
  const latest = known.at(-1)
  return {
    ...ledgerIndicatorsOf(ledger, {
      ...{ asOf, currency },
      convert: (amount) => (amount.currency === currency ? amount.minor : null),
    }),
    ...(latest ? statementIndicatorsOf(latest, known.at(-2) ?? null) : {}),
  }
}

function numberOf(values: IndicatorValues, id: string): bigint {
  const value = values[id]
  assert.equal(typeof value, 'bigint', `${id} is known`)
  return typeof value === 'bigint' ? value : 0n
}

function customerOf(company: SimulatedCompany, code: string): SimulatedCustomer {
  const customer = company.customers.find((each) => each.code === code)
  assert.ok(customer, `${code} exists`)
  return customer
}

function standardCard() {
  const path = new URL('../../packs/standard/scorecard.yaml', import.meta.url)
  const reading = readPolicy('scorecard', parse(readFileSync(path, 'utf8')))
  assert.ok(reading.kind === 'read' && reading.document.kind === 'scorecard')
  const indicators = [...ledgerIndicators, ...statementIndicators, ...profileIndicators]
  const { document } = reading.document
  const preparation = prepareScorecard(document, standardRatingScale, indicators)
  if (preparation.kind === 'problems') assert.fail(JSON.stringify(preparation.problems))
  return preparation.scorecard
}
