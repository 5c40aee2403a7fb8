import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Content } from '#server/platform/route.ts'
import {
  type Cell,
  type Heading,
  type Language,
  type SheetColumn,
  type SheetRow,
  workbookOf,
} from '#server/platform/workbook.ts'

/** A column of a list and what it shows of an item. */
export type ListColumn<Item> = SheetColumn & {
  readonly cell: (item: Item, language: Language) => Cell
}

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

/**
 * A list as an Excel file: asked for page by page in the way in which it is shown, so that its
 * filters and its order are the same, then its rows of totals. What is refused is refused before
 * anything is sent.
 */
export async function listSheet<Item, Of extends Page<Item>>(of: {
  readonly title: Heading
  readonly today: string
  readonly language: Language
  readonly columns: readonly ListColumn<Item>[]
  readonly page: (after: string | undefined) => Promise<Of | Refusal>
  readonly totals: (first: Of) => readonly SheetRow[]
}): Promise<Content | Refusal> {
  const { columns, language, title, today } = of
  const first = await of.page(undefined)
  if (isRefusal(first)) return first
  return workbookOf({
    fileName: { zh: `${title.zh} ${today}`, en: `${title.en} ${today}` },
    ...{ title, columns, language },
    rows: rowsOf(first, of),
  })
}

async function* rowsOf<Item, Of extends Page<Item>>(
  first: Of,
  of: {
    readonly language: Language
    readonly columns: readonly ListColumn<Item>[]
    readonly page: (after: string | undefined) => Promise<Of | Refusal>
    readonly totals: (first: Of) => readonly SheetRow[]
  },
): AsyncGenerator<readonly SheetRow[]> {
  for (let page = first; ; ) {
    yield page.items.map((item) => ({
      cells: of.columns.map((column) => column.cell(item, of.language)),
    }))
    if (page.next === null) break
    const next = await of.page(page.next)
    if (isRefusal(next)) throw new Error(next.refused.detail)
    page = next
  }
  yield of.totals(first)
}

/** Columns by what they show; each names its heading in Chinese and English. */
export function columnsOf<Item>() {
  type Show<Value> = (item: Item, language: Language) => Value
  const column =
    (kind: SheetColumn['kind'], usual?: number) =>
    (zh: string, en: string, cell: Show<Cell>, width = usual): ListColumn<Item> => ({
      heading: { zh, en },
      ...{ kind, cell, ...(width === undefined ? {} : { width }) },
    })
  return {
    text: column('text'),
    day: column('day'),
    integer: column('integer'),
    amount: (
      zh: string,
      en: string,
      show: Show<{ amount: string; currency: string }>,
    ): ListColumn<Item> => ({
      ...{ heading: { zh, en }, kind: 'amount' },
      cell: show,
    }),
  }
}
