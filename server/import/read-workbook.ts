import { unpack, type ZipEntry } from '#server/import/read-zip.ts'
import { attribute, scanXml, type XmlEvents } from '#server/import/scan-xml.ts'
import type { TableLimits } from '#server/import/table.ts'
import type { TableFile } from '#server/import/table-file.ts'
import { type NumberStyle, numberStyleOf, unescapeCell } from '#server/import/xlsx-value.ts'

/** What the cells of a workbook's sheets refer to. */
export type Workbook = {
  readonly sheets: readonly WorkbookSheet[]
  readonly is1904: boolean
  /** By the style number of a cell. */
  readonly styles: readonly NumberStyle[]
  readonly sharedTexts: readonly string[]
}

type WorkbookSheet = {
  readonly name: string
  readonly visible: boolean
  /** Path of its part in the archive. */
  readonly part: string
}

export type Archive = {
  readonly file: TableFile
  readonly entries: ReadonlyMap<string, ZipEntry>
  readonly limits: TableLimits
}

/** Reads all of a workbook but its rows. Throws where a part is damaged or too large. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const { sheets, is1904 } = await readSheets(archive)
  const styles = await readStyles(archive)
  const sharedTexts = await readSharedTexts(archive)
  return { sheets, is1904, styles, sharedTexts }
}

const smallPartBytes = 2 ** 26

async function walk(
  archive: Archive,
  part: string,
  largestBytes: number,
  events: Partial<XmlEvents>,
): Promise<void> {
  const entry = archive.entries.get(part)
  if (entry === undefined) return
  const scanner = scanXml({ open: ignore, text: ignore, close: ignore, ...events })
  const decoder = new TextDecoder()
  for await (const chunk of unpack(archive.file, entry, largestBytes)) {
    scanner.feed(decoder.decode(chunk, { stream: true }))
  }
}

function ignore(): void {}

async function readSheets(archive: Archive): Promise<Pick<Workbook, 'sheets' | 'is1904'>> {
  const targets = new Map<string, string>()
  await walk(archive, 'xl/_rels/workbook.xml.rels', smallPartBytes, {
    open(name, attributes) {
      const id = attribute(attributes, 'Id')
      const target = attribute(attributes, 'Target')
      if (name === 'Relationship' && id !== null && target !== null) {
        targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
      }
    },
  })
  const sheets: WorkbookSheet[] = []
  let is1904 = false
  await walk(archive, 'xl/workbook.xml', smallPartBytes, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const part = targets.get(attribute(attributes, 'r:id') ?? relationOf(attributes))
      const visible = (attribute(attributes, 'state') ?? 'visible') === 'visible'
      if (part !== undefined) {
        sheets.push({ name: attribute(attributes, 'name') ?? '', visible, part })
      }
    },
  })
  return { sheets, is1904 }
}

// The prefix of the relationship namespace is the writer's choice.
function relationOf(attributes: string): string {
  return /\s[\w-]+:id\s*=\s*["']([^"']+)["']/.exec(attributes)?.[1] ?? ''
}

async function readStyles(archive: Archive): Promise<NumberStyle[]> {
  const codes = new Map<number, string>()
  const styles: NumberStyle[] = []
  let inCells = false
  await walk(archive, 'xl/styles.xml', smallPartBytes, {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true
      const id = Number(attribute(attributes, 'numFmtId') ?? '0')
      if (name === 'numFmt') codes.set(id, attribute(attributes, 'formatCode') ?? '')
      if (name === 'xf' && inCells) styles.push(numberStyleOf(id, codes.get(id)))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

async function readSharedTexts(archive: Archive): Promise<string[]> {
  const texts: string[] = []
  let current = ''
  let inText = false
  let phonetic = false
  await walk(archive, 'xl/sharedStrings.xml', archive.limits.sharedTextBytes, {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') inText = true
    },
    text(text) {
      if (inText && !phonetic) current += text
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'si') texts.push(unescapeCell(current))
    },
  })
  return texts
}
