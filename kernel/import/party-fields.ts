import { choice, field, type ImportField, required } from '#kernel/import/field.ts'

export const customerCode: ImportField = field(
  'customerCode',
  'code',
  ['客户编码', 'Customer code'],
  '客户编号|客户代码|客户号|客户ID|客户档案编码|往来单位编码|往来单位编号|往来单位代码|往来编码|' +
    '单位编码|单位编号|单位代码|购货单位编码|购货单位代码|会员编号|customer id|customer no|' +
    'customer number|customer num|cust number|cust no|cust id|cust code|customer #|' +
    'customer account|account number|account no|account id|account code|client id|client no|' +
    'client code|debtor no|' +
    'debtor number|debtor id|debtor code|sold to|sold to party|bill to id|bill to code|payer id|' +
    'partner id|partner code',
)

export const customerName: ImportField = field(
  'customerName',
  'text',
  ['客户名称', 'Customer name'],
  '客户|客户全称|购货单位|购货单位名称|购货方|购货方名称|购买方|购买方名称|购方名称|购方|购方企业名称|' +
    '单位名称|往来单位|往来单位名称|往来户名|付款单位|付款单位名称|欠款单位|债务人|公司名称|企业名称|' +
    '客户单位|客户公司|收货单位|name customer|customer|cust name|client|client name|bill to|' +
    'bill to name|billto|billed to|sold to name|account name|account|debtor|debtor name|buyer|' +
    'buyer name|company|company name|partner|partner name|payer|payer name',
)

/** What a list of customers and suppliers may say. */
export const partyFields: readonly ImportField[] = [
  field(
    'code',
    'code',
    ['编码', 'Code'],
    `${customerCode.headers.join('|')}|供应商编码|供应商编号|供应商代码|编号|代码|supplier code|` +
      'supplier id|supplier no|vendor code|vendor id|vendor no|vendor number|party code|party id|' +
      'code|id|number',
  ),
  required(
    field(
      'name',
      'text',
      ['名称', 'Name'],
      `${customerName.headers.join('|')}|供应商名称|供应商|供应商全称|全称|户名|supplier name|` +
        'supplier|vendor name|vendor|party name|legal name|full name|registered name',
    ),
  ),
  field('shortName', 'text', ['简称', 'Short name'], '客户简称|公司简称|助记码|alias|trade name'),
  field(
    'creditCode',
    'code',
    ['统一社会信用代码', 'Unified social credit code'],
    '信用代码|社会信用代码|统一信用代码|营业执照号|营业执照号码|注册号|工商注册号|纳税人识别号|税号|' +
      '纳税人登记号|税务登记号|uscc|uscc code|registration number|registration no|tax id|' +
      'tax number|tax no|vat number|vat id|vat no|tin|company number',
  ),
  choice(
    field(
      'role',
      'choice',
      ['往来性质', 'Role'],
      '往来类型|性质|单位类型|单位性质|客商类型|客商属性|party type|partner type|type',
    ),
    {
      customer: ['customer|client|buyer|debtor|c|客户|购货单位|购买方|买方|买家'],
      supplier: ['supplier|vendor|seller|creditor|s|v|供应商|供货单位|供货商|卖方|厂商'],
      both: ['both|customer and supplier|客户兼供应商|客商|客户/供应商|客户供应商|双重|两者'],
      'channel-partner': [
        'channel|channel partner|partner|distributor|dealer|agent|渠道|渠道商|' +
          '渠道伙伴|经销商|代理商|分销商',
      ],
      'platform-user': ['user|platform user|member|平台用户|用户|会员|商户'],
    },
  ),
  field('country', 'text', ['国家', 'Country'], '国家/地区|国家地区|国别|country code|nation'),
  field(
    'region',
    'text',
    ['地区', 'Region'],
    '区域|省份|省|省市|所在地区|所在省份|province|state|area',
  ),
  field(
    'industry',
    'text',
    ['行业', 'Industry'],
    '所属行业|行业类别|行业分类|客户行业|sector|business sector|line of business',
  ),
  field(
    'address',
    'text',
    ['地址', 'Address'],
    '注册地址|联系地址|公司地址|单位地址|经营地址|通讯地址|street address|street|billing address',
  ),
  field('contact', 'text', ['联系人', 'Contact'], '联络人|主要联系人|contact person|contact name'),
  field(
    'phone',
    'code',
    ['电话', 'Phone'],
    '联系电话|手机|手机号|手机号码|联系方式|电话号码|固定电话|telephone|tel|mobile|phone number',
  ),
  field('email', 'text', ['邮箱', 'Email'], '电子邮箱|电子邮件|邮件|e-mail|mail|email address'),
  field('bankName', 'text', ['开户银行', 'Bank'], '开户行|开户行名称|银行|银行名称|bank name'),
  field(
    'bankAccount',
    'code',
    ['银行账号', 'Bank account'],
    '银行账户|银行帐号|开户账号|账号|帐号|银行卡号|bank account number|bank account no|iban',
  ),
  field(
    'terms',
    'terms',
    ['账期', 'Payment terms'],
    '付款条件|收款条件|结算方式|信用期|信用天数|账期天数|terms|payment term|credit terms|' +
      'terms of payment|credit days|net days',
  ),
  field(
    'creditLimit',
    'amount',
    ['信用额度', 'Credit limit'],
    '授信额度|额度|信用限额|赊销额度|信控额度|limit|credit line|credit amount',
  ),
  field('currency', 'currency', ['币种', 'Currency'], '币别|货币|结算币种|currency code|ccy'),
  field('since', 'date', ['合作日期', 'Customer since'], sinceHeaders()),
  field(
    'parent',
    'text',
    ['所属集团', 'Group'],
    '集团|上级单位|母公司|上级公司|集团名称|parent|parent company|group name|headquarters',
  ),
  field(
    'payer',
    'text',
    ['代付方', 'Payer'],
    '结算单位|结算客户|代付单位|付款方编码|付款客户|payer code|payer id|paid by|paying party',
  ),
  field('department', 'text', ['部门', 'Department'], '销售部门|所属部门|分管部门|事业部|dept'),
  field(
    'salesperson',
    'text',
    ['业务员', 'Salesperson'],
    '销售员|客户经理|销售代表|负责人|专管业务员|跟进人|sales rep|account manager|sales person|owner',
  ),
  field(
    'blocked',
    'yes-no',
    ['冻结', 'Blocked'],
    '是否冻结|停用|是否停用|禁用|frozen|on hold|inactive',
  ),
  field('remark', 'text', ['备注', 'Remark'], '说明|描述|remarks|notes|note|comment|comments|memo'),
]

function sinceHeaders(): string {
  return (
    '开始合作日期|建档日期|建立日期|首次交易日|首次合作日期|开户日期|创建日期|发展日期|since|' +
    'relationship since|created|created on|created date|create date|opened on|start date'
  )
}
