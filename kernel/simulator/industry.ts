import type { Segment } from '#kernel/simulator/simulated.ts'

/** A division of GB/T 4754-2017 with the words companies of that trade put into their names. */
export type Industry = {
  readonly code: string
  readonly name: string
  readonly trades: readonly string[]
}

// biome-ignore format: a table
const divisions = {
  metal: { code: 'C33', name: '金属制品业', trades: ['金属制品', '紧固件', '精密铸造'] },
  general: { code: 'C34', name: '通用设备制造业', trades: ['液压机械', '数控机床', '泵阀', '传动机械'] },
  special: { code: 'C35', name: '专用设备制造业', trades: ['工程机械', '矿山机械', '农业装备', '塑料机械'] },
  vehicle: { code: 'C36', name: '汽车制造业', trades: ['汽车零部件', '专用车', '车桥'] },
  ship: { code: 'C37', name: '铁路、船舶等运输设备制造业', trades: ['船舶设备', '轨道装备'] },
  electric: { code: 'C38', name: '电气机械和器材制造业', trades: ['电机', '风电设备', '电气设备'] },
  steel: { code: 'C31', name: '黑色金属冶炼和压延加工业', trades: ['冶金设备', '特钢'] },
  building: { code: 'E49', name: '建筑安装业', trades: ['建设工程', '机电安装'] },
  wholesale: { code: 'F51', name: '批发业', trades: ['机电设备', '液压件', '贸易', '供应链'] },
  retail: { code: 'F52', name: '零售业', trades: ['五金机电', '电子商务', '工业品'] },
  repair: { code: 'O81', name: '机动车、电子产品和日用产品修理业', trades: ['机械维修', '工程机械服务'] },
} satisfies Record<string, Industry>

// biome-ignore format: a table
const bySegment: Readonly<Record<Segment, readonly (readonly [Industry, number])[]>> = {
  manufacturer: [
    [divisions.special, 34], [divisions.general, 24], [divisions.vehicle, 12], [divisions.metal, 8],
    [divisions.electric, 8], [divisions.steel, 6], [divisions.ship, 4], [divisions.building, 4],
  ],
  trader: [[divisions.wholesale, 1]],
  'channel-partner': [[divisions.wholesale, 2], [divisions.repair, 1]],
  'platform-user': [[divisions.retail, 2], [divisions.repair, 3]],
  overseas: [[divisions.special, 3], [divisions.general, 2], [divisions.wholesale, 2]],
}

/** The industries of a segment's customers with how frequent each is. */
export function industriesOf(segment: Segment): readonly (readonly [Industry, number])[] {
  return bySegment[segment]
}

/** What the suppliers of a maker of hydraulic parts make. */
// biome-ignore format: a table
export const supplierIndustries: readonly (readonly [Industry, number])[] = [
  [{ code: 'C31', name: '黑色金属冶炼和压延加工业', trades: ['特种钢材', '无缝钢管'] }, 3],
  [{ code: 'C29', name: '橡胶和塑料制品业', trades: ['密封件', '橡塑制品'] }, 3],
  [{ code: 'C33', name: '金属制品业', trades: ['精密铸件', '锻造', '紧固件', '热处理'] }, 4],
  [{ code: 'C34', name: '通用设备制造业', trades: ['轴承', '刀具', '磨料磨具'] }, 3],
  [{ code: 'C38', name: '电气机械和器材制造业', trades: ['电磁铁', '电控'] }, 2],
  [{ code: 'G54', name: '道路运输业', trades: ['物流'] }, 1],
]
