import { Button, Checkbox, Popover } from 'antd'
import type { ReactNode } from 'react'
import type { WordKey } from '../words.ts'
import { useWords } from './use-words.ts'

type Choosable = { readonly key: string; readonly title: WordKey; readonly isFixed?: boolean }

/** Which columns a list shows; the choice stands in the address. */
export function ColumnChoice(of: {
  readonly columns: readonly Choosable[]
  readonly chosen: readonly string[]
  readonly choose: (keys: string | null) => void
}): ReactNode {
  const { say } = useWords()
  const toggle = (key: string, isShown: boolean) => {
    const keys = of.columns.map((column) => column.key)
    const next = keys.filter((each) => (each === key ? isShown : of.chosen.includes(each)))
    of.choose(next.join(','))
  }
  const list = (
    <div className="column-choice">
      {of.columns.map(({ isFixed, key, title }) => (
        <Checkbox
          key={key}
          disabled={isFixed ?? false}
          checked={of.chosen.includes(key)}
          onChange={(event) => toggle(key, event.target.checked)}
        >
          {say(title)}
        </Checkbox>
      ))}
      <Button type="link" onClick={() => of.choose(null)}>
        {say('ui.clear')}
      </Button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={list}>
      <Button>{say('ui.columns')}</Button>
    </Popover>
  )
}
