import { Checkbox, Input, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { DayChoice } from '../../ui/day-choice.tsx'
import { useWords } from '../../ui/use-words.ts'
import { type Path, pathText, textAt, valueAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'

const groups = ['challenger', 'champion'] as const

/** Whether something is for a drawn part of the customers only, and which part. */
export function TrialEditor(
  of: EditorProps & { readonly path: Path; readonly name: string },
): ReactNode {
  const { say } = useWords()
  const { document, path, set } = of
  const isTrial = valueAt(document, path) !== undefined
  const begin = () =>
    set([
      {
        path,
        value: { name: of.name, share: '20%', group: 'challenger', readOn: inDays(90) },
      },
    ])
  return (
    <div className="trial">
      <Checkbox
        checked={isTrial}
        onChange={({ target }) => (target.checked ? begin() : set([{ path, value: undefined }]))}
      >
        {say('trial.only')}
      </Checkbox>
      {isTrial && (
        <>
          <Fields {...of} />
          <p className="quiet">{say('trial.note')}</p>
        </>
      )}
    </div>
  )
}

function Fields({
  document,
  path,
  problems,
  set,
}: EditorProps & { readonly path: Path }): ReactNode {
  const { say } = useWords()
  const ids = { name: useId(), share: useId(), group: useId() }
  const text = (member: string) => textAt(document, [...path, member])
  const write = (member: string, value: string) => set([{ path: [...path, member], value }])
  const wrong = (member: string) =>
    problems.has(pathText([...path, member])) || problems.has(pathText(path)) ? 'error' : ''
  return (
    <div className="replay-numbers">
      {(['name', 'share'] as const).map((member) => (
        <div key={member}>
          <label htmlFor={ids[member]}>{say(`trial.${member}`)}</label>
          <Input
            id={ids[member]}
            maxLength={member === 'name' ? 60 : 7}
            value={text(member)}
            status={wrong(member)}
            onChange={({ target }) => write(member, target.value)}
          />
        </div>
      ))}
      <div>
        <label htmlFor={ids.group}>{say('trial.group')}</label>
        <Select
          id={ids.group}
          style={{ width: '100%' }}
          value={text('group')}
          onChange={(value: string) => write('group', value)}
          options={groups.map((value) => ({ value, label: say(`trial.group.${value}`) }))}
        />
      </div>
      <div>
        <span className="label">{say('trial.readOn')}</span>
        <div>
          <DayChoice
            label={say('trial.readOn')}
            value={text('readOn') || null}
            latest={undefined}
            choose={(day) => write('readOn', day ?? '')}
          />
        </div>
      </div>
    </div>
  )
}

function inDays(days: number): string {
  const on = new Date()
  on.setDate(on.getDate() + days)
  return on.toISOString().slice(0, 10)
}
