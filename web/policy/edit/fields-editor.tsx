import type { ReactNode } from 'react'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { nameOfMember } from '#kernel/policy/member-names.ts'
import { useWords } from '../../ui/use-words.ts'
import { type CanonicalObject, type Path, pathText, valueAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { Grid, type GridRow } from './grid.tsx'

const fixed = ['id', 'scale', 'label', 'kind']
const byGrade = ['caps', 'floors', 'terms', 'validityMonths', 'reviewMonths', 'amounts', 'shares']

/** The single settings of a document, each with its name: all but lists and tables by grade. */
export function FieldsEditor(of: EditorProps & { readonly leave?: readonly string[] }): ReactNode {
  const { pick, say } = useWords()
  const rows = fieldsOf(of.document, [], of.leave ?? []).map(
    ({ path, value }): GridRow => ({
      key: pathText(path),
      head: path.map((key) => pick(nameOfMember(String(key)))).join(' · '),
      cells: [
        {
          path,
          text: String(value),
          read: (typed) => (typeof value === 'number' ? asNumber(typed) : typed),
        },
      ],
    }),
  )
  return (
    <section className="card">
      <h3>{say('edit.fields')}</h3>
      <Grid
        name={say('edit.fields')}
        columns={[say('edit.fields'), say('edit.value')]}
        rows={rows}
        problems={of.problems}
        set={of.set}
      />
    </section>
  )
}

type Field = { readonly path: Path; readonly value: string | number }

function fieldsOf(document: Canonical, at: Path, leave: readonly string[]): Field[] {
  const of = valueAt(document, at)
  if (of === undefined || of === null || typeof of !== 'object' || Array.isArray(of)) return []
  return Object.entries(of as CanonicalObject).flatMap(([key, value]): Field[] => {
    if (leave.includes(key) || fixed.includes(key) || byGrade.includes(key)) return []
    if (typeof value === 'string' || typeof value === 'number')
      return [{ path: [...at, key], value }]
    return fieldsOf(document, [...at, key], leave)
  })
}

function asNumber(typed: string): Canonical {
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(typed.trim()) ? Number(typed) : typed
}
