import { Select } from 'antd'
import type { ReactNode } from 'react'
import { checkRulesReader, type RuleKind, reactions } from '#kernel/check/check-rules.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import { nameOfMember } from '#kernel/policy/member-names.ts'
import { useWords } from '../../ui/use-words.ts'
import { ruleText } from '../rules-view.tsx'
import { wholeNumber } from './by-grade-editor.tsx'
import { type CanonicalObject, listAt, type Path, textAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { FieldsEditor } from './fields-editor.tsx'
import { Grid } from './grid.tsx'
import { newRule, ruleKinds } from './new-rule.ts'
import { RuleDetails } from './rule-details.tsx'

const notParameters = [
  'id',
  'kind',
  'label',
  'checkpoints',
  'reaction',
  'scope',
  'except',
  'levels',
  'basis',
  'fields',
  'trial',
]

/** What each check rule does and from which figures on, and the settings that all share. */
export function RulesEditor(of: EditorProps): ReactNode {
  const { pick, say } = useWords()
  const rules = listAt(of.document, ['rules'])
  const reading = readDocument(checkRulesReader, of.document)
  // In words while it can be read; by its id while it is half written.
  const nameOf = (at: number, id: string) => {
    const rule = reading.kind === 'read' ? reading.document.rules[at] : undefined
    if (reading.kind !== 'read' || !rule) return id
    return rule.label ? pick(rule.label) : ruleText(rule, reading.document.currency, say)
  }
  return (
    <>
      <section className="card">
        <h3>{say('edit.rule')}</h3>
        {rules.map((rule, at) => {
          const path: Path = ['rules', at]
          const id = textAt(rule, ['id'])
          const parameters = Object.entries(rule as CanonicalObject).filter(
            ([key]) => !notParameters.includes(key),
          )
          return (
            <div key={id} className="rule-line">
              <strong>{nameOf(at, id)}</strong>
              <Select
                aria-label={`${id} ${say('edit.rule.reaction')}`}
                value={textAt(rule, ['reaction'])}
                onChange={(value: string) => of.set([{ path: [...path, 'reaction'], value }])}
                options={reactions.map((value) => ({
                  value,
                  label: say(`policy.reaction.${value}`),
                }))}
              />
              {parameters.length > 0 && (
                <Grid
                  name={id}
                  columns={[say('edit.rule.parameter'), say('edit.value')]}
                  rows={parameters.map(([key, value]) => ({
                    key,
                    head: pick(nameOfMember(key)),
                    cells: [
                      {
                        path: [...path, key],
                        text: textAt(rule, [key]),
                        ...(typeof value === 'number' && { read: wholeNumber }),
                      },
                    ],
                  }))}
                  problems={of.problems}
                  set={of.set}
                />
              )}
              <RuleDetails {...of} at={at} name={nameOf(at, id)} />
            </div>
          )
        })}
        <AddRule {...of} />
      </section>
      <FieldsEditor {...of} leave={['rules']} />
    </>
  )
}

function AddRule({ document, set }: EditorProps): ReactNode {
  const { say } = useWords()
  const rules = listAt(document, ['rules'])
  return (
    <>
      <Select
        aria-label={say('edit.rule.add')}
        placeholder={say('edit.rule.add')}
        style={{ minWidth: 260, marginTop: 12 }}
        value={null}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(kind: RuleKind) =>
          set([{ path: ['rules'], value: [...rules, newRule(rules, kind)] }])
        }
        options={ruleKinds.map((value) => ({ value, label: say(`edit.kind.${value}`) }))}
      />
      <p className="quiet">{say('edit.rule.ladder')}</p>
    </>
  )
}
