import type { Command } from 'commander'
import type { Figure } from '#contract/report.ts'
import type { Run } from '#server/platform/cli-run.ts'
import { recordFigures } from '#server/report/record-figures.ts'
import { showFigures } from '#server/report/show-figures.ts'

export function addReportCommands(program: Command, run: Run): void {
  program
    .command('figures')
    .description('bad debt, overdue share, DSO, utilisation and holds, with a month ago')
    .option('--record', 'record them anew before, and those of the trend')
    .action((options: { record?: boolean }) =>
      run(
        async (context) => {
          if (options.record && !context.dryRun) await recordFigures(context, { anew: true })
          return showFigures(context)
        },
        ({ asOf, items }, output) => {
          output.say(asOf === null ? 'Nothing was recorded yet: add --record.' : `As of ${asOf}`)
          output.table(
            ['figure', 'value', 'change in a month', 'a year ago'],
            items.map((figure) => [
              `${figure.label.zh} ${figure.label.en}`,
              shown(figure, figure.value),
              shown(figure, figure.change),
              shown(figure, figure.points[0]?.value ?? null),
            ]),
          )
        },
      ),
    )
}

function shown({ currency, unit }: Figure, value: string | null): string {
  if (value === null) return ''
  if (unit === 'money') return `${currency} ${value}`
  if (unit === 'share') return `${(Number(value) * 100).toFixed(2)} %`
  return unit === 'count' ? value : `${value} ${unit}`
}
