import type { Day } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Answer, answersOf } from '#kernel/simulator/answer-key.ts'
import { currencyOf } from '#kernel/simulator/currency-of.ts'
import { simulateCustomer } from '#kernel/simulator/customer.ts'
import { type SimulatedRate, simulateExchangeRates } from '#kernel/simulator/exchange-rates.ts'
import type { SimulatedCustomer, SimulatedSupplier } from '#kernel/simulator/simulated.ts'
import {
  type SalesDepartment,
  type Salesperson,
  salesDepartments,
  salespeople,
} from '#kernel/simulator/staff.ts'
import { fewestCustomers, plantings } from '#kernel/simulator/stories.ts'
import { simulateSupplier } from '#kernel/simulator/supplier.ts'
import { openTimeline } from '#kernel/simulator/timeline.ts'

/** A manufacturer of hydraulic parts with all it knows of its customers and suppliers. */
export type SimulatedCompany = {
  readonly name: string
  readonly shortName: string
  readonly creditCode: string
  readonly baseCurrency: Currency
  readonly from: Day
  readonly to: Day
  readonly departments: readonly SalesDepartment[]
  readonly salespeople: readonly Salesperson[]
  readonly customers: readonly SimulatedCustomer[]
  readonly suppliers: readonly SimulatedSupplier[]
  readonly rates: readonly SimulatedRate[]
  readonly answers: readonly Answer[]
}

/**
 * Simulates the company from its first day to its last, both included. The same arguments give the
 * same bytes on every machine. No fact lies after the last day, only what is due, promised or asked
 * for. Stories need 64 customers and 24 months to be told to their end.
 */
export function simulateCompany(of: {
  readonly seed: string
  readonly customers: number
  readonly suppliers: number
  readonly from: Day
  readonly to: Day
}): SimulatedCompany {
  invariant(of.customers >= fewestCustomers, 'every story finds its customer')
  const timeline = openTimeline(of.from, of.to)
  const planted = plantings()
  const parts = new Map(planted.map(({ index, part }) => [index, part]))
  const customers = Array.from({ length: of.customers }, (_, index) =>
    simulateCustomer({
      ...{ seed: of.seed, index, timeline, orderFactor: 1 },
      part: parts.get(index) ?? null,
    }),
  )
  return {
    name: '湖南衡岳精密机械股份有限公司',
    shortName: '衡岳精机',
    creditCode: companyCode,
    baseCurrency: currencyOf('CNY'),
    from: of.from,
    to: of.to,
    departments: salesDepartments,
    salespeople,
    customers,
    suppliers: Array.from({ length: of.suppliers }, (_, index) =>
      simulateSupplier(of.seed, index, timeline),
    ),
    rates: simulateExchangeRates(of.seed, of.from, of.to),
    answers: answersOf(planted, customers, timeline),
  }
}

// Changsha, and an organisation code outside those that customers and suppliers are given.
const companyCode = '91430100MAXHY0016E'
