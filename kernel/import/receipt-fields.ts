import { field, type ImportField, required } from '#kernel/import/field.ts'
import { customerCode, customerName } from '#kernel/import/party-fields.ts'

/** What a list of money received may say. */
export const receiptFields: readonly ImportField[] = [
  field(
    'number',
    'code',
    ['收款单号', 'Receipt number'],
    '单据编号|单据号|收款编号|收据号|凭证号|凭证字号|单号|收款单编号|receipt no|receipt id|' +
      'payment no|payment number|payment id|voucher no|document number|document no|doc no|doc id|' +
      'number',
  ),
  required(
    field(
      'receivedOn',
      'date',
      ['收款日期', 'Received on'],
      '到账日期|到账日|回款日期|入账日期|收款时间|到账时间|付款日期|单据日期|业务日期|记账日期|交易日期|' +
        'receipt date|payment date|date received|received date|value date|paid date|date paid|' +
        'clear date|posting date|transaction date|document date|日期|date',
    ),
  ),
  customerCode,
  customerName,
  field(
    'creditCode',
    'code',
    ['统一社会信用代码', 'Unified social credit code'],
    '信用代码|社会信用代码|纳税人识别号|税号|uscc|tax id|tax number|vat number',
  ),
  required(
    field(
      'amount',
      'amount',
      ['收款金额', 'Amount received'],
      '到账金额|回款金额|实收金额|收款|金额|本币金额|原币金额|收入金额|贷方金额|贷方发生额|付款金额|' +
        'receipt amount|payment amount|amount paid|paid amount|received amount|amount|amt|' +
        'converted|credit|total|value',
    ),
  ),
  field(
    'currency',
    'currency',
    ['币种', 'Currency'],
    '币别|货币|货币代码|收款币种|payment currency|currency code|ccy|curr',
  ),
  field(
    'method',
    'text',
    ['收款方式', 'Method'],
    '结算方式|付款方式|支付方式|收款类型|payment method|payment type|mode of payment|tender',
  ),
  field(
    'payerName',
    'text',
    ['付款人', 'Payer'],
    '付款户名|付款方|付款方名称|对方户名|对方名称|付款人名称|汇款人|payer name|remitter|' +
      'counterparty|counterparty name|paid by',
  ),
  field(
    'payerAccount',
    'code',
    ['付款账号', 'Payer account'],
    '付款人账号|付款方账号|对方账号|对方帐号|汇款账号|payer account number|counterparty account|' +
      'remitter account',
  ),
  field(
    'bankReference',
    'code',
    ['银行流水号', 'Bank reference'],
    '流水号|交易流水号|交易流水|银行单号|回单号|票据号|bank ref|transaction id|transaction no|' +
      'reference|payment reference|reference number|check number|cheque number',
  ),
  field(
    'invoiceNumbers',
    'text',
    ['核销发票', 'Invoices paid'],
    '核销发票号|对应发票|对应发票号|发票号|发票号码|核销单号|应收单号|invoice numbers|' +
      'invoice number|invoice no|invoices|invoice|applied to|apply to',
  ),
  field(
    'salesperson',
    'text',
    ['业务员', 'Salesperson'],
    '销售员|客户经理|sales rep|account manager',
  ),
  field(
    'remark',
    'text',
    ['备注', 'Remark'],
    '摘要|用途|附言|说明|remarks|notes|note|memo|comment|description',
  ),
]
