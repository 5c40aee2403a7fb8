import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { addMonths, type Day, day } from '#kernel/calendar/day.ts'
import { checkStatement } from '#kernel/indicator/statement.ts'
import { checkOrganisationCode } from '#kernel/party/organisation-code.ts'
import {
  checkUnifiedSocialCreditCode,
  organisationCodeWithin,
} from '#kernel/party/unified-social-credit-code.ts'
import { ledgerStateOf } from '#kernel/receivable/ledger-state.ts'
import { type SimulatedCompany, simulateCompany } from '#kernel/simulator/company.ts'
import type { SimulatedCustomer } from '#kernel/simulator/simulated.ts'

const from = day('2024-01-01')
const to = day('2025-12-31')
const small = (seed: string, until = to) =>
  simulateCompany({ seed, customers: 64, suppliers: 8, from, to: until })

function fingerprint(company: unknown): string {
  const text = JSON.stringify(company, (_, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
  return createHash('sha256').update(text).digest('hex')
}

test('the same seed gives the same bytes, another seed does not', () => {
  assert.equal(fingerprint(small('one')), fingerprint(small('one')))
  assert.notEqual(fingerprint(small('one')), fingerprint(small('two')))
})

test('more customers and suppliers change none of those there are', () => {
  const few = small('grow')
  const more = simulateCompany({ seed: 'grow', customers: 80, suppliers: 12, from, to })
  assert.equal(fingerprint(more.customers.slice(0, 64)), fingerprint(few.customers))
  assert.equal(fingerprint(more.suppliers.slice(0, 8)), fingerprint(few.suppliers))
})

test('the demonstration company looks like a manufacturer of its size', () => {
  for (const seed of ['demo', 'another']) {
    const company = simulateCompany({ seed, customers: 300, suppliers: 40, from, to })
    const figures = figuresOf(company)
    const told = JSON.stringify(figures)
    assert.ok(figures.salesMillions > 300 && figures.salesMillions < 500, told)
    assert.ok(figures.invoices > 9_000 && figures.invoices < 15_000, told)
    assert.ok(figures.lateShare > 0.28 && figures.lateShare < 0.43, told)
    assert.ok(figures.veryLateShare < 0.06, told)
    assert.ok(figures.badShare > 0.008 && figures.badShare < 0.022, told)
    assert.ok(figures.tail > 105 && figures.tail < 135, told)
    assert.ok(figures.withStatements > 80 && figures.withStatements < 120, told)
  }
})

test('every fact of a ledger agrees with the others', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.integer({ min: 1, max: 30 }), (seed, months) => {
      const until = addMonths(from, months)
      for (const customer of small(seed, until).customers) assertCoherent(customer, until)
    }),
    { numRuns: 25 },
  )
})

test('names, codes and numbers are valid and belong to one only', () => {
  const company = simulateCompany({ seed: 'ids', customers: 400, suppliers: 60, from, to })
  const parties = [...company.customers, ...company.suppliers]
  const codes = [company.creditCode, ...parties.flatMap((party) => party.creditCode ?? [])]
  for (const code of codes) {
    assert.deepEqual(checkUnifiedSocialCreditCode(code), { kind: 'valid', value: code })
    assert.equal(checkOrganisationCode(organisationCodeWithin(code)).kind, 'valid')
  }
  assertUnique('credit code', codes)
  assertUnique(
    'name',
    parties.map((party) => party.name),
  )
  assertUnique(
    'party code',
    parties.map((party) => party.code),
  )
  assertUnique(
    'bank account',
    parties.flatMap((party) => party.bankAccounts.map((account) => account.number)),
  )
  const ledgers = company.customers.map((customer) => customer.ledger)
  assertUnique(
    'id',
    ledgers.flatMap((of) =>
      [...of.orders, ...of.deliveries, ...of.invoices, ...of.credits].map(({ id }) => id),
    ),
  )
  assertUnique(
    'number',
    ledgers.flatMap((of) =>
      [...of.orders, ...of.invoices, ...of.credits].map(({ number }) => number),
    ),
  )
  assertUnique(
    'purchase order',
    company.suppliers.flatMap((of) => of.purchaseOrders.map(({ number }) => number)),
  )
})

