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
