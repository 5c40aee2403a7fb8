import type { ReactNode } from 'react'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { useWords } from '../../ui/use-words.ts'
import { type Path, textAt, valueAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { FieldsEditor } from './fields-editor.tsx'
import { Grid, type GridCell } from './grid.tsx'

/** What a limit policy gives each grade, as one table, and its other settings. */
export function LimitPolicyEditor(of: EditorProps): ReactNode {
  const { pick, say } = useWords()
  const { document, scale } = of
  const formulas = valueAt(document, ['formulas'])
  const shares = (Array.isArray(formulas) ? (formulas as readonly Canonical[]) : []).flatMap(
    (formula, at) => {
      const key = (['shares', 'amounts'] as const).find((each) => valueAt(formula, [each]))
      const label = valueAt(formula, ['label']) as { zh: string; en: string } | undefined
      return key ? [{ path: ['formulas', at, key] as Path, title: label ? pick(label) : '' }] : []
    },
  )
  const tables: { path: Path; title: string; cell: typeof amountCell }[] = [
    { path: ['caps'], title: say('edit.limit.cap'), cell: amountCell },
    { path: ['floors'], title: say('edit.limit.floor'), cell: amountCell },
    { path: ['terms'], title: say('edit.limit.days'), cell: termsCell },
    { path: ['validityMonths'], title: say('edit.limit.validity'), cell: wholeCell },
    { path: ['reviewMonths'], title: say('edit.limit.review'), cell: wholeCell },
    { path: ['newCustomer', 'amounts'], title: say('edit.limit.new'), cell: amountCell },
    { path: ['newCustomer', 'terms'], title: say('edit.limit.newDays'), cell: termsCell },
    ...shares.map((each) => ({ ...each, cell: amountCell })),
  ].filter(({ path }) => valueAt(document, path) !== undefined)
  return (
    <>
      <section className="card">
        <h3>{say('edit.limit.tables')}</h3>
        <Grid
          name={say('edit.limit.tables')}
          columns={[say('edit.grade'), ...tables.map(({ title }) => title)]}
          rows={scale.grades.map(({ code }) => ({
            key: code,
            head: code,
            cells: tables.map(({ cell, path }) => cell(document, [...path, code])),
          }))}
          problems={of.problems}
          set={of.set}
        />
      </section>
      <FieldsEditor {...of} leave={['formulas']} />
    </>
  )
}

function amountCell(document: Canonical, path: Path): GridCell {
  return { path, text: textAt(document, path) }
}

function wholeCell(document: Canonical, path: Path): GridCell {
  return { path, text: textAt(document, path), read: wholeNumber }
}

/** A whole number as such; anything else stays as it was typed, and the check tells of it. */
export function wholeNumber(typed: string): Canonical {
  return /^\d{1,9}$/.test(typed.trim()) ? Number(typed.trim()) : typed
}

/** Days of credit, and the code that they stand for. */
function termsCell(document: Canonical, path: Path): GridCell {
  return {
    path,
    text: textAt(document, [...path, 'days']),
    read: (typed) => {
      const days = wholeNumber(typed)
      return { code: days === 0 ? 'prepaid' : `net-${typed.trim()}`, days }
    },
  }
}