test('parents, payers, departments and terms exist', () => {
  const company = small('refs')
  const byCode = new Map(company.customers.map((customer) => [customer.code, customer]))
  const people = new Map(company.salespeople.map((person) => [person.code, person]))
  let groups = 0
  for (const customer of company.customers) {
    if (customer.parentCode !== null) {
      groups++
      assert.equal(byCode.get(customer.parentCode)?.parentCode, null)
    }
    if (customer.payerCode !== null) {
      assert.equal(byCode.get(customer.payerCode)?.name, customer.payerName)
    }
    const person = people.get(customer.salespersonCode)
    assert.equal(person?.departmentCode, customer.departmentCode)
    assert.ok(customer.since <= from && customer.foundedOn <= customer.since)
    assert.match(customer.terms, /^(net|eom)-\d+$/)
    for (const { phone, email } of customer.contacts) {
      assert.match(phone, /^12\d{9}$/)
      assert.match(email, /\.example$/)
    }
  }
  assert.equal(groups, 8)
})

test('statements balance to the fen and only those handed in are told', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), (seed) => {
      for (const { statements } of small(seed).customers) {
        assert.ok(statements.length === 0 || statements.length === 2)
        for (const statement of statements) {
          const differing = checkStatement(statement).filter(({ kind }) => kind !== 'agrees')
          assert.deepEqual(differing, [])
          assert.ok(statement.closedOn < statement.recordedOn && statement.recordedOn <= to)
        }
        const [earlier, later] = statements
        if (!earlier || !later) continue
        const increase = (later.lines.cash ?? 0n) - (earlier.lines.cash ?? 0n)
        assert.equal(later.lines.net_increase_in_cash, increase)
      }
    }),
    { numRuns: 8 },
  )
})

test('purchases are ordered, promised and received in this order', () => {
  for (const supplier of small('buying').suppliers) {
    for (const order of supplier.purchaseOrders) {
      assert.equal(order.amountMinor, BigInt(order.quantity) * order.unitPriceMinor)
      assert.ok(order.orderedOn <= to && order.promisedOn > order.orderedOn)
      assert.ok(order.rejectedQuantity <= order.receivedQuantity)
      assert.ok(order.receivedQuantity <= order.quantity)
      if (order.deliveredOn === null) assert.equal(order.receivedQuantity, 0)
      else assert.ok(order.deliveredOn > order.orderedOn && order.deliveredOn <= to)
    }
  }
})

test('rates are told for each month end since before the first day', () => {
  const { rates } = small('rates')
  const yen = rates.filter(({ currency }) => currency === 'JPY')
  assert.equal(yen.length, 25)
  assert.equal(yen[0]?.on, '2023-12-31')
  assert.equal(yen.at(-1)?.on, '2025-12-31')
  for (const { cnyPerUnit } of rates) assert.match(cnyPerUnit, /^\d+\.\d{6}$/)
  assert.ok(Number(yen[20]?.cnyPerUnit) < Number(yen[12]?.cnyPerUnit) * 0.9)
})

test('fewer customers than stories is a bug', () => {
  assert.throws(
    () => simulateCompany({ seed: 's', customers: 10, suppliers: 1, from, to }),
    /every story finds its customer/,
  )
})

function assertUnique(what: string, values: readonly string[]): void {
  const seen = new Set<string>()
  for (const value of values) {
    assert.ok(!seen.has(value), `${what} ${value} is given twice`)
    seen.add(value)
  }
}

