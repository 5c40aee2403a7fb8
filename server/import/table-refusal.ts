import type { Words } from '#kernel/import/field.ts'

/** Why a file is not read as a table, with what to do about it. */
export type TableRefusal = {
  readonly kind:
    | 'missing'
    | 'empty'
    | 'binary'
    | 'unsupported'
    | 'encoding'
    | 'too-large'
    | 'too-wide'
    | 'no-such-sheet'
    | 'damaged'
  readonly message: Words
}

export const empty: TableRefusal = {
  kind: 'empty',
  message: {
    zh: '文件是空的，没有可导入的行',
    en: 'The file is empty; there is nothing to import',
  },
}

export const binary: TableRefusal = {
  kind: 'binary',
  message: {
    zh: '这不是表格文件（含有二进制内容）；请提供 CSV 或 XLSX',
    en: 'This is no table but a binary file; give a CSV or XLSX file',
  },
}

const formats = {
  xls: {
    zh: '这是旧版 .xls 或加了密码的工作簿；请在 Excel 或 WPS 里去掉密码、另存为 .xlsx 再导入',
    en: 'This is an old .xls or a workbook with a password; save it as .xlsx without one',
  },
  html: {
    zh: '这是网页，只是扩展名像表格；请用 Excel 或 WPS 打开后另存为 .xlsx',
    en: 'This is a web page named like a sheet; open it in a spreadsheet and save it as .xlsx',
  },
  xml: {
    zh: '这是 XML 文件；请用 Excel 或 WPS 打开后另存为 .xlsx',
    en: 'This is an XML file; open it in a spreadsheet and save it as .xlsx',
  },
  xlsb: { zh: '这是 .xlsb；请另存为 .xlsx', en: 'This is an .xlsb file; save it as .xlsx' },
  ods: { zh: '这是 .ods；请另存为 .xlsx', en: 'This is an .ods file; save it as .xlsx' },
  pdf: { zh: '这是 PDF；请提供 CSV 或 XLSX', en: 'This is a PDF; give a CSV or XLSX file' },
  rtf: { zh: '这是 RTF 文档；请提供 CSV 或 XLSX', en: 'This is an RTF document; give CSV or XLSX' },
  zip: { zh: '这是压缩包；请解压后导入其中的表格', en: 'This is an archive; unpack it first' },
  gzip: { zh: '这是 gzip 压缩文件；请先解压', en: 'This is a gzip file; unpack it first' },
  rar: { zh: '这是 RAR 压缩包；请先解压', en: 'This is a RAR archive; unpack it first' },
  '7z': { zh: '这是 7z 压缩包；请先解压', en: 'This is a 7z archive; unpack it first' },
  encoding: {
    zh: '不认识这种编码；可用 utf-8、gb18030、big5、windows-1252 等',
    en: 'The encoding is unknown; use utf-8, gb18030, big5, windows-1252 and the like',
  },
} as const satisfies Readonly<Record<string, Words>>

export function unsupported(format: keyof typeof formats): TableRefusal {
  return { kind: 'unsupported', message: formats[format] }
}

export function missing(path: string): TableRefusal {
  return {
    kind: 'missing',
    message: { zh: `找不到文件 ${path}`, en: `There is no file ${path}` },
  }
}

export function tooLarge(largestBytes: number): TableRefusal {
  const megabytes = Math.floor(largestBytes / 2 ** 20)
  return {
    kind: 'too-large',
    message: {
      zh: `文件或其内容超过 ${megabytes} MB 的上限；请拆成几个文件`,
      en: `The file or its content is over the limit of ${megabytes} MB; split it`,
    },
  }
}

export function tooWide(columns: number, most: number): TableRefusal {
  return {
    kind: 'too-wide',
    message: {
      zh: `文件有 ${columns} 列，上限 ${most} 列；请删去不用的列，或检查分隔符`,
      en: `The file has ${columns} columns, at most ${most} are read; remove some`,
    },
  }
}

export function unknownEncoding(utf8Offset: number, gb18030Offset: number): TableRefusal {
  return {
    kind: 'encoding',
    message: {
      zh:
        `看不出文件的编码：第 ${utf8Offset + 1} 个字节不合 UTF-8，第 ${gb18030Offset + 1} 个字节` +
        '不合 GB18030；请另存为 UTF-8，或指明编码',
      en:
        `The encoding is unknown: byte ${utf8Offset + 1} is no UTF-8 and byte ` +
        `${gb18030Offset + 1} no GB18030; save the file as UTF-8 or name its encoding`,
    },
  }
}

export function noSuchSheet(name: string, names: readonly string[]): TableRefusal {
  return {
    kind: 'no-such-sheet',
    message: {
      zh: `没有工作表"${name}"；有：${names.join('、')}`,
      en: `There is no sheet "${name}"; there are: ${names.join(', ')}`,
    },
  }
}

export function damaged(why: Words): TableRefusal {
  return {
    kind: 'damaged',
    message: {
      zh: `文件已损坏：${why.zh}；请重新导出`,
      en: `The file is damaged: ${why.en}; export it again`,
    },
  }
}
