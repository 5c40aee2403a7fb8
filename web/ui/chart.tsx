import { lazy, type ReactNode, Suspense } from 'react'
import { useWords } from './use-words.ts'

const ChartCanvas = lazy(async () => ({
  default: (await import('./chart-canvas.tsx')).ChartCanvas,
}))

/** A colour of the pages; it follows light and dark. */
export type ChartTone = 'accent' | 'good' | 'warn' | 'bad' | 'quiet'

export type ChartSeries = {
  readonly name: string
  readonly kind: 'bar' | 'line'
  /** Decimal texts, one a category; null where there is none. */
  readonly values: readonly (string | null)[]
  readonly tone: ChartTone
  /** Read at an axis of its own on the right. */
  readonly isRight?: boolean
  /** Bars of one name stand on each other. */
  readonly stack?: string
  /** A value as people read it. */
  readonly text: (value: string) => string
  /** Where its axis begins by itself rather than at zero. */
  readonly isFloating?: boolean
}

export type ChartContent = {
  readonly categories: readonly string[]
  readonly series: readonly ChartSeries[]
  /** What a category is; the head of the first column of the table. */
  readonly categoryName: string
  readonly pick?: (index: number) => void
}

/** Bars and lines; the library that draws comes when the first one is shown. The figures stand below as a table. */
export function Chart(
  of: ChartContent & { readonly label: string; readonly height?: number },
): ReactNode {
  const height = of.height ?? 240
  return (
    <figure className="chart">
      <div role="img" aria-label={of.label} style={{ height }}>
        <Suspense fallback={null}>
          <ChartCanvas {...of} />
        </Suspense>
      </div>
      <ChartTable {...of} />
    </figure>
  )
}

function ChartTable({ categories, categoryName, series }: ChartContent): ReactNode {
  const { say } = useWords()
  return (
    <details className="chart-table">
      <summary>{say('ui.chart.table')}</summary>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{categoryName}</th>
              {series.map(({ name }) => (
                <th key={name} className="right">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {categories.map((category, index) => (
              <tr key={category}>
                <th scope="row">{category}</th>
                {series.map(({ name, text, values }) => {
                  const value = values[index] ?? null
                  return (
                    <td key={name} className="right">
                      {value === null ? '-' : text(value)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
