import { inflateSync } from 'node:zlib'

/**
 * The lines of text of a PDF page by page, as they stand on the paper: what our own documents are
 * made of, read back through the tables that make text of them searchable.
 */
export function textOfPdf(bytes: Buffer): string[][] {
  const objects = objectsOf(bytes)
  const at = (id: string | undefined) => objects.get(id ?? '') ?? { head: '', stream: '' }
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head))
  return pages.map((page) => {
    const resources = at(/\/Resources (\d+) 0 R/.exec(page.head)?.[1]).head
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => {
        const table = at(/\/ToUnicode (\d+) 0 R/.exec(at(id).head)?.[1]).stream
        return [name, glyphsOf(table)]
      }),
    )
    return linesOf(at(/\/Contents (\d+) 0 R/.exec(page.head)?.[1]).stream, fonts)
  })
}

type PdfObject = { readonly head: string; readonly stream: string }

function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const text = bytes.toString('latin1')
  const objects = new Map<string, PdfObject>()
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)endobj/g)) {
    const [, id = '', body = ''] = match
    const [head = '', rest] = body.split(/stream\r?\n/, 2)
    objects.set(id, { head, stream: rest === undefined ? '' : inflated(rest) })
  }
  return objects
}

function inflated(stream: string): string {
  const bytes = Buffer.from(stream.replace(/\r?\nendstream[\s\S]*$/, ''), 'latin1')
  try {
    return inflateSync(bytes).toString('latin1')
  } catch {
    return ''
  }
}

/** What the glyphs of a font say, by their numbers. */
function glyphsOf(table: string): string[] {
  const lists = [...table.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[([^\]]*)\]/g)].map(
    ([, codes]) => codes,
  )
  return lists.flatMap((codes = '') =>
    [...codes.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex = '']) =>
      Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    ),
  )
}

function linesOf(stream: string, fonts: ReadonlyMap<string, string[]>): string[] {
  const lines = new Map<string, string>()
  let glyphs: string[] = []
  let y = ''
  for (const line of stream.split('\n')) {
    const font = /^\/(F\d+) [\d.]+ Tf/.exec(line)?.[1]
    if (font !== undefined) glyphs = fonts.get(font) ?? []
    y = /^1 0 0 1 [-\d.]+ ([-\d.]+) Tm/.exec(line)?.[1] ?? y
    if (!line.endsWith(' TJ')) continue
    const hex = [...line.matchAll(/<([0-9a-f]*)>/g)].map(([, part]) => part).join('')
    const words = (hex.match(/.{4}/g) ?? []).map((code) => glyphs[Number.parseInt(code, 16)] ?? '?')
    lines.set(y, (lines.get(y) ?? '') + words.join(''))
  }
  return [...lines.values()]
}