function assertCoherent(customer: SimulatedCustomer, until: Day): void {
  const { ledger } = customer
  const orders = new Map(ledger.orders.map((order) => [order.id, order]))
  const invoices = new Map(ledger.invoices.map((invoice) => [invoice.id, invoice]))
  const credits = new Map(ledger.credits.map((credit) => [credit.id, credit]))
  const invoiced = new Map<string, bigint>()
  const delivered = new Map<string, bigint>()
  for (const order of ledger.orders) {
    assert.ok(order.orderedOn >= from && order.orderedOn <= until && order.amountMinor > 0n)
    assert.ok(order.requestedOn > order.orderedOn)
    if (order.cancelledOn) within(order.orderedOn, order.cancelledOn, until)
  }
  for (const delivery of ledger.deliveries) {
    const order = orders.get(delivery.orderId)
    assert.ok(order?.cancelledOn === null)
    within(order.orderedOn, delivery.deliveredOn, until)
    add(delivered, delivery.orderId, delivery.amountMinor)
    if (delivery.invoiceId === null) continue
    const invoice = invoices.get(delivery.invoiceId)
    assert.ok(invoice?.voidedOn === null)
    within(delivery.deliveredOn, invoice.issuedOn, until)
    add(invoiced, invoice.id, delivery.amountMinor)
  }
  for (const [id, minor] of delivered) assert.ok(minor <= (orders.get(id)?.amountMinor ?? 0n))
  for (const invoice of ledger.invoices) {
    assert.ok(invoice.amountMinor > 0n && invoice.dueOn >= invoice.issuedOn)
    if (invoice.voidedOn) within(invoice.issuedOn, invoice.voidedOn, until)
    else assert.equal(invoiced.get(invoice.id), invoice.amountMinor)
  }
  for (const allocation of ledger.allocations) {
    const invoice = invoices.get(allocation.invoiceId)
    const credit = credits.get(allocation.creditId)
    assert.ok(invoice?.voidedOn === null && credit && credit.currency === invoice.currency)
    assert.ok(allocation.amountMinor > 0n && allocation.effectiveOn > invoice.issuedOn)
    within(credit.effectiveOn, allocation.effectiveOn, until)
    assert.equal(allocation.reversedOn, credit.voidedOn)
    if (allocation.reversedOn) within(allocation.effectiveOn, allocation.reversedOn, until)
  }
  for (const dispute of ledger.disputes) {
    within(invoices.get(dispute.invoiceId)?.issuedOn, dispute.openedOn, until)
    if (dispute.closedOn) within(dispute.openedOn, dispute.closedOn, until)
  }
  for (const promise of ledger.promises) {
    assert.ok(promise.madeOn <= until && promise.promisedOn > promise.madeOn)
  }
  assertNothingOverspent(customer, until)
  assertLimitsFollow(customer)
}

/** On no day that matters is more set against an invoice, or taken from a credit, than it has. */
function assertNothingOverspent({ ledger }: SimulatedCustomer, until: Day): void {
  const middle = addMonths(from, 12)
  for (const asOf of middle < until ? [middle, until] : [until]) {
    const state = ledgerStateOf(ledger, asOf)
    for (const { invoice, openMinor } of state.invoices) assert.ok(openMinor >= 0n, invoice.id)
    for (const { credit, unappliedMinor } of state.credits) {
      assert.ok(unappliedMinor >= 0n, credit.id)
    }
  }
}

function assertLimitsFollow({ ledger, code }: SimulatedCustomer): void {
  assert.equal(ledger.limits[0]?.fromOn, from)
  for (const [index, limit] of ledger.limits.entries()) {
    const next = ledger.limits[index + 1]
    assert.equal(limit.toOn === null, next === undefined, code)
    if (limit.toOn && next) assert.ok(limit.fromOn <= limit.toOn && limit.toOn < next.fromOn)
  }
}

function within(earlier: Day | undefined, fact: Day, until: Day): void {
  assert.ok(earlier !== undefined && earlier <= fact && fact <= until, `${earlier} ${fact}`)
}

function add(totals: Map<string, bigint>, key: string, minor: bigint): void {
  totals.set(key, (totals.get(key) ?? 0n) + minor)
}

function figuresOf(company: SimulatedCompany) {
  const figures = { salesFen: 0n, badFen: 0n, invoices: 0, settled: 0, late: 0, veryLate: 0 }
  for (const { ledger, currency, defaultedOn } of company.customers) {
    const factor = currency === 'CNY' ? 1n : 7n
    for (const { invoice, openMinor, portions } of ledgerStateOf(ledger, company.to).invoices) {
      figures.invoices++
      figures.salesFen += invoice.amountMinor * factor
      const writtenOff = portions.find(({ kind }) => kind === 'write-off')?.amountMinor ?? 0n
      if (defaultedOn) figures.badFen += (openMinor + writtenOff) * factor
      if (openMinor > 0n || writtenOff > 0n) continue
      const paidOn = portions.reduce((last, { paidOn: on }) => (on > last ? on : last), from)
      figures.settled++
      if (paidOn > invoice.dueOn) figures.late++
      if (paidOn > addMonths(invoice.dueOn, 1)) figures.veryLate++
    }
  }
  return {
    invoices: figures.invoices,
    salesMillions: Number(figures.salesFen / 200_000_000n),
    lateShare: figures.late / figures.settled,
    veryLateShare: figures.veryLate / figures.settled,
    badShare: Number((figures.badFen * 10_000n) / figures.salesFen) / 10_000,
    tail: company.customers.filter(({ segment }) => segment === 'platform-user').length,
    withStatements: company.customers.filter(({ statements }) => statements.length > 0).length,
  }
}
