import type { ReactNode } from 'react'
import { useWords } from '../../ui/use-words.ts'
import { listAt, textAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { Grid } from './grid.tsx'

/** The grades with the scores that they begin at. */
export function ScaleEditor(of: EditorProps): ReactNode {
  const { language, say } = useWords()
  const spoken = language === 'en' ? 'en' : 'zh'
  const grades = listAt(of.document, ['grades'])
  const cell = (at: number, keys: readonly string[]) => {
    const path = ['grades', at, ...keys]
    return { path, text: textAt(of.document, path) }
  }
  return (
    <section className="card">
      <Grid
        name={say('edit.grade')}
        columns={[
          say('edit.grade'),
          say('edit.scale.label'),
          say('edit.scale.minimum'),
          say('edit.scale.default'),
        ]}
        rows={grades.map((grade, at) => ({
          key: textAt(grade, ['code']),
          head: textAt(grade, ['code']),
          cells: [
            cell(at, ['label', spoken]),
            cell(at, ['minimumScore']),
            cell(at, ['defaultProbability']),
          ],
        }))}
        problems={of.problems}
        set={of.set}
      />
    </section>
  )
}
