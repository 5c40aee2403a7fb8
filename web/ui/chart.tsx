import { lazy, type ReactNode, Suspense } from 'react'
import type { ChartContent } from './chart-content.ts'
import { useWords } from './use-words.ts'

const ChartCanvas = lazy(async () => ({
  default: (await import('./chart-canvas.tsx')).ChartCanvas,
}))

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
