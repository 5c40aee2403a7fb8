import { addDays } from '#kernel/calendar/day.ts'
import { at } from '#kernel/random/element-at.ts'
import {
  chance,
  integerBetween,
  openStream,
  pick,
  pickWeighted,
  type RandomStream,
  unit,
} from '#kernel/random/random.ts'
import { simulateIdentity } from '#kernel/simulator/identity.ts'
import { supplierIndustries } from '#kernel/simulator/industry.ts'
import { padded } from '#kernel/simulator/serial-number.ts'
import type { SimulatedPurchaseOrder, SimulatedSupplier } from '#kernel/simulator/simulated.ts'
import type { Timeline } from '#kernel/simulator/timeline.ts'

/** How dependable a supplier is; most are good, one in ten is late and careless. */
type Habit = { readonly lateShare: number; readonly lateDays: number; readonly rejectShare: number }

/** A supplier of the given position, 0 for S0001, with its purchase orders. */
export function simulateSupplier(
  seed: string,
  index: number,
  timeline: Timeline,
): SimulatedSupplier {
  const code = `S${padded(index + 1, 4)}`
  const stream = openStream(seed, code, 'supplier')
  const annualMinor = integerBetween(stream, 400_000, 9_000_000) * 100
  const identity = simulateIdentity({
    seed,
    code,
    // The ordinals that customers leave free, so that names and codes never meet.
    ordinal: 11 * index + 10,
    industries: supplierIndustries,
    annualMinor,
    foundedBefore: addDays(timeline.from, -400),
    group: null,
    country: null,
  })
  return {
    ...identity,
    terms: pick(stream, ['net-30', 'net-60', 'net-90', 'eom-30']),
    purchaseOrders: purchasesOf(code, identity.industryCode, annualMinor, timeline, stream),
  }
}

function purchasesOf(
  code: string,
  industryCode: string,
  annualMinor: number,
  timeline: Timeline,
  stream: RandomStream,
): SimulatedPurchaseOrder[] {
  const habit = pickWeighted(stream, habits)
  const [item, unitPrice] = pick(stream, items[industryCode] ?? [['物料', 1_000] as const])
  const leadDays = integerBetween(stream, 7, 35)
  const perYear = integerBetween(stream, 12, 40)
  const quantityMean = annualMinor / perYear / unitPrice
  const orders: SimulatedPurchaseOrder[] = []
  for (let time = 0; ; ) {
    time -= (Math.log(1 - unit(stream)) * 365) / perYear
    const day = at(timeline.nextWorking, Math.min(Math.floor(time), timeline.length))
    if (day >= timeline.length) return orders
    const quantity = Math.max(1, Math.round(quantityMean * (0.5 + unit(stream))))
    const serial = padded(orders.length + 1, 4)
    const promisedAt = at(timeline.nextWorking, day + leadDays)
    const receipt = receiptOf(stream, habit, promisedAt, day, quantity, timeline)
    orders.push({
      id: `po-${code}-${serial}`,
      number: `PO${at(timeline.days, day).slice(2, 4)}${code}${serial}`,
      item,
      quantity,
      unitPriceMinor: BigInt(unitPrice),
      amountMinor: BigInt(quantity) * BigInt(unitPrice),
      orderedOn: at(timeline.days, day),
      promisedOn: at(timeline.days, promisedAt),
      ...receipt,
    })
  }
}

function receiptOf(
  stream: RandomStream,
  habit: Habit,
  promisedAt: number,
  orderedAt: number,
  quantity: number,
  timeline: Timeline,
): Pick<SimulatedPurchaseOrder, 'deliveredOn' | 'receivedQuantity' | 'rejectedQuantity'> {
  const late = chance(stream, habit.lateShare)
  const shift = late ? integerBetween(stream, 1, habit.lateDays) : integerBetween(stream, -3, 0)
  const arrives = at(timeline.nextWorking, Math.max(orderedAt + 1, promisedAt + shift))
  // A holiday is the supplier's to foresee: only those who are late come after the promised day.
  const deliveredAt = late ? arrives : Math.min(arrives, promisedAt)
  const short = chance(stream, 0.04)
  const received = short ? Math.ceil((quantity * integerBetween(stream, 70, 97)) / 100) : quantity
  const bad = chance(stream, habit.rejectShare)
  const rejected = bad ? Math.ceil((received * integerBetween(stream, 2, 25)) / 100) : 0
  if (deliveredAt >= timeline.length) {
    return { deliveredOn: null, receivedQuantity: 0, rejectedQuantity: 0 }
  }
  const deliveredOn = at(timeline.days, deliveredAt)
  return { deliveredOn, receivedQuantity: received, rejectedQuantity: rejected }
}

const habits: readonly (readonly [Habit, number])[] = [
  [{ lateShare: 0.05, lateDays: 4, rejectShare: 0.02 }, 5],
  [{ lateShare: 0.14, lateDays: 9, rejectShare: 0.05 }, 4],
  [{ lateShare: 0.42, lateDays: 25, rejectShare: 0.15 }, 1],
]

// What is bought from each division, with its price in fen.
const items: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  C31: [
    ['45#圆钢 吨', 412_000],
    ['27SiMn无缝管 吨', 638_000],
  ],
  C29: [
    ['聚氨酯密封圈 套', 1_860],
    ['防尘圈 套', 740],
  ],
  C33: [
    ['阀体铸件 件', 26_500],
    ['缸底锻件 件', 18_800],
    ['高强螺栓 套', 320],
  ],
  C34: [
    ['关节轴承 件', 8_900],
    ['珩磨油石 盒', 21_600],
  ],
  C38: [
    ['比例电磁铁 件', 15_400],
    ['控制器 台', 96_000],
  ],
  G54: [['干线运输 车次', 285_000]],
}
