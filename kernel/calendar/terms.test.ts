import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day, fromEpochDay } from '#kernel/calendar/day.ts'
import { formatTerms, termsCode } from '#kernel/calendar/format-terms.ts'
import { chinaCalendar } from '#kernel/calendar/holidays-cn.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { areTerms, dueDatesOf, type PaymentTerms, termDaysOf } from '#kernel/calendar/terms.ts'
import { isWorkingDay } from '#kernel/calendar/working-day.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { money, sum } from '#kernel/money/money.ts'

const yuan = parseCurrency('CNY')
assert.ok(yuan)
const amountOf = (minor: bigint) => money(minor, yuan)

function termsOf(text: string): PaymentTerms {
  const reading = parseTerms(text)
  assert.ok(reading.kind === 'terms', `${text} reads as terms`)
  return reading.terms
}

const written: readonly (readonly [text: string, code: string])[] = [
  ['net 30', 'net-30'],
  ['NET30', 'net-30'],
  ['Net 30 days', 'net-30'],
  ['30 days net', 'net-30'],
  ['n/30', 'net-30'],
  ['30', 'net-30'],
  ['30天', 'net-30'],
  ['３０ 天', 'net-30'],
  ['票到45天', 'net-45'],
  ['货到30天付款', 'net-30'],
  ['开票后60日', 'net-60'],
  ['账期：90天', 'net-90'],
  ['见票即付', 'net-0'],
  ['due on receipt', 'net-0'],
  ['月结30天', 'eom-30'],
  ['月结 30 天', 'eom-30'],
  ['月结60', 'eom-60'],
  ['EOM+30', 'eom-30'],
  ['30 days EOM', 'eom-30'],
  ['End of month + 45 days', 'eom-45'],
  ['当月月底', 'eom-0'],
  ['EOM', 'eom-0'],
  ['次月25日', 'day-25-month-1'],
  ['下个月10号前付款', 'day-10-month-1'],
  ['隔月15日', 'day-15-month-2'],
  ['第3个月5日', 'day-5-month-3'],
  ['次月底', 'day-31-month-1'],
  ['当月25日', 'day-25-month-0'],
  ['预付', 'prepaid'],
  ['100%预付', 'prepaid'],
  ['款到发货', 'prepaid'],
  ['先款后货', 'prepaid'],
  ['CIA', 'prepaid'],
  ['货到付款', 'cod'],
  ['现款现货', 'cod'],
  ['COD', 'cod'],
  ['30/60', 'instalments-5000@30-5000@60'],
  ['30/60/90', 'instalments-3334@30-3333@60-3333@90'],
  ['0/30/60天', 'instalments-3334@0-3333@30-3333@60'],
  ['30%预付，70%货到后30天', 'instalments-3000@0-7000@30'],
  ['30%预付70%到付', 'instalments-3000@0-7000@0'],
  ['预付30% 余款60天', 'instalments-3000@0-7000@60'],
  ['预付30%，余款70%30天', 'instalments-3000@0-7000@30'],
  ['定金10%，发货前40%，余款90天', 'instalments-1000@0-4000@0-5000@90'],
  ['33.33% in 30 days, 66.67% in 60 days', 'instalments-3333@30-6667@60'],
  // Not read: a discount would be lost, a share is missing, or it is something else.
  ['2/10 net 30', 'not-terms'],
  ['2/10', 'not-terms'],
  ['60/30', 'not-terms'],
  ['50%/50%', 'not-terms'],
  ['50%, 50%', 'not-terms'],
  ['30%预付，60%30天', 'not-terms'],
  ['预付30%，余款', 'not-terms'],
  ['instalments-5000@30', 'not-terms'],
  ['9999天', 'not-terms'],
  ['次月32日', 'not-terms'],
  ['信用证', 'not-terms'],
  ['', 'not-terms'],
  ['月结', 'ambiguous'],
]

for (const [text, code] of written) {
  test(`"${text}" reads as ${code}`, () => {
    const reading = parseTerms(text)
    assert.equal(reading.kind === 'terms' ? termsCode(reading.terms) : reading.kind, code)
  })
}

test('月结 alone asks whether it means the month end or 30 days later', () => {
  const reading = parseTerms('月结')
  assert.ok(reading.kind === 'ambiguous')
  assert.deepEqual(reading.candidates.map(termsCode), ['eom-0', 'eom-30'])
})

const dueDates: readonly (readonly [terms: string, invoicedOn: string, dueOn: string])[] = [
  ['net-30', '2025-01-31', '2025-03-02'],
  ['net-0', '2025-01-31', '2025-01-31'],
  ['eom-0', '2024-02-01', '2024-02-29'],
  ['eom-30', '2025-01-05', '2025-03-02'],
  ['day-25-month-1', '2025-01-31', '2025-02-25'],
  ['day-31-month-1', '2025-01-31', '2025-02-28'],
  ['day-10-month-2', '2025-11-20', '2026-01-10'],
  ['day-25-month-0', '2025-01-25', '2025-01-25'],
  ['day-25-month-0', '2025-01-26', '2025-02-25'],
  ['prepaid', '2025-01-31', '2025-01-31'],
  ['cod', '2025-01-31', '2025-01-31'],
  ['instalments-5000@30-5000@60', '2025-01-01', '2025-01-31 2025-03-02'],
]

