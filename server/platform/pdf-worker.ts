import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'

/** A page layout that travels between threads, and so holds no functions. */
export type Paper = {
  readonly title: string
  readonly author: string
  readonly language: 'zh' | 'en'
  readonly header: readonly [left: string, right: string]
  /** Beside the page number at the foot. */
  readonly footer: string
  readonly content: readonly Content[]
}

const fonts = join(fileURLToPath(import.meta.resolve('@embedpdf/fonts-sc')), '../../fonts')
const font = {
  normal: join(fonts, 'NotoSansHans-Regular.otf'),
  bold: join(fonts, 'NotoSansHans-Medium.otf'),
}
pdfmake.setFonts({ Chinese: { ...font, italics: font.normal, bolditalics: font.bold } })
// A document is made of what it is given and of these fonts: nothing else is read or fetched.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path: string) => path === font.normal || path === font.bold)

pdfmake.setTableLayouts({
  // Light lines between rows, a darker one below the head, none around.
  ruled: {
    hLineWidth: (line, { table }) => (line === 0 || line === table.body.length ? 0 : 0.5),
    vLineWidth: () => 0,
    hLineColor: (line, { table }) => (line === (table.headerRows || -1) ? '#98a2b3' : '#e4e7ec'),
    paddingLeft: () => 4,
    paddingRight: () => 4,
    paddingTop: () => 2.5,
    paddingBottom: () => 1.5,
  },
  boxes: {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    paddingLeft: () => 8,
    paddingRight: () => 4,
    paddingTop: () => 5,
    paddingBottom: () => 3,
  },
})

parentPort?.on('message', async ({ id, paper }: { id: number; paper: Paper }) => {
  try {
    const bytes = await pdfmake.createPdf(definitionOf(paper)).getBuffer()
    parentPort?.postMessage({ id, bytes })
  } catch (error) {
    parentPort?.postMessage({ id, failure: String((error as Error).stack) })
  }
})

const margin = 42
const grey = '#667085'

function definitionOf(paper: Paper): TDocumentDefinitions {
  const small = { fontSize: 8, color: grey }
  const line = (left: string, right: string) => ({
    columns: [
      { text: left, ...small },
      { text: right, ...small, alignment: 'right' as const, width: 'auto' as const },
    ],
  })
  const page = (current: number, total: number) =>
    paper.language === 'zh' ? `第 ${current} 页 / 共 ${total} 页` : `Page ${current} of ${total}`
  return {
    pageSize: 'A4',
    pageMargins: [margin, 58, margin, 50],
    info: { title: paper.title, author: paper.author, creator: 'Xinheng 信衡' },
    language: paper.language === 'zh' ? 'zh-CN' : 'en',
    defaultStyle: { font: 'Chinese', fontSize: 9, lineHeight: 1.25, color: '#1d2939' },
    styles: {
      title: { fontSize: 18, bold: true },
      section: { fontSize: 12, bold: true, color: '#0b4a8f', margin: [0, 14, 0, 5] },
      head: { bold: true, color: '#344054', fillColor: '#f2f4f7' },
      quiet: { fontSize: 8, color: grey },
    },
    header: { margin: [margin, 26, margin, 0], ...line(...paper.header) },
    footer: (current, total) => ({
      margin: [margin, 14, margin, 0],
      ...line(paper.footer, page(current, total)),
    }),
    content: [...paper.content],
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: (node, nodes) =>
      node.style === 'section' && nodes.getFollowingNodesOnPage().length === 0,
  }
}
