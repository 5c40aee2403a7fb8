import { Button, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { useWords } from '../../ui/use-words.ts'
import { boundCell } from './bound-cell.ts'
import { labelWith, listAt, type Path, pathText, textAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { Grid, type GridRow } from './grid.tsx'
import { IndicatorChoice } from './indicator-choice.tsx'

type Kind = {
  readonly list: 'requirements' | 'floors' | 'knockOuts'
  readonly grade: 'grade' | 'cap'
  readonly when: 'needs' | 'when'
}

const kinds: readonly Kind[] = [
  { list: 'knockOuts', grade: 'cap', when: 'when' },
  { list: 'requirements', grade: 'grade', when: 'needs' },
  { list: 'floors', grade: 'grade', when: 'when' },
]

/** What points alone do not give: knock-outs, what a grade needs, and what lifts to a grade. */
export function GradeRulesEditor(of: EditorProps): ReactNode {
  return kinds.map((kind) => <Rules key={kind.list} {...of} kind={kind} />)
}

function Rules(of: EditorProps & { readonly kind: Kind }): ReactNode {
  const { say } = useWords()
  const { document, indicators, kind, scale, set } = of
  const rules = listAt(document, [kind.list])
  const add = (indicator: Indicator) => {
    const grades = scale.grades.map(({ code }) => code)
    const grade = kind.list === 'knockOuts' ? grades.at(-1) : grades[0]
    const value = {
      [kind.grade]: grade ?? '',
      [kind.when]: [newCondition(indicator)],
      reason: { zh: indicator.label.zh, en: indicator.label.en },
    }
    set([{ path: [kind.list], value: [...rules, value] }])
  }
  return (
    <section className="card" aria-label={say(`policy.${kind.list}`)}>
      <h3>{say(`policy.${kind.list}`)}</h3>
      <p className="quiet">{say(`policy.${kind.list}.note`)}</p>
      {rules.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place
        <Rule key={at} {...of} at={at} />
      ))}
      <IndicatorChoice
        label={say(`edit.rules.add.${kind.list}`)}
        indicators={indicators}
        choose={add}
      />
    </section>
  )
}

function Rule(of: EditorProps & { readonly kind: Kind; readonly at: number }): ReactNode {
  const { language, say } = useWords()
  const { at, document, indicators, kind, problems, scale, set } = of
  const place: Path = [kind.list, at]
  const gradePath: Path = [...place, kind.grade]
  const reasonPath: Path = [...place, 'reason']
  const when: Path = [...place, kind.when]
  const conditions = listAt(document, when)
  const remove = () => {
    const rest = listAt(document, [kind.list]).filter((_, index) => index !== at)
    set([{ path: [kind.list], value: rest.length > 0 ? rest : undefined }])
  }
  const tongue = language === 'en' ? 'en' : 'zh'
  const number = { number: at + 1 }
  return (
    <div className="grade-rule">
      <div className="act-row">
        <Select
          aria-label={say('edit.rules.grade', number)}
          value={textAt(document, gradePath)}
          status={problems.has(pathText(gradePath)) ? 'error' : ''}
          onChange={(value: string) => set([{ path: gradePath, value }])}
          options={scale.grades.map(({ code }) => ({ value: code, label: code }))}
        />
        <Input
          aria-label={say('edit.rules.reason', number)}
          maxLength={100}
          value={textAt(document, [...reasonPath, tongue])}
          onChange={({ target: { value } }) =>
            set([{ path: reasonPath, value: labelWith(document, reasonPath, tongue, value) }])
          }
        />
        <Button size="small" onClick={remove}>
          {say('edit.rules.remove', number)}
        </Button>
      </div>
      <ConditionGrid {...of} path={when} name={`${say(`policy.${kind.list}`)} ${at + 1}`} />
      <IndicatorChoice
        label={say('edit.rules.and', number)}
        indicators={indicators}
        choose={(indicator) =>
          set([{ path: when, value: [...conditions, newCondition(indicator)] }])
        }
      />
    </div>
  )
}

/** All conditions of a rule hold together; each has bounds, or a word that it is. */
function ConditionGrid(
  of: EditorProps & { readonly path: Path; readonly name: string },
): ReactNode {
  const { pick, say } = useWords()
  const { document, indicators, path, set } = of
  const conditions = listAt(document, path)
  const rows = conditions.map((condition, index): GridRow => {
    const id = textAt(condition, ['indicator'])
    const indicator = indicators.find((each) => each.id === id)
    const place: Path = [...path, index]
    const isWord = textAt(condition, ['is']) !== '' || isAskedByWord(indicator)
    const name = indicator ? pick(indicator.label) : id
    const without = () => set([{ path, value: conditions.filter((_, other) => other !== index) }])
    return {
      key: String(index + 1),
      head: (
        <>
          {name}{' '}
          {conditions.length > 1 && (
            <Button size="small" type="link" onClick={without}>
              {say('edit.rules.without', { name })}
            </Button>
          )}
        </>
      ),
      cells: isWord
        ? [{ path: [...place, 'is'], text: textAt(condition, ['is']) }, null]
        : [boundCell(condition, place, 'lower'), boundCell(condition, place, 'upper')],
    }
  })
  return (
    <Grid
      name={of.name}
      columns={[say('edit.rules.condition'), say('edit.rules.from'), say('edit.rules.to')]}
      rows={rows}
      problems={of.problems}
      set={set}
    />
  )
}

function isAskedByWord(indicator: Indicator | undefined): boolean {
  return indicator?.unit === 'yes-no' || indicator?.unit === 'text'
}

/** A beginning: yes for what is so or not, from nothing on for what is counted. */
function newCondition({ id, unit }: Indicator): Canonical {
  if (unit === 'yes-no' || unit === 'text')
    return { indicator: id, is: unit === 'text' ? '' : 'yes' }
  return { indicator: id, above: unit === 'percent' ? '0%' : '0' }
}
