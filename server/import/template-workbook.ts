import ExcelJS from '@protobi/exceljs'
import type { ImportedKind } from '#contract/import.ts'
import type { ImportField } from '#kernel/import/field.ts'
import { fieldsOf, oneOf } from '#kernel/import/fields.ts'
import { columnsNotKept } from '#server/import/stage-party.ts'

type Language = 'zh' | 'en'

const rowsPrepared = 1_000

/** An empty file of one kind to fill in: its header, what each column takes, lists to choose from. */
export async function templateWorkbook(kind: ImportedKind, language: Language): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const fields = templateFields(kind)
  const sheet = book.addWorksheet(sheetNames[language][kind], {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 0 }],
  })
  sheet.columns = fields.map((field) => ({
    header: field.label[language],
    width: Math.max(14, field.label[language].length * 2 + 2),
    style: { numFmt: formats[field.type] ?? '@' },
  }))
  const needed = new Set([...oneOf(kind), ...fields.filter((f) => f.required).map((f) => f.id)])
  for (const [at, field] of fields.entries()) {
    const head = sheet.getCell(1, at + 1)
    head.font = { bold: true, color: { argb: field.required ? 'FF9C0006' : 'FF14548F' } }
    head.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE6EFF8' } }
    head.note = noteOn(kind, field, language)
    offerChoices(sheet, at + 1, choicesIn(field, language), language)
  }
  const notes = book.addWorksheet(language === 'zh' ? '填写说明' : 'How to fill it in')
  notes.columns = [{ width: 26 }, { width: 20 }, { width: 90 }]
  notes.addRow(texts[language].head).font = { bold: true }
  for (const field of fields) {
    const need = field.required
      ? texts[language].required
      : needed.has(field.id)
        ? texts[language].oneOf
        : ''
    notes.addRow([field.label[language], need, takes(field, language)])
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

const sheetNames: Readonly<Record<Language, Readonly<Record<ImportedKind, string>>>> = {
  zh: { parties: '客户', invoices: '发票', receipts: '收款', statements: '财务报表' },
  en: {
    parties: 'Customers',
    invoices: 'Invoices',
    receipts: 'Receipts',
    statements: 'Statements',
  },
}

const formats: Partial<Record<ImportField['type'], string>> = {
  date: 'yyyy-mm-dd',
  amount: '#,##0.00',
  number: '0',
}

const texts = {
  zh: {
    head: ['列', '是否必填', '填什么'],
    required: '必填',
    oneOf: '几项中至少一项',
    list: '请从列表中选择',
    takes: {
      date: '日期，如 2024-01-31',
      amount: '数字，如 1234.50；小数用点号',
      currency: '币种代码，如 CNY、USD；空着按公司本位币',
      terms: '账期，如 月结30天、货到付款',
      number: '数字',
      percent: '百分数，如 5%',
      code: '编号，按文本填写，前导零保留',
      text: '文字',
    },
  },
  en: {
    head: ['Column', 'Needed', 'What it takes'],
    required: 'needed',
    oneOf: 'at least one of these',
    list: 'Choose from the list',
    takes: {
      date: 'A day, such as 2024-01-31',
      amount: 'A figure, such as 1234.50, decimals with a point',
      currency: 'A currency code, such as CNY or USD; empty: the base currency of the company',
      terms: 'Payment terms, such as net 30',
      number: 'A number',
      percent: 'A percentage, such as 5%',
      code: 'A number kept as text, so that zeros in front stay',
      text: 'Text',
    },
  },
} as const

/** All columns but those that only others' exports have, and those that are read and not kept. */
function templateFields(kind: ImportedKind): ImportField[] {
  const left: readonly string[] =
    kind === 'statements' ? ['line', 'amount'] : kind === 'parties' ? columnsNotKept : []
  return fieldsOf(kind).filter(({ id }) => !left.includes(id))
}

/** The words to choose from: one for each choice, in the person's language where there is one. */
function choicesIn(field: ImportField, language: Language): string[] {
  if (field.type === 'yes-no') return language === 'zh' ? ['是', '否'] : ['yes', 'no']
  return Object.entries(field.choices ?? {}).map(([value, words]) => {
    const isChinese = (word: string) => /\p{Script=Han}/u.test(word)
    return words.find((word) => isChinese(word) === (language === 'zh')) ?? words[0] ?? value
  })
}

function takes(field: ImportField, language: Language): string {
  const choices = choicesIn(field, language)
  if (choices.length > 0) return choices.join(language === 'zh' ? '、' : ', ')
  const { takes: by } = texts[language]
  return by[field.type as keyof typeof by] ?? by.text
}

function noteOn(kind: ImportedKind, field: ImportField, language: Language): string {
  const { oneOf: one, required } = texts[language]
  const need = field.required ? required : oneOf(kind).includes(field.id) ? one : ''
  return [need, takes(field, language)].filter((part) => part !== '').join('\n')
}

function offerChoices(
  sheet: ExcelJS.Worksheet,
  column: number,
  choices: readonly string[],
  language: Language,
): void {
  const list = choices.join(',')
  // A list written into a cell has 255 characters at most.
  if (choices.length === 0 || list.length > 250) return
  for (let row = 2; row <= rowsPrepared; row++) {
    sheet.getCell(row, column).dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: [`"${list}"`],
      showErrorMessage: true,
      error: texts[language].list,
    }
  }
}
