import type { Figure, Figures } from '#contract/report.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { type FigureKind, type FigureUnit, figureKinds, figureText } from '#kernel/report/figure.ts'
import type { FigureFacts } from '#kernel/report/figure-facts.ts'
import { findCompany } from '#server/company/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { figureDays, latestFigureDay } from '#server/report/figure-day.store.ts'
import { trendDays } from '#server/report/record-figures.ts'

/** The figures of the company as they were recorded last, with their trend. Reads few rows. */
export async function showFigures({ db, today }: Context): Promise<Figures> {
  const base = (await findCompany(db))?.baseCurrency ?? 'CNY'
  const asOf = await latestFigureDay(db, today)
  const { ends, monthAgo } = trendDays(asOf ?? today)
  const rows = asOf === null ? [] : await figureDays(db, [...ends, monthAgo, asOf])
  // A day in another currency is no point of the same line: the base currency was changed since.
  const latest = rows.find(({ on }) => on === asOf)
  const byDay = new Map(
    rows.filter(({ currency }) => currency === latest?.currency).map((row) => [row.on, row]),
  )
  return {
    asOf,
    recordedAt: latest?.recordedAt ?? null,
    currency: latest?.currency ?? base,
    monthAgoOn: byDay.has(monthAgo) ? monthAgo : null,
    unvaluedCurrencies: [...(latest?.unvaluedCurrencies ?? [])],
    items: figureKinds.map((kind) =>
      figureReply(kind, {
        latest,
        monthAgo: byDay.get(monthAgo),
        points: [...ends, ...(asOf === null ? [] : [asOf])].map((on) => ({
          on,
          facts: byDay.get(on),
        })),
      }),
    ),
  }
}

function figureReply(
  kind: FigureKind,
  of: {
    readonly latest: FigureFacts | undefined
    readonly monthAgo: FigureFacts | undefined
    readonly points: readonly { readonly on: Day; readonly facts: FigureFacts | undefined }[]
  },
): Figure {
  const { latest } = of
  const now = latest ? kind.value(latest) : null
  const before = of.monthAgo ? kind.value(of.monthAgo) : null
  const currencyOf = (unit: FigureUnit) => (unit === 'money' ? (latest?.currency ?? null) : null)
  return {
    id: kind.id as Figure['id'],
    label: kind.label,
    unit: kind.unit,
    currency: currencyOf(kind.unit),
    better: kind.better,
    value: textOf(now, kind.unit, latest),
    monthAgo: textOf(before, kind.unit, of.monthAgo),
    change: now === null || before === null ? null : textOf(now - before, kind.unit, latest),
    formula: kind.formula,
    inputs: kind.inputs.map(({ label, unit, value }) => ({
      ...{ label, unit, currency: currencyOf(unit) },
      value: textOf(latest ? value(latest) : null, unit, latest),
    })),
    points: of.points.map(({ on, facts }) => ({
      on,
      value: textOf(facts ? kind.value(facts) : null, kind.unit, facts),
    })),
  }
}

function textOf(
  value: bigint | null,
  unit: FigureUnit,
  facts: FigureFacts | undefined,
): string | null {
  return value === null || facts === undefined ? null : figureText(value, unit, facts)
}
