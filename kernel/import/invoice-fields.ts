import { choice, field, type ImportField, required } from '#kernel/import/field.ts'
import { customerCode, customerName } from '#kernel/import/party-fields.ts'

/**
 * What a list of invoices may say. `posting_date` stands behind the document's own date, because
 * terms run from the document (baseline) date and not from the day of booking.
 */
export const invoiceFields: readonly ImportField[] = [
  required(
    field(
      'number',
      'code',
      ['发票号', 'Invoice number'],
      '发票号码|发票编号|单据编号|单据号|单据号码|单号|票号|应收单号|出库单号|销售单号|数电票号码|' +
        '全电发票号码|invoice no|invoice number|invoice num|invoice id|invoice #|invoice|inv no|' +
        'inv number|inv #|doc id|document number|document no|doc no|doc number|document id|' +
        'bill no|bill number|billing document|reference number|voucher no|voucher number|number|no',
    ),
  ),
  customerCode,
  customerName,
  field(
    'creditCode',
    'code',
    ['统一社会信用代码', 'Unified social credit code'],
    '信用代码|社会信用代码|购方税号|购买方税号|购方识别号|购买方识别号|购方纳税人识别号|' +
      '购买方纳税人识别号|纳税人识别号|税号|客户税号|uscc|uscc code|tax id|tax number|tax no|' +
      'vat number|vat id|vat no|customer tax id|tin',
  ),
  required(
    field(
      'invoiceOn',
      'date',
      ['开票日期', 'Invoice date'],
      '发票日期|开票时间|单据日期|baseline create date|baseline date|document date|doc date|' +
        'inv date|bill date|billing date|issue date|issued on|date issued|date of issue|' +
        'document create date|业务日期|出库日期|立账日期|应收日期|记账日期|过账日期|入账日期|' +
        'posting date|posted on|transaction date|日期|date',
    ),
  ),
  field(
    'dueOn',
    'date',
    ['到期日', 'Due date'],
    '到期日期|应收到期日|付款到期日|收款到期日|应付款日期|应收款日期|约定付款日|约定回款日|回款期限|' +
      '付款期限|due in date|due on|due|net due date|payment due date|payment due|maturity date',
  ),
  field(
    'terms',
    'terms',
    ['账期', 'Payment terms'],
    '付款条件|收款条件|付款条款|结算方式|信用期|信用天数|账期天数|账期(天)|收款账期|' +
      'cust payment terms|terms|terms of payment|payment term|credit terms|net days|credit days',
  ),
  required(
    field(
      'amount',
      'amount',
      ['金额', 'Amount'],
      '价税合计|含税金额|价税合计金额|发票金额|开票金额|应收金额|应收款金额|应收账款|总金额|含税总额|' +
        '合计金额|金额合计|单据金额|本币金额|原币金额|金额|converted|invoice amount|invoice total|' +
        'inv amount|gross amount|total amount|amount incl tax|amount including tax|grand total|' +
        'amount|total open amount|original amount|doc amount|document amount|bill amount|' +
        'billed amount|amount in local currency|amount in doc currency|amt|amount due|total|' +
        'value|invoice value',
    ),
  ),
  field(
    'currency',
    'currency',
    ['币种', 'Currency'],
    '币别|货币|货币代码|结算币种|原币|invoice currency|currency code|ccy|curr|cur|' +
      'document currency|doc currency',
  ),
  field(
    'paid',
    'amount',
    ['已收金额', 'Paid amount'],
    '已收款|已收|已收款金额|已核销金额|已核销|已回款|已回款金额|回款金额|收款金额|累计收款|已付金额|' +
      '已结金额|paid|paid amount|amount paid|payments received|received amount|settled amount|' +
      'applied amount|cleared amount',
  ),
  field(
    'open',
    'amount',
    ['余额', 'Open amount'],
    '未收金额|未收款|未收|未收余额|应收余额|未核销金额|未核销|未回款|欠款|欠款金额|尚欠金额|未结金额|' +
      '期末余额|open|open amount|open balance|balance|balance due|outstanding|outstanding amount|' +
      'amount outstanding|remaining|remaining amount|unpaid amount|unpaid',
  ),
  field(
    'settledOn',
    'date',
    ['结清日期', 'Settled on'],
    '核销日期|结清日|收款日期|回款日期|实际收款日|实际回款日|到账日期|付款日期|settled date|' +
      'settlement date|date settled|clear date|clearing date|cleared date|cleared on|paid date|' +
      'payment date|date paid|paid on|actual payment date|closed date',
  ),
  field(
    'disputed',
    'yes-no',
    ['争议', 'Disputed'],
    '是否争议|有争议|争议标志|是否有争议|异议|是否异议|dispute|in dispute|is disputed|' +
      'dispute flag|dispute indicator',
  ),
  choice(
    field(
      'documentType',
      'choice',
      ['单据类型', 'Document type'],
      '发票类型|单据类别|票据类型|类型|红蓝字|红蓝标志|蓝红字|doc type|invoice type|type',
    ),
    {
      invoice: [
        'invoice|inv|ri|rv|dr|debit|debit note|bill|tax invoice|standard invoice|sales invoice',
        '发票|蓝字|蓝字发票|蓝票|正数|正数发票|应收单|销售发票|普通发票|专用发票|增值税专用发票',
        '增值税普通发票|电子发票|数电票|销售出库|标准应收单',
      ],
      'credit-note': [
        'credit note|credit memo|credit|cn|cm|cr|rg|dg|rc|refund|return|sales return',
        '红字|红字发票|红票|负数|负数发票|贷项|贷项通知单|退货|销售退货|红冲|红字应收单|退款',
      ],
    },
  ),
  field(
    'orderNumber',
    'code',
    ['订单号', 'Order number'],
    '销售订单号|订单编号|合同号|合同编号|合同/订单号|order no|order|order id|order #|so number|' +
      'so no|sales order|sales order no|sales order number|po number|po no|purchase order|' +
      'customer po|contract no|contract number',
  ),
  field(
    'department',
    'text',
    ['部门', 'Department'],
    '销售部门|所属部门|事业部|业务部门|销售组织|分公司|dept|sales department|business unit|' +
      'division|sales org|sales organization|branch',
  ),
  field(
    'salesperson',
    'text',
    ['业务员', 'Salesperson'],
    '销售员|销售人员|客户经理|销售代表|销售|跟单员|负责人|经办人|sales rep|sales person|' +
      'sales representative|account manager|rep|salesman|owner',
  ),
  field(
    'remark',
    'text',
    ['备注', 'Remark'],
    '摘要|说明|备注说明|附注|描述|货物名称|remarks|notes|note|memo|comment|comments|description',
  ),
]