for (const [code, invoicedOn, expected] of dueDates) {
  test(`${code} of an invoice of ${invoicedOn} is due on ${expected}`, () => {
    const due = dueDatesOf(termsOf(code), { invoicedOn: day(invoicedOn) }, amountOf(100n))
    assert.equal(due.map((part) => part.dueOn).join(' '), expected)
  })
}

test('a due date in the National Day holidays moves out of them as agreed', () => {
  const dueOn = (kind: 'next' | 'previous') =>
    dueDatesOf(
      { kind: 'net', days: 30 },
      { invoicedOn: day('2025-09-03'), shift: { kind, calendar: chinaCalendar } },
      amountOf(1n),
    )[0]?.dueOn
  assert.equal(dueOn('next'), '2025-10-09')
  assert.equal(dueOn('previous'), '2025-09-30')
})

test('the odd cent of instalments is not lost', () => {
  const due = dueDatesOf(termsOf('30/60/90'), { invoicedOn: day('2025-01-01') }, amountOf(100n))
  assert.deepEqual(
    due.map((part) => part.money.minor),
    [34n, 33n, 33n],
  )
})

const averageDays: readonly (readonly [code: string, days: number])[] = [
  ['net-30', 30],
  ['eom-30', 45],
  ['day-25-month-1', 40],
  ['day-31-month-1', 45],
  ['day-10-month-2', 55],
  ['day-10-month-0', 15],
  ['prepaid', 0],
  ['cod', 0],
  ['instalments-3000@0-7000@60', 42],
  ['instalments-5000@30-5000@61', 46],
]

for (const [code, days] of averageDays) {
  test(`${code} gives ${days} days of credit on average`, () => {
    assert.equal(termDaysOf(termsOf(code)), days)
  })
}

const days = fc.integer({ min: 0, max: 1095 })
const shares = fc
  .uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 5 })
  .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 10_000])
  .map((cuts) => cuts.slice(1).map((cut, index) => cut - (cuts[index] ?? 0)))
const instalments = fc
  .tuple(shares, fc.array(days, { minLength: 6, maxLength: 6 }))
  .map(([list, offsets]) => list.map((shareBps, i) => ({ shareBps, days: offsets[i] ?? 0 })))
  .filter((parts) => parts.length > 1)
const anyTerms: fc.Arbitrary<PaymentTerms> = fc.oneof(
  days.map((count) => ({ kind: 'net' as const, days: count })),
  days.map((count) => ({ kind: 'end-of-month' as const, days: count })),
  fc
    .tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 35 }))
    .map(([dayOfMonth, months]) => ({ kind: 'day-of-month' as const, dayOfMonth, months })),
  fc.constant({ kind: 'prepaid' as const }),
  fc.constant({ kind: 'cash-on-delivery' as const }),
  instalments.map((parts) => ({ kind: 'instalments' as const, parts })),
)

test('all terms read back from their code and from their words in both languages', () => {
  fc.assert(
    fc.property(anyTerms, (terms) => {
      assert.ok(areTerms(terms))
      assert.deepEqual(termsOf(termsCode(terms)), terms)
      assert.deepEqual(termsOf(formatTerms(terms, 'zh')), terms)
      assert.deepEqual(termsOf(formatTerms(terms, 'en')), terms)
    }),
    { numRuns: 500 },
  )
})

test('parts sum to the amount and none falls due before the invoice', () => {
  const invoicedOn = fc.integer({ min: 0, max: 30_000 }).map(fromEpochDay)
  const minor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
  fc.assert(
    fc.property(anyTerms, invoicedOn, minor, (terms, on, value) => {
      const due = dueDatesOf(terms, { invoicedOn: on }, amountOf(value))
      const total = sum(
        due.map((part) => part.money),
        yuan,
      )
      assert.equal(total.minor, value)
      const shift = { kind: 'next', calendar: chinaCalendar } as const
      const moved = dueDatesOf(terms, { invoicedOn: on, shift }, amountOf(value))
      for (const [index, part] of moved.entries()) {
        const plain = due[index]?.dueOn ?? on
        assert.ok(plain >= on && part.dueOn >= plain)
        assert.ok(isWorkingDay(chinaCalendar, part.dueOn))
      }
    }),
  )
})

test('no text whatever throws', () => {
  const character = fc.constantFrom(...'0123456789%/,，+-@ 天日月结次预付余款netom')
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 24 }), (text) => {
      const reading = parseTerms(text)
      if (reading.kind === 'terms') assert.ok(areTerms(reading.terms), text)
    }),
    { numRuns: 3000 },
  )
})
