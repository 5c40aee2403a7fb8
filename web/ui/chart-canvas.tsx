import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type ReactNode, useEffect, useRef } from 'react'
import { useIsDark } from './appearance.ts'
import type { ChartContent, ChartSeries, ChartTone } from './chart-content.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

/** Draws with ECharts in the colours of the page. */
export function ChartCanvas(of: ChartContent): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const isDark = useIsDark()
  useEffect(() => {
    if (!place.current) return
    const drawn = init(place.current, null, { renderer: 'svg' })
    chart.current = drawn
    const watcher = new ResizeObserver(() => drawn.resize())
    watcher.observe(place.current)
    return () => {
      watcher.disconnect()
      drawn.dispose()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const drawn = chart.current
    if (!drawn) return
    drawn.setOption(optionOf(of), true)
    drawn.off('click')
    if (of.pick) drawn.on('click', ({ dataIndex }) => of.pick?.(dataIndex))
  }, [of, isDark])
  return <div ref={place} className="chart-canvas" />
}

function optionOf({ categories, pick, series }: ChartContent) {
  const [text, line, surface] = ['--text', '--line', '--surface'].map(colour)
  const quiet = { color: colour('--quiet'), fontSize: 12 }
  const isTwoSided = series.some(({ isRight }) => isRight)
  return {
    animation: false,
    // By its name: the width of a text in an inherited font cannot be measured.
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: {
      ...{ left: 4, right: 8, top: series.length > 1 ? 32 : 12, bottom: 4 },
      ...{ outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    },
    legend: { show: series.length > 1, top: 0, left: 0, itemHeight: 10, textStyle: quiet },
    tooltip: {
      ...{ trigger: 'axis', confine: true, backgroundColor: surface, borderColor: line },
      textStyle: { color: text, fontSize: 13 },
      formatter: (points: readonly { readonly dataIndex: number }[]) =>
        tipOf(categories, series, points[0]?.dataIndex ?? 0),
    },
    xAxis: {
      ...{ type: 'category', data: [...categories], axisLabel: quiet },
      ...{ axisTick: { show: false }, axisLine: { lineStyle: { color: line } } },
    },
    yAxis: (isTwoSided ? [false, true] : [false]).map((isRight) => ({
      type: 'value',
      scale: series.some((one) => !!one.isRight === isRight && one.isFloating),
      axisLabel: { ...quiet, formatter: shortNumber },
      splitLine: { show: !isRight, lineStyle: { color: line } },
    })),
    series: series.map((one) => seriesOf(one, pick !== undefined)),
  }
}

function seriesOf(one: ChartSeries, isPicked: boolean) {
  return {
    ...{ name: one.name, type: one.kind, yAxisIndex: one.isRight ? 1 : 0 },
    ...(one.stack !== undefined && { stack: one.stack }),
    // A number only draws it: what is read is the text.
    data: one.values.map((value) => (value === null ? null : Number(value))),
    ...{ itemStyle: { color: colour(toneColours[one.tone]) }, barMaxWidth: 22 },
    ...{ symbolSize: 6, connectNulls: true, lineStyle: { width: 2 } },
    cursor: isPicked ? 'pointer' : 'default',
  }
}

const toneColours: Readonly<Record<ChartTone, string>> = {
  accent: '--accent',
  good: '--good',
  warn: '--warn',
  bad: '--bad',
  quiet: '--line',
}

function colour(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim()
}

/** An element: what it says is text, whatever a name holds. */
function tipOf(
  categories: readonly string[],
  series: readonly ChartSeries[],
  index: number,
): HTMLElement {
  const tip = document.createElement('div')
  const lines = series.flatMap(({ name, text, values }) => {
    const value = values[index] ?? null
    return value === null ? [] : [`${name} ${text(value)}`]
  })
  for (const line of [categories[index] ?? '', ...lines]) {
    const row = document.createElement('div')
    row.textContent = line
    tip.append(row)
  }
  return tip
}

/** Compact: 1.2M, 120万. */
function shortNumber(value: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, {
    notation: Math.abs(value) >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: 1,
  }).format(value)
}
