import { Button, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { useWords } from '../../ui/use-words.ts'
import { listAt, type Path, pathText } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { copiedRule } from './new-rule.ts'
import { ScopeLists, useScopeChoices } from './scope-lists.tsx'
import { TrialEditor } from './trial-editor.tsx'

const checkpoints = ['order', 'delivery'] as const
const whom = ['grades', 'industries', 'departments', 'regions', 'roles', 'segments'] as const
const spared = [...whom, 'parties'] as const

/** Where a rule is asked, whom it is about and whom it spares; and copies of it, or none of it. */
export function RuleDetails(of: EditorProps & { readonly at: number; readonly name: string }) {
  const { say } = useWords()
  const at = useId()
  const { document, scale, set } = of
  const path: Path = ['rules', of.at]
  const rules = listAt(document, ['rules'])
  const rule = rules[of.at]
  const choices = {
    ...useScopeChoices(),
    grades: scale.grades.map(({ code }) => ({ value: code, label: code })),
  }
  const named = (lists: readonly (typeof spared)[number][]) =>
    lists.map((name) => ({ name, label: say(`policy.whom.${name}`) }))
  const where = listAt(document, [...path, 'checkpoints']).map(String)
  return (
    <details className="rule-details">
      <summary aria-label={say('edit.rule.more.of', { name: of.name })}>
        {say('edit.rule.more')}
      </summary>
      <div>
        <label htmlFor={at}>{say('policy.checkpoint')}</label>
        <Select<string[]>
          id={at}
          mode="multiple"
          style={{ minWidth: 180 }}
          status={of.problems.has(pathText([...path, 'checkpoints'])) ? 'error' : ''}
          value={where}
          options={checkpoints.map((value) => ({ value, label: say(`policy.at.${value}`) }))}
          onChange={(value) => set([{ path: [...path, 'checkpoints'], value }])}
        />
      </div>
      <Lists title={say('edit.rule.scope')}>
        <ScopeLists
          {...{ ...of, choices, isDropped: true }}
          path={[...path, 'scope']}
          lists={named(whom)}
        />
      </Lists>
      <Lists title={say('edit.rule.except')}>
        <ScopeLists
          {...{ ...of, choices, isDropped: true }}
          path={[...path, 'except']}
          placeholder={say('edit.rule.nobody')}
          lists={named(spared)}
        />
      </Lists>
      <TrialEditor {...of} path={[...path, 'trial']} name={of.name.slice(0, 60)} />
      <div className="act-row">
        <Button
          size="small"
          onClick={() =>
            rule !== undefined &&
            set([{ path: ['rules'], value: [...rules, copiedRule(rules, rule)] }])
          }
        >
          {say('edit.rule.copy')}
        </Button>
        <Button
          size="small"
          danger
          onClick={() =>
            set([{ path: ['rules'], value: rules.filter((_, index) => index !== of.at) }])
          }
        >
          {say('edit.rule.remove')}
        </Button>
      </div>
    </details>
  )
}

function Lists({ children, title }: { title: string; children: ReactNode }): ReactNode {
  return (
    <fieldset className="plain-fieldset">
      <legend>{title}</legend>
      <div className="replay-numbers">{children}</div>
    </fieldset>
  )
}
