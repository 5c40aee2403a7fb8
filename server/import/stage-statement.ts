import { partsOf } from '#kernel/calendar/day.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { StatementRecord } from '#kernel/import/records.ts'
import { problemOf } from '#kernel/import/row-problems.ts'
import { copyField } from '#server/import/copy-text.ts'
import type { Told } from '#server/import/read-and-stage.ts'
import { headColumns, type RowStager } from '#server/import/stage-rows.ts'
import { numberNames } from '#server/import/staged-names.ts'
import type { ImportedStatement } from '#server/indicator/public.ts'

/** Makes staged lines of financial statements. A period that is not over has none yet. */
export function statementStager({ today }: Told): RowStager<'statements'> {
  const names = numberNames((row, ref, said) => `${row}\t${ref}\t${said}\t\\N\t\\N\t\\N\n`)
  return {
    columns: [...headColumns, 'record'],
    lineOf(record, row) {
      const { closedOn, knownOn } = record
      if (closedOn > today) return problemOf('settled-in-future', closed, closedOn, { today })
      if (knownOn !== null && (knownOn > today || knownOn < closedOn)) {
        return problemOf('settled-in-future', known, knownOn, { today })
      }
      const ref = names.refOf(record, row)
      const kept = copyField(JSON.stringify(keptOf(record)))
      return `${names.takeLines()}${row}\t${ref}\t\\N\t\\N\t\\N\t\\N\t\\N\t${kept}\n`
    },
  }
}

const closed = fieldsOf('statements').find(({ id }) => id === 'closedOn') ?? null
const known = fieldsOf('statements').find(({ id }) => id === 'knownOn') ?? null

// Chinese statements run from January, so a closing month tells how many months they cover.
function keptOf(record: StatementRecord): ImportedStatement {
  const { closedOn, currency, knownOn } = record
  const months = record.months ?? partsOf(closedOn).month
  const lines = Object.entries(record.lines).map(([id, minor]) => [id, String(minor)])
  return { closedOn, months, currency, knownOn, lines: Object.fromEntries(lines) }
}
