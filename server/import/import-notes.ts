import type { ImportNote } from '#contract/import.ts'
import type { Words } from '#kernel/import/field.ts'
import { fillIn } from '#kernel/import/file-notes.ts'

// What a person should know about a file, in the order in which it is told.
const texts = {
  'currency-unknown': {
    zh: '文件没有说明币种，金额按公司本位币 {currency} 计；如不对请指明币种（命令行用 --currency）',
    en:
      'The file names no currency: amounts are taken as {currency}, the base currency of the ' +
      'company. Name the currency if that is wrong (--currency on the command line)',
  },
  'base-currency-chosen': {
    zh: '首次导入的币种是 {currency}，已设为公司本位币，标准额度政策的金额也按 {currency} 计，请在公司设置和信用政策中复核',
    en:
      'This first import is in {currency}, which becomes the base currency of the company and of ' +
      'the amounts of the standard limit policy: review the company and its policies',
  },
  rounded: {
    zh: '{count} 个 {currency} 金额的小数位过多，已四舍六入五成双；文件合计比入账合计多 {difference}',
    en:
      '{count} amounts in {currency} have too many decimals and were rounded half to even; in all ' +
      'the file says {difference} more than is booked',
  },
  warning: {
    zh: '{count} 行：{said}（首见第 {row} 行）',
    en: '{count} rows: {said} (first in row {row})',
  },
  repeated: {
    zh: '{count} 行与前面的行完全相同，只取一次（首见第 {row} 行）',
    en: '{count} rows repeat an earlier row word for word and count once (first in row {row})',
  },
  'number-of-several': {
    zh: '{count} 个号码出现在不同客户名下（如 {number}），按不同单据处理',
    en: '{count} numbers stand under several customers (such as {number}); each is its own document',
  },
  'dispute-day': {
    zh: '{count} 张发票标为争议但没有日期：从开票日起计（最早可能的一天，且不晚于结清日），结清日关闭',
    en:
      '{count} invoices are marked as disputed without a day: disputed from the invoice date, the ' +
      'first day possible and never after settlement, until settled',
  },
  'payment-day': {
    zh: '{count} 行只有已收金额没有日期：按到期日（未到期按今天）入账，既不算提前也不算拖欠',
    en:
      '{count} rows tell a payment without its day: booked on the due date, or today where that is ' +
      'to come, so that it counts neither as early nor as late',
  },
  'no-due-date': {
    zh: '{count} 行没有到期日，客户档案也没有账期：以开票日为到期日',
    en: '{count} rows have no due date and the customer no terms: due on the invoice date',
  },
  'due-by-credit-file': {
    zh: '{count} 行没有到期日：按客户档案的账期计算',
    en: '{count} rows have no due date: counted from the terms in the credit file',
  },
  'open-here-settled': {
    zh: '{count} 行在文件里未结清，系统里已收款更多：保留系统里的',
    en: '{count} rows are less paid in the file than in the ledger: the ledger stands',
  },
  'credit-note-settled': {
    zh: '{count} 张红字单据在文件里已结清，但不知冲抵哪张发票：入账为未核销',
    en: '{count} credit notes are settled in the file, but not by which invoice: kept unapplied',
  },
  resembling: {
    zh: '{count} 个新客户与已有客户名称相近，请核对是否重复',
    en: '{count} new customers resemble existing ones: look for duplicates',
  },
  'named-by-code': {
    zh: '文件没有客户名称，新客户以编码为名',
    en: 'The file has no customer names: new customers are named by their codes',
  },
  'paid-already': {
    zh: '{count} 笔收款指明的发票已结清，这部分留作未核销',
    en: '{count} receipts name invoices that are paid already: that part stays unapplied',
  },
  'statement-differs': {
    zh: '{count} 份报表勾稽不平，如 {said}（第 {row} 行）',
    en: '{count} statements contradict themselves, such as {said} (row {row})',
  },
  'unused-lines': {
    zh: '{count} 个报表项目不用，未导入：{lines}',
    en: '{count} lines of the statements are not used: {lines}',
  },
  'not-kept': {
    zh: '这些列暂不导入：{fields}',
    en: 'These columns are read but not kept: {fields}',
  },
} as const satisfies Readonly<Record<string, Words>>

/** A note with its details filled in, in Chinese and English. */
export function importNote(
  code: keyof typeof texts,
  details: Readonly<Record<string, string | number>>,
): ImportNote {
  return { code, zh: fillIn(texts[code].zh, details), en: fillIn(texts[code].en, details) }
}

/** The note about rows that all gave the same warning. */
export function warningNote(
  warning: { readonly zh: string; readonly en: string },
  count: number,
  row: number,
): ImportNote {
  return {
    code: 'warning',
    zh: fillIn(texts.warning.zh, { count, row, said: warning.zh }),
    en: fillIn(texts.warning.en, { count, row, said: warning.en }),
  }
}

/** That rows were told twice, where any were. */
export function repeatedNotes(of: {
  repeated: number
  firstRepeated: number | null
}): ImportNote[] {
  if (of.repeated === 0) return []
  return [importNote('repeated', { count: of.repeated, row: of.firstRepeated ?? 0 })]
}
