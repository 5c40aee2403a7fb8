import type { Words } from '#kernel/import/field.ts'

/** Something about a whole file that a person should know before its rows are taken. */
export type FileNote = {
  readonly code: FileNoteCode
  readonly zh: string
  readonly en: string
}

type Details = Readonly<Record<string, string | number>>

// Texts name what they speak of in braces.
const texts = {
  'duplicate-header': {
    zh: '表头"{header}"出现了 {count} 次，取用第 {column} 列；如不对请另指一列',
    en: 'The header "{header}" stands {count} times; column {column} is used; name another one if that is wrong',
  },
  'settlement-left-out': {
    zh: '文件含账龄列，是未结清清单；第 {column} 列的结清日期可能是预测，未取用。要取用请为结清日期指定这一列',
    en:
      'The file has an ageing column, so its items are open; the settlement date in column ' +
      '{column} may be a forecast and is left out unless you name it for the settlement date',
  },
  'open-as-amount': {
    zh: '文件没有发票金额列，以第 {column} 列的余额作为金额',
    en: 'The file has no invoice amount; the open amount in column {column} is taken for it',
  },
  'wide-file': {
    zh: '文件有 {count} 列，只用到 {used} 列，其余不导入',
    en: 'The file has {count} columns; {used} are used and the others are not imported',
  },
  'order-taken': {
    zh: '"{field}"的日期两种读法都通，按同一文件里"{evidence}"的写法读作 {reading}',
    en: 'Dates of "{field}" can be read two ways and follow "{evidence}" of this file: {reading}',
  },
  'mixed-currencies': {
    zh: '文件里有 {count} 种币种：{list}。各币种分别入账，请确认不是填错',
    en: 'The file has {count} currencies: {list}. Each is booked as it is; check them',
  },
} as const satisfies Readonly<Record<string, Words>>

type FileNoteCode = keyof typeof texts

/** The note with its details filled in, in Chinese and English. */
export function noteOf(code: FileNoteCode, details: Details): FileNote {
  return { code, zh: fillIn(texts[code].zh, details), en: fillIn(texts[code].en, details) }
}

/** Puts details into a text: `{count}` becomes the detail named count. */
export function fillIn(text: string, details: Details): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole))
}
