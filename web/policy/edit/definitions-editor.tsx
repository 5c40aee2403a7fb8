import { Button, Input, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { useWords } from '../../ui/use-words.ts'
import { FormulaField } from '../formula-field.tsx'
import { listAt, textAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'

const units = ['days', 'months', 'percent', 'ratio', 'count', 'money', 'yes-no', 'text'] as const

/** Indicators that one defines by formulas, in Chinese or English. */
export function DefinitionsEditor(of: EditorProps): ReactNode {
  const { say } = useWords()
  const definitions = listAt(of.document, ['definitions'])
  const add = () =>
    of.set([
      {
        path: ['definitions', definitions.length],
        value: newDefinition(
          definitions,
          say('edit.formula.new', { number: definitions.length + 1 }),
        ),
      },
    ])
  return (
    <>
      {definitions.map((definition, at) => (
        <Definition key={textAt(definition, ['id'])} {...of} at={at} />
      ))}
      <p>
        <Button onClick={add}>{say('edit.formula.add')}</Button>
      </p>
    </>
  )
}

function Definition(of: EditorProps & { readonly at: number }): ReactNode {
  const { language, say } = useWords()
  const id = useId()
  const spoken = language === 'en' ? 'en' : 'zh'
  const { at, document, problems, set } = of
  const path = ['definitions', at] as const
  const name = textAt(document, [...path, 'label', spoken])
  const rename = (text: string) => {
    const label = { zh: text, en: text }
    set([
      { path: [...path, 'label'], value: label },
      { path: [...path, 'meaning'], value: label },
    ])
  }
  const problem = problems.get(`definitions[${at}].formula`)
  return (
    <section className="card">
      <div className="definition-head">
        <label htmlFor={`${id}name`}>{say('edit.formula.name')}</label>
        <Input
          id={`${id}name`}
          value={name}
          maxLength={60}
          onChange={({ target }) => rename(target.value)}
        />
        <label htmlFor={`${id}unit`}>{say('edit.formula.unit')}</label>
        <Select
          id={`${id}unit`}
          value={textAt(document, [...path, 'unit'])}
          onChange={(value: string) => set([{ path: [...path, 'unit'], value }])}
          options={units.map((value) => ({ value, label: say(`formula.unit.${value}`) }))}
        />
        <Button onClick={() => set([{ path: [...path], value: undefined }])}>
          {say('edit.formula.remove')}
        </Button>
      </div>
      <FormulaField
        value={textAt(document, [...path, 'formula'])}
        onChange={(value) => set([{ path: [...path, 'formula'], value }])}
        problem={null}
        toldIn={`${id}problem`}
      />
      <p id={`${id}problem`} role="status" className="negative">
        {problem ?? ''}
      </p>
    </section>
  )
}

/** Its id stays when it is named otherwise, so it says nothing of the name. */
function newDefinition(definitions: readonly Canonical[], name: string): Canonical {
  const taken = new Set(definitions.map((each) => textAt(each, ['id'])))
  let number = definitions.length + 1
  while (taken.has(`own_${number}`)) number += 1
  const label = { zh: name, en: name }
  return { id: `own_${number}`, label, meaning: label, unit: 'ratio', formula: '' }
}
