/** What the pages call a field; one of a list is told with its row. */
export function fieldLabel(field: string): string {
  const [, list = '', index, own] = /^(\w+)\.(\d+)(?:\.(\w+))?$/.exec(field) ?? []
  if (index === undefined) return labels[field] ?? field
  const row = `${labels[list] ?? list}第 ${Number(index) + 1} 行`
  return own === undefined ? row : `${row}的${labels[own] ?? own}`
}

const labels: Readonly<Record<string, string>> = {
  allocate: '核销',
  amount: '金额',
  'as-of': '截至日期',
  asOf: '截至日期',
  closedOn: '结束日期',
  convertTo: '折合币种',
  counts: '计入比例',
  currency: '币种',
  deliveredOn: '发货日',
  discount: '折扣',
  dueFrom: '到期从',
  dueOn: '到期日',
  dueTo: '到期至',
  effectiveOn: '入账日',
  endedOn: '结束日期',
  from: '起始日',
  fromOn: '起始日',
  issuedFrom: '开票从',
  issuedOn: '开票日',
  issuedTo: '开票至',
  limit: '额度',
  lines: '明细',
  madeOn: '承诺作出日',
  on: '日期',
  openedOn: '争议起始日',
  orderedFrom: '下单从',
  orderedOn: '下单日',
  orderedTo: '下单至',
  overDelivery: '允许超交',
  promisedOn: '承诺付款日',
  quantity: '数量',
  receivedOn: '收款日',
  requestedBefore: '交期早于',
  requestedOn: '要求交期',
  returnedOn: '退货日',
  reviewOn: '复审日',
  signedOn: '签订日',
  to: '截止日',
  toOn: '有效至',
  tolerance: '容差',
  unitPrice: '单价',
  until: '有效至',
  validToOn: '有效期至',
}
