import { pick, type RandomStream } from '#kernel/random/random.ts'
import type { SalesRegion } from '#kernel/simulator/place.ts'
import type { Segment } from '#kernel/simulator/simulated.ts'

export type SalesDepartment = { readonly code: string; readonly name: string }
export type Salesperson = {
  readonly code: string
  readonly name: string
  readonly departmentCode: string
}

/** Sales departments of the company: one for a region or two, one each for export and the shop. */
export const salesDepartments: readonly SalesDepartment[] = [
  { code: 'D01', name: '华东销售部' },
  { code: 'D02', name: '华南销售部' },
  { code: 'D03', name: '华北东北销售部' },
  { code: 'D04', name: '华中销售部' },
  { code: 'D05', name: '西部销售部' },
  { code: 'D06', name: '国际业务部' },
  { code: 'D07', name: '电商渠道部' },
]

// biome-ignore format: a table
const staffed: readonly (readonly [string, readonly string[]])[] = [
  ['D01', ['沈一帆', '陆文静', '顾志远', '钱海波']], ['D02', ['黄俊豪', '梁晓彤']],
  ['D03', ['赵铁军', '孙雨晴', '高振宇']], ['D04', ['谭岳峰', '刘思齐']],
  ['D05', ['蒋川', '罗丹']], ['D06', ['宋雅文', '何嘉铭']], ['D07', ['周晓萌', '邹凯']],
]

export const salespeople: readonly Salesperson[] = staffed.flatMap(([departmentCode, names]) =>
  names.map((name, index) => ({
    code: `E${departmentCode.slice(1)}${index + 1}`,
    name,
    departmentCode,
  })),
)

/** The department and salesperson who look after a customer. */
export function departmentFor(
  region: SalesRegion,
  segment: Segment,
  stream: RandomStream,
): { departmentCode: string; salespersonCode: string } {
  const departmentCode = segment === 'platform-user' ? 'D07' : departmentOf[region]
  const person = pick(stream, staffOf.get(departmentCode) ?? salespeople)
  return { departmentCode, salespersonCode: person.code }
}

const departmentOf: Readonly<Record<SalesRegion, string>> = {
  华东: 'D01',
  华南: 'D02',
  华北: 'D03',
  东北: 'D03',
  华中: 'D04',
  西南: 'D05',
  西北: 'D05',
  海外: 'D06',
}

const staffOf: ReadonlyMap<string, readonly Salesperson[]> = new Map(
  salesDepartments.map(({ code }) => [
    code,
    salespeople.filter(({ departmentCode }) => departmentCode === code),
  ]),
)
