import type { ImportField, Words } from '#kernel/import/field.ts'
import { fillIn } from '#kernel/import/file-notes.ts'

/** What is wrong with one cell of a row, in words a person can act on. */
export type RowProblem = {
  /** The field's id; empty where the row as a whole is meant. */
  readonly field: string
  /** The cell as it stands in the file. */
  readonly value: string
  readonly code: RowProblemCode
  readonly zh: string
  readonly en: string
  readonly remedy: Words
}

type Text = { readonly says: Words; readonly remedy: Words }

function text(zh: string, en: string, remedyZh: string, remedyEn: string): Text {
  return { says: { zh, en }, remedy: { zh: remedyZh, en: remedyEn } }
}

// `{field}` and `{value}` are always known; other words in braces come with the problem.
const texts = {
  missing: text('{field}为空', '{field} is empty', '请填写{field}', 'Fill in {field}'),
  'no-party': text(
    '没有客户编码、客户名称或信用代码，不知道是谁的',
    'No customer code, name or credit code tells whose it is',
    '请至少填写一项',
    'Fill in at least one of them',
  ),
  'no-amount': text(
    '没有收入、支出或金额',
    'There is no amount in or out',
    '请填写金额',
    'Fill in an amount',
  ),
  'two-amounts': text(
    '收入和支出都有金额（{value}）',
    'Both money in and money out are filled ({value})',
    '一行只能有一个方向，请拆成两行',
    'A line goes one way; split it into two',
  ),
  'not-a-date': text(
    '{field}"{value}"不是本列写法（{shape}）的日期',
    '{field} "{value}" is no date as this column writes them ({shape})',
    '请改成 2024-01-31 这样的日期',
    'Write it like 2024-01-31',
  ),
  'date-out-of-range': text(
    '{field}"{value}"不在 1990 年到 2100 年之间',
    '{field} "{value}" is not between 1990 and 2100',
    '请检查年份',
    'Check the year',
  ),
  'due-before-invoice': text(
    '到期日"{value}"早于开票日期 {invoiceOn}',
    'Due date "{value}" is before the invoice date {invoiceOn}',
    '请检查这两个日期',
    'Check both dates',
  ),
  'settled-before-invoice': text(
    '结清日期"{value}"早于开票日期 {invoiceOn}',
    'Settled on "{value}" is before the invoice date {invoiceOn}',
    '如是预收款可忽略，否则请检查',
    'Leave it for an advance payment, otherwise check the date',
  ),
  'not-an-amount': text(
    '{field}"{value}"不是金额',
    '{field} "{value}" is no amount',
    '请改成 1234.50 这样的数字',
    'Write it like 1234.50',
  ),
  'amount-unclear': text(
    '{field}"{value}"的逗号和小数点有两种读法',
    'The comma in {field} "{value}" can be read two ways',
    '请去掉千分位，小数用点号',
    'Leave out thousands separators and write decimals with a point',
  ),
  'amount-too-large': text(
    '{field}"{value}"大得不合情理（上限 {largest}）',
    '{field} "{value}" is beyond reason (at most {largest})',
    '请检查位数和单位',
    'Check its digits and its unit',
  ),
  'amount-zero': text(
    '{field}为零',
    '{field} is zero',
    '没有金额的行不必导入，请删除或改正',
    'Delete the row or correct the amount',
  ),
  'amount-negative': text(
    '{field}"{value}"是负数',
    '{field} "{value}" is negative',
    '{advice}',
    '{adviceEn}',
  ),
  'amount-rounded': text(
    '{field}"{value}"的小数位比币种多，已按四舍六入五成双取到分',
    '{field} "{value}" has more decimals than its currency; it was rounded half to even',
    '可忽略；要精确请改原数',
    'Nothing to do unless the exact figure matters',
  ),
  'paid-above-amount': text(
    '{field}"{value}"大于发票金额 {amount}',
    '{field} "{value}" is above the invoice amount {amount}',
    '多收部分请另录收款',
    'Enter what was paid too much as a receipt of its own',
  ),
  'open-mismatch': text(
    '余额"{value}"不等于金额 {amount} 减已收 {paid}',
    'Open amount "{value}" is not the amount {amount} less {paid} paid',
    '请核对三个数',
    'Check the three figures',
  ),
  'unknown-currency': text(
    '{field}"{value}"不认识',
    '{field} "{value}" is unknown',
    '请用 CNY、USD 或人民币、美元这样的写法',
    'Use a code such as CNY or USD',
  ),
  'other-currency': text(
    '{field}"{value}"写的是 {found}，而本行币种是 {currency}',
    '{field} "{value}" is in {found} but the row is in {currency}',
    '请把币种写在币种列，每行一种',
    'Put one currency per row into the currency column',
  ),
  'digits-lost': text(
    '{field}"{value}"被 Excel 改成了科学计数法，后面的数字已丢失',
    'A spreadsheet turned {field} "{value}" into scientific notation and lost its last digits',
    '请在源系统重新导出，或把该列设为文本后重填',
    'Export again from the source, or format the column as text and enter it anew',
  ),
  'not-yes-no': text(
    '{field}"{value}"不是"是"或"否"',
    '{field} "{value}" is neither yes nor no',
    '请填是或否',
    'Write yes or no',
  ),
  'not-a-choice': text(
    '{field}"{value}"不在可选项里',
    '{field} "{value}" is none of the choices',
    '可填：{choices}',
    'Use one of: {choices}',
  ),
  'terms-unread': text(
    '{field}"{value}"看不懂',
    '{field} "{value}" is not understood',
    '到期日照用；没有到期日的按客户档案的账期，或写成"月结30天"',
    'Due dates are kept; without one the credit file counts. Or write it like "net 30"',
  ),
  'credit-code-invalid': text(
    '{field}"{value}"不是有效的统一社会信用代码',
    '{field} "{value}" is no valid unified social credit code',
    '请核对营业执照；境外单位可忽略',
    'Compare with the licence; nothing to do for companies abroad',
  ),
  'too-long': text(
    '{field}有 {length} 个字，上限 {longest}',
    '{field} has {length} characters, at most {longest}',
    '请缩短，或检查是否串列',
    'Shorten it, or check whether columns have shifted',
  ),
  'damaged-text': text(
    '{field}"{value}"有乱码',
    '{field} "{value}" has damaged characters',
    '请用 UTF-8 或 GB18030 重新导出',
    'Export again as UTF-8 or GB18030',
  ),
  'cell-error': text(
    '{field}是表格错误值 {value}',
    '{field} holds the spreadsheet error {value}',
    '请在表格里修好公式',
    'Repair the formula in the sheet',
  ),
  'too-many-cells': text(
    '本行有 {count} 格，表头只有 {expected} 格',
    'The row has {count} cells but the header {expected}',
    '多半是内容里有未加引号的逗号，请给该格加引号',
    'Most likely a comma inside a cell is not quoted; put quotes around that cell',
  ),
  'duplicate-number': text(
    '{field}"{value}"在第 {row} 行已有，内容相同',
    '{field} "{value}" stands in row {row} already, with the same content',
    '请删除重复行',
    'Delete the repeated row',
  ),
  'duplicate-other-amount': text(
    '{field}"{value}"在第 {row} 行已有，金额却是 {amount}',
    '{field} "{value}" stands in row {row} already, but for {amount}',
    '请确认哪一行是对的；分次开票请用不同号码',
    'Keep the right one; parts of an invoice need numbers of their own',
  ),
  'duplicate-other-content': text(
    '{field}"{value}"在第 {row} 行已有，但日期或收款不同',
    '{field} "{value}" stands in row {row} already, but with other days or payments',
    '请确认哪一行是对的，删除另一行',
    'Keep the right one and delete the other',
  ),
  'ledger-other-amount': text(
    '{field}"{value}"系统里已有，金额是 {there}，文件里是 {here}',
    '{field} "{value}" is in the ledger for {there} already, here it is for {here}',
    '请核对金额；系统里错了请先作废原单据',
    'Compare both; if the ledger is wrong, void the document there first',
  ),
  'ledger-other-day': text(
    '{field}"{value}"与系统里的不同：系统里是 {there}',
    '{field} "{value}" differs from the ledger, where it is {there}',
    '请核对日期；系统里错了请先作废原单据',
    'Compare both; if the ledger is wrong, void the document there first',
  ),
  'ledger-voided': text(
    '{field}"{value}"在系统里已于 {there} 作废',
    '{field} "{value}" was voided in the ledger on {there}',
    '请删除此行，或换一个号码',
    'Delete the row or give it another number',
  ),
  'settled-in-future': text(
    '{field}"{value}"在今天（{today}）之后',
    '{field} "{value}" lies after today ({today})',
    '预计的收款日期不能当作已收；请清空或改正',
    'An expected payment is none yet; clear the cell or correct it',
  ),
  'party-ambiguous': text(
    '{field}"{value}"对应多个客户：{parties}',
    '{field} "{value}" may be any of {parties}',
    '请加一列客户编码或统一社会信用代码',
    'Add a column with the customer code or credit code',
  ),
  'party-unknown': text(
    '{field}"{value}"不在客户档案里',
    '{field} "{value}" is no party of ours',
    '请先导入客户或发票',
    'Import parties or invoices first',
  ),
  'invoice-unknown': text(
    '{field}"{value}"里的 {number} 不是该客户的发票',
    '{field} "{value}": {number} is no invoice of this customer',
    '请先导入发票，或清空该格由系统按到期日核销',
    'Import the invoice first, or clear the cell to pay the oldest',
  ),
  'invoice-other-currency': text(
    '{field}"{value}"里的 {number} 是 {there} 的发票，收款是 {here}',
    '{field} "{value}": {number} is in {there} but the receipt in {here}',
    '请核对币种',
    'Compare the currencies',
  ),
  'party-other-code': text(
    '{field}"{value}"属于客户 {there}，与本行的编码不同',
    '{field} "{value}" belongs to party {there}, which has another code than this row',
    '请核对编码与信用代码',
    'Compare code and credit code',
  ),
  'party-cycle': text(
    '{field}"{value}"会使集团关系成环：{chain}',
    '{field} "{value}" would make a circle of parents: {chain}',
    '请检查上级单位',
    'Check the parents',
  ),
  'months-unread': text(
    '{field}"{value}"不是 1 到 18 个月',
    '{field} "{value}" is not 1 to 18 months',
    '请填报表覆盖的月数，年报填 12',
    'Write how many months it covers, 12 for a year',
  ),
  'no-lines': text(
    '本行没有任何报表数字',
    'The row has no figure of a statement',
    '请填至少一个项目',
    'Fill in at least one line',
  ),
} as const satisfies Readonly<Record<string, Text>>

export type RowProblemCode = keyof typeof texts

/** The problem of one code with its field, value and details filled into the texts. */
export function problemOf(
  code: RowProblemCode,
  field: ImportField | null,
  value: string,
  details: Readonly<Record<string, string | number>> = {},
): RowProblem {
  const shown = value.length > longestShown ? `${value.slice(0, longestShown)}…` : value
  const zh = { value: shown, field: field?.label.zh ?? '', ...details }
  const en = { value: shown, field: field?.label.en ?? '', ...details }
  const { says, remedy } = texts[code]
  return {
    field: field?.id ?? '',
    value,
    code,
    zh: fillIn(says.zh, zh),
    en: fillIn(says.en, en),
    remedy: { zh: fillIn(remedy.zh, zh), en: fillIn(remedy.en, en) },
  }
}

const longestShown = 60
