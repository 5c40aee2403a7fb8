import type { CustomerColumn } from '#contract/customer.ts'
import type { AccountStatus } from '#contract/exposure.ts'
import type { PartyRole } from '#contract/party.ts'
import type { Heading, SheetColumn } from '#server/platform/workbook.ts'

/** What the columns of the list are called in a file, and what they hold. */
export const columnsOfSheet: Readonly<Record<CustomerColumn, SheetColumn>> = {
  code: text('客户编码', 'Code', 14),
  name: text('客户名称', 'Name', 34),
  shortName: text('简称', 'Short name'),
  roles: text('角色', 'Roles'),
  industry: text('行业', 'Industry'),
  region: text('地区', 'Region'),
  department: text('部门', 'Department'),
  salesperson: text('业务员', 'Salesperson'),
  grade: text('信用等级', 'Grade', 10),
  score: { heading: { zh: '评分', en: 'Score' }, kind: 'number' },
  ratedOn: day('评级日期', 'Rated on'),
  status: text('信用状态', 'Status', 10),
  currency: text('币种', 'Currency', 8),
  limit: amount('信用额度', 'Limit'),
  limitToOn: day('额度有效期至', 'Limit valid to'),
  exposure: amount('占用额度', 'Exposure'),
  available: amount('可用额度', 'Headroom'),
  utilisation: { heading: { zh: '使用率', en: 'Utilisation' }, kind: 'percent' },
  open: amount('应收余额', 'Open invoices'),
  overdue: amount('逾期金额', 'Overdue'),
  daysOverdue: { heading: { zh: '最长逾期天数', en: 'Days overdue' }, kind: 'integer' },
  openHolds: { heading: { zh: '暂挂单据', en: 'Open holds' }, kind: 'integer' },
  closedOn: day('关闭日期', 'Closed on'),
}

export const statusNames: Readonly<Record<AccountStatus | PartyRole, Heading>> = {
  open: { zh: '正常', en: 'Open' },
  watch: { zh: '关注', en: 'Watch' },
  blocked: { zh: '停止供货', en: 'Blocked' },
  frozen: { zh: '冻结', en: 'Frozen' },
  customer: { zh: '客户', en: 'Customer' },
  supplier: { zh: '供应商', en: 'Supplier' },
  'channel-partner': { zh: '渠道商', en: 'Channel partner' },
  'platform-user': { zh: '平台用户', en: 'Platform user' },
}

function text(zh: string, en: string, width?: number): SheetColumn {
  return { heading: { zh, en }, kind: 'text', ...(width === undefined ? {} : { width }) }
}

function amount(zh: string, en: string): SheetColumn {
  return { heading: { zh, en }, kind: 'amount' }
}

function day(zh: string, en: string): SheetColumn {
  return { heading: { zh, en }, kind: 'day' }
}
