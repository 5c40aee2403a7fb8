import { choice, field, type ImportField, required } from '#kernel/import/field.ts'

/**
 * What the lines of a bank or wallet statement may say. The bank writes from its own side: 借方
 * (debit) is money that left the account, 贷方 (credit) is money that came in. Either two columns
 * of amounts, or one amount with a direction or a sign.
 */
export const bankLineFields: readonly ImportField[] = [
  required(
    field(
      'bookedOn',
      'date',
      ['交易日期', 'Booking date'],
      '交易时间|记账日期|记账时间|入账日期|入账时间|交易日|发生时间|发生日期|日期|时间|booked on|' +
        'transaction date|posting date|value date|post date|trans date|date',
    ),
  ),
  field(
    'credit',
    'amount',
    ['贷方金额', 'Money in'],
    '记账金额(收入)|收入|收入金额|交易金额(收入)|贷方|贷方发生额|贷方金额(收入)|贷方(收入)|收入金额(+元)|存入金额|转入金额|存入|' +
      '收入(元)|credit|credit amount|deposit|deposits|paid in|money in|received',
  ),
  field(
    'debit',
    'amount',
    ['借方金额', 'Money out'],
    '记账金额(支出)|支出|支出金额|交易金额(支出)|借方|借方发生额|借方金额(支出)|借方(支出)|支出金额(-元)|支取金额|转出金额|支取|' +
      '支出(元)|debit|debit amount|withdrawal|withdrawals|paid out|money out',
  ),
  field(
    'amount',
    'amount',
    ['交易金额', 'Amount'],
    '金额|金额(元)|收支金额|收支金额(元)|发生额|记账金额|应结订单金额|订单金额|transaction amount|amt',
  ),
  choice(
    field(
      'direction',
      'choice',
      ['借贷标志', 'Direction'],
      '收/支|收支|收支类型|收支方向|借贷|借/贷|借贷方向|资金流向|交易方向|dr/cr|cr/dr|debit/credit|' +
        'credit/debit|indicator|sign',
    ),
    {
      in: ['in|c|cr|crdt|credit|收|收入|贷|贷方|入账|转入|存入|已收入|+'],
      out: ['out|d|dr|dbit|debit|支|支出|借|借方|出账|转出|支取|已支出'],
      none: ['不计收支|其他|中性交易|资金转移|不计'],
    },
  ),
  field(
    'balance',
    'amount',
    ['余额', 'Balance'],
    '账户余额|本次余额|账户结余|账户余额(元)|账户结余(元)|当前余额|交易后余额|可用余额|running balance|' +
      'account balance|closing balance',
  ),
  field('currency', 'currency', ['币种', 'Currency'], '币别|货币|货币种类|记账币种|交易币种|ccy'),
  field(
    'counterpartyName',
    'text',
    ['对方户名', 'Counterparty'],
    '对方名称|对方单位名称|对方单位|交易对方|对方账户名|对方账户名称|对手户名|交易对手|对手名称|对方信息|对手信息|' +
      '对方帐户名称|付款人|付款人名称|counterparty name|payee|payer|payee/payer|name',
  ),
  field(
    'counterpartyAccount',
    'code',
    ['对方账号', 'Counterparty account'],
    '对方帐号|对方账户|对方卡号/账号|对方卡号|对手账号|对方帐户|对方账号/卡号|付款人账号|' +
      'counterparty account number|payer account|account number|iban',
  ),
  field(
    'counterpartyBank',
    'text',
    ['对方行名', 'Counterparty bank'],
    '对方银行|对方开户行|对方开户银行|对方开户机构|对方行|付款行|counterparty bank name|bank',
  ),
  field(
    'summary',
    'text',
    ['摘要', 'Summary'],
    '交易摘要|业务类型|交易类型|业务名称|交易名称|业务摘要|交易分类|transaction type|type|description',
  ),
  field(
    'purpose',
    'text',
    ['用途', 'Purpose'],
    '附言|用途/附言|交易附言|备注|客户附言|商品|商品说明|商品名称|remark|remarks|memo|narrative|note|' +
      'details|payment details|reference text',
  ),
  field(
    'reference',
    'code',
    ['流水号', 'Reference'],
    '交易流水号|日志号|凭证号|交易单号|交易订单号|银行流水号|账务流水号|资金流水单号|微信订单号|业务流水号|' +
      '回单编号|交易号|记账流水号|transaction id|transaction reference|bank reference|ref|' +
      'reference number|transaction no',
  ),
]
